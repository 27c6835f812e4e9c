"""The body of a Word file as blocks, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from knowledge.document import Block, BlockKind
from knowledge.readers.docx_numbering import Label, Numbering
from knowledge.readers.docx_styles import Styles
from knowledge.readers.docx_xml import FALLBACK, child, is_on, value, w
from knowledge.readers.lines import begins_part, ends_sentence
from knowledge.readers.rows import row_text

_WRAPPERS = frozenset(map(w, ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")))
_SKIPPED = frozenset(
    (*map(w, ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "txbxContent")), FALLBACK)
)
COLUMNS = 63  # of a table, as Word has them at most
_HEADING_WIDTH = 120


def body_blocks(body: Any, numbering: Numbering, styles: Styles) -> Iterator[Block]:
    """Yield the blocks of a body, a table cell or a text box.

    Args:
        body: the element that holds paragraphs and tables.
        numbering: the file's lists; it counts what it is asked, so ask once, in order.
        styles: the file's styles.
    """
    for element in _contents(body):
        if element.tag == w("p"):
            yield from _paragraph_blocks(element, numbering, styles)
            for box in _boxes(element):
                yield from body_blocks(box, numbering, styles)
        else:
            yield from _table_blocks(element, numbering, styles)


def document_title(blocks: list[Block], body: Any, styles: Styles) -> str | None:
    """Return the text of the first paragraph in the style of titles, if there is one."""
    titles = (p for p in body.iter(w("p")) if styles.is_title(p))
    text = " ".join(" ".join(_lines(next(titles, None))).split())
    return text if any(text in block.text for block in blocks) and text else None


def _contents(element: Any) -> Iterator[Any]:
    for part in element.iterchildren():
        if part.tag in (w("p"), w("tbl")):
            yield part
        elif part.tag in _WRAPPERS:
            yield from _contents(part)


def _paragraph_blocks(paragraph: Any, numbering: Numbering, styles: Styles) -> Iterator[Block]:
    lines = _lines(paragraph)
    if not lines:
        return
    label = numbering.label(paragraph)
    kind, level = _kind(paragraph, lines, label, styles)
    for i, line in enumerate(lines):
        text = f"{label.text} {line}" if label and i == 0 else line
        yield Block(text, kind, level)


def _kind(
    paragraph: Any, lines: list[str], label: Label | None, styles: Styles
) -> tuple[BlockKind, int]:
    if styles.is_title(paragraph):
        return BlockKind.HEADING, 1
    if level := styles.heading_level(paragraph):
        return BlockKind.HEADING, level
    width = sum(map(len, lines))
    is_short = width <= _HEADING_WIDTH and not lines[-1].endswith((".", ";", ","))
    if is_short and _is_bold(paragraph, styles):
        return BlockKind.HEADING, 0
    if label is not None and not label.named:
        return BlockKind.ITEM, label.level
    return BlockKind.PARAGRAPH, 0


def _is_bold(paragraph: Any, styles: Styles) -> bool:
    usual = styles.is_bold(paragraph)
    marks = []
    for run in paragraph.iter(w("r")):
        if "".join(_pieces(run)).strip():
            mark = is_on(child(run, "rPr"), "b")
            marks.append(usual if mark is None else mark)
    return bool(marks) and all(marks)


def _lines(paragraph: Any) -> list[str]:
    """The paragraph's text, cut at line breaks where a new thought begins."""
    lines: list[str] = []
    if paragraph is None:
        return lines
    for raw in "".join(_pieces(paragraph)).split("\n"):
        line = " ".join(raw.split())
        if lines and line and not _begins_anew(lines[-1], line):
            lines[-1] = f"{lines[-1]} {line}"
        elif line:
            lines.append(line)
    return lines


def _begins_anew(before: str, line: str) -> bool:
    return ends_sentence(before) or begins_part(line) or line[0].isupper()


def _pieces(element: Any) -> Iterator[str]:
    """The visible text of an element: no deletions, field codes or hidden runs, no text boxes."""
    if is_on(child(element, "rPr"), "vanish"):
        return
    for part in element.iterchildren():
        if part.tag == w("t"):
            yield part.text or ""
        elif part.tag in (w("br"), w("cr")):
            yield "\n"
        elif part.tag == w("tab"):
            yield "\t"
        elif part.tag == w("noBreakHyphen"):
            yield "-"
        elif part.tag == w("softHyphen"):
            yield "\u00ad"
        elif part.tag not in _SKIPPED and isinstance(part.tag, str):
            yield from _pieces(part)


def _boxes(paragraph: Any) -> Iterator[Any]:
    """The text boxes anchored in a paragraph, each once though Word writes it twice."""
    for box in paragraph.iter(w("txbxContent")):
        outside = (up for up in box.iterancestors() if up.tag in (FALLBACK, w("txbxContent")))
        if next(outside, None) is None:
            yield box


def _table_blocks(table: Any, numbering: Numbering, styles: Styles) -> Iterator[Block]:
    for row in _rows(table):
        cells = _row_cells(row, numbering, styles)
        filled = [cell for cell in cells if cell]
        if len(cells) == 1:
            # A table of one column is a frame around ordinary paragraphs.
            yield from (Block(line) for line in filled[0].split("\n")) if filled else ()
        elif filled:
            yield Block(row_text(cells), BlockKind.ROW)


def _rows(table: Any) -> Iterator[Any]:
    for part in table.iterchildren():
        if part.tag == w("tr") and child(part, "trPr", "del") is None:
            yield part
        elif part.tag in _WRAPPERS:
            yield from _rows(part)


def _cells(row: Any) -> Iterator[Any]:
    for part in row.iterchildren():
        if part.tag == w("tc"):
            yield part
        elif part.tag in _WRAPPERS:
            yield from _cells(part)


def _row_cells(row: Any, numbering: Numbering, styles: Styles) -> list[str]:
    """Return the texts of a row by column; where a merged cell goes on, nothing."""
    cells: list[str] = []
    for cell in _cells(row):
        merged = child(cell, "tcPr", "vMerge")
        # The lower cells of a vertical merge repeat the first one's content.
        goes_on = merged is not None and value(cell, "tcPr", "vMerge") != "restart"
        text = "" if goes_on else _cell_text(cell, numbering, styles)
        cells += [text, *[""] * (_columns(cell) - 1)]
    return cells


def _columns(cell: Any) -> int:
    """Return how many columns a cell goes over; a file may say anything."""
    span = value(cell, "tcPr", "gridSpan") or "1"
    if not (span.isdecimal() and len(span) < 10):
        return 1
    return min(max(int(span), 1), COLUMNS)


def _cell_text(cell: Any, numbering: Numbering, styles: Styles) -> str:
    blocks: Iterable[Block] = body_blocks(cell, numbering, styles)
    return "\n".join(block.text for block in blocks)

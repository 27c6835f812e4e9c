"""Reader of saved web pages (.html, .htm): the main text, without menus and advertisements."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from knowledge.document import Block, BlockKind, RawDocument
from knowledge.readers.clean import clean
from knowledge.readers.conversion import in_unicode
from knowledge.readers.furniture import without_furniture
from knowledge.readers.html_tables import lay_out_spans
from knowledge.readers.plain import document
from knowledge.readers.rows import row_text

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_OVER_TABLE = re.compile(
    r"<h([2-6])(?:\s[^>]*)?>((?:(?!</h\1>).)*)</h\1>(?=\s*(?:<div[^>]*>\s*)*<table)", re.I | re.S
)
_ROOT = re.compile(r"<html[\s>]", re.IGNORECASE)
_OUTSIDE = ("script", "style", "noscript", "nav", "header", "footer", "aside", "form", "button")
_SMALL = 600
_BREAKS = ("p", "div", "br", "lb", "li", "item", "row", "tr", "cell", "td")
_TEXT = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "tr")


def read_html(page: str, path: Path) -> RawDocument:
    """Read the main text of a page, its headings, lists and tables told apart.

    Nothing is fetched: the page's address is the canonical one that it states.

    Args:
        page: the decoded page.
        path: the file, for the document's name.

    Raises:
        ReadError: there are no words, or they are garbled.
    """
    from trafilatura import bare_extraction, load_html

    # The library reports every poor page on standard error; an empty result says as much.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    page = _whole(page)
    # It takes a heading with nothing but a table below it for the remains of a menu.
    shown = load_html(_OVER_TABLE.sub(r"<p>\2</p>", page))
    if shown is not None:
        lay_out_spans(shown)
    found = bare_extraction(
        shown,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        favor_recall=True,
    )
    blocks = list(_main_blocks(found.body)) if found is not None else []
    if _is_poor(blocks) and (tree := load_html(page)) is not None:
        lay_out_spans(tree)
        everything = list(_all_blocks(tree))
        # Twice as much text would mean that menus come along.
        if not blocks or _length(everything) <= 2 * _length(blocks):
            blocks = everything
    title, blocks = in_unicode(found.title if found else None, blocks)
    pairs = {"url": clean(found.url)} if found and found.url else {}
    raw = document(path, title, without_furniture(blocks), pairs)
    return RawDocument(raw.key, pairs.get("url", raw.source), raw.blocks, title, pairs)


def _is_poor(blocks: list[Block]) -> bool:
    """Tell whether the main text is the library's last guess, which knows no markup."""
    plain = all(block.kind is BlockKind.PARAGRAPH for block in blocks)
    return plain and _length(blocks) < _SMALL


def _length(blocks: list[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _whole(page: str) -> str:
    """Make a fragment a page, and take off the declaration that lxml refuses in decoded text."""
    page = _DECLARATION.sub("", page)
    return page if _ROOT.search(page) else f"<html><body>{page}</body></html>"


def _main_blocks(body: Any) -> Iterator[Block]:
    for element in body:
        tag = element.tag
        if tag == "head":
            level = str(element.get("rend", ""))[1:]
            yield from _block(element, BlockKind.HEADING, int(level) if level.isdigit() else 0)
        elif tag == "list":
            yield from _list_blocks(element, 1)
        elif tag == "table":
            for row in element.iter("row"):
                yield from _row([_text(cell) for cell in row.iter("cell")])
        elif tag in ("quote", "div") and len(element):
            yield from _main_blocks(element)
        else:
            yield from _paragraphs(element)


def _list_blocks(element: Any, level: int) -> Iterator[Block]:
    numbered = element.get("rend") == "ol"
    for number, item in enumerate(element.iterchildren("item"), 1):
        nested = list(item.iterchildren("list"))
        for inner in nested:
            item.remove(inner)
        if text := _text(item):
            mark = f"{number}. " if numbered else "- "
            yield Block(mark + text, BlockKind.ITEM, level)
        for inner in nested:
            yield from _list_blocks(inner, level + 1)


def _paragraphs(element: Any) -> Iterator[Block]:
    for line_break in list(element.iter("lb", "br")):
        line_break.tail = "\n" + (line_break.tail or "")
    for line in "".join(element.itertext()).split("\n"):
        if text := _kept(line):
            yield Block(text)


def _all_blocks(tree: Any) -> Iterator[Block]:
    """Blocks of a page so small that no main text stands out from it."""
    for element in list(tree.iter(*_OUTSIDE)):
        element.drop_tree()
    body = tree.find("body") if tree.find("body") is not None else tree
    found = False
    for element in body.iter(*_TEXT):
        if any(parent.tag in ("p", "li", "tr") for parent in element.iterancestors()):
            continue
        found = True
        if element.tag == "tr":
            yield from _row([_text(cell) for cell in element.iter("td", "th")])
        elif element.tag.startswith("h"):
            yield from _block(element, BlockKind.HEADING, int(element.tag[1]))
        elif element.tag == "li":
            yield from (Block(f"- {text}", BlockKind.ITEM, 1) for text in [_text(element)] if text)
        else:
            yield from _paragraphs(element)
    if not found:
        yield from _paragraphs(body)


def _row(cells: list[str]) -> Iterator[Block]:
    filled = [cell for cell in cells if cell]
    if filled:
        # One cell is a table used for layout.
        kind = BlockKind.ROW if len(filled) > 1 else BlockKind.PARAGRAPH
        yield Block(row_text(cells), kind)


def _block(element: Any, kind: BlockKind, level: int) -> Iterator[Block]:
    if text := _text(element):
        yield Block(text, kind, level)


def _text(element: Any) -> str:
    for inner in element.iter(*_BREAKS):
        if inner is not element:
            inner.text, inner.tail = f" {inner.text or ''}", f" {inner.tail or ''}"
    return _kept("".join(element.itertext()))


def _kept(text: str) -> str:
    # Only white space is folded here: in TCVN3 a soft hyphen is a letter, until it is converted.
    return " ".join(text.split())

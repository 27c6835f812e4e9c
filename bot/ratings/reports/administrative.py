"""A document in the form of administrative documents.

The layout follows the annex on the form of Nghị định số 30/2020/NĐ-CP: A4, Times New Roman, the
two columns at the top with their lines below, numbered pages from the second on, the receivers and
the signature at the end. It knows nothing of what the document is about.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from bot.ratings.reports.word_parts import (
    keep_whole,
    number_pages,
    repeat_heading,
    rule,
    set_widths,
)

_FIGURE = re.compile(r"\d[\d.,]*")
FONT = "Times New Roman"
CENTRE, LEFT, RIGHT = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.RIGHT,
)
WIDTH = 16.5  # centimetres between the margins
SHORT = 16  # rows of a table that is not parted between pages
LEFT_COLUMN, RIGHT_COLUMN = 6.5, 10.0  # of the head, centimetres

Line = tuple[str, bool, float]  # words, whether bold, size in points


class AdministrativeDocument:
    """A document under construction."""

    def __init__(self) -> None:
        self._document: Any = Document()
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.top_margin = section.bottom_margin = Cm(2)
        section.left_margin, section.right_margin = Cm(3), Cm(1.5)
        section.header_distance = Cm(1)
        style = self._document.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(13)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
        style.paragraph_format.space_after = Pt(6)
        number_pages(section)

    def head(self, left: Sequence[Line], right: Sequence[Line], under: Sequence[int]) -> None:
        """Write the two columns at the top.

        Args:
            left: office and number.
            right: country, motto, place and day; the last line in italics.
            under: which line of the left and of the right column has a line drawn below it.
        """
        table = self._document.add_table(rows=1, cols=2)
        set_widths(table, (LEFT_COLUMN, RIGHT_COLUMN))
        cells = table.rows[0].cells
        widths = (LEFT_COLUMN, RIGHT_COLUMN)
        # The line below the office is a third of its column, that below the motto as long as it.
        for cell, lines, at, width, share in zip(
            cells, (left, right), under, widths, (0.33, 0.55), strict=True
        ):
            _write(cell, lines, at, width * (1 - share) / 2)
        cells[1].paragraphs[-1].runs[0].italic = True
        self._document.add_paragraph()

    def title(self, kind: str, about: str, below: str) -> None:
        """Write the kind of the document and what it is about, with a line below."""
        for text in (kind, about):
            self._run(text, bold=True, size=14, centre=True)
        self._run(below, size=13, centre=True)
        rule(self._document.add_paragraph(), WIDTH * 0.4)

    def part(self, title: str) -> None:
        """Begin a part."""
        paragraph = self._run(title, bold=True, size=13)
        paragraph.paragraph_format.space_before = Pt(10)
        paragraph.paragraph_format.keep_with_next = True

    def words(self, text: str, *, together: bool = False) -> None:
        """Write a paragraph; `together` keeps it on the page of the next one."""
        paragraph = self._document.add_paragraph(text)
        paragraph.paragraph_format.first_line_indent = Cm(1)
        paragraph.paragraph_format.keep_with_next = together
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY

    def table(self, title: str, rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
        """Draw a table.

        Args:
            title: stands above it.
            rows: the headings first.
            widths: of the columns in centimetres.
        """
        paragraph = self._run(title, bold=True, size=13)
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_before = Pt(8)
        drawn = self._document.add_table(rows=0, cols=len(widths), style="Table Grid")
        drawn.alignment = WD_TABLE_ALIGNMENT.CENTER
        for at, row in enumerate(rows):
            added = drawn.add_row()
            keep_whole(added)
            # Short tables stand on one page.
            together = len(rows) <= SHORT and at + 1 < len(rows)
            for cell, text in zip(added.cells, row, strict=True):
                _fill(cell, text, heading=at == 0, together=together)
        set_widths(drawn, widths)
        repeat_heading(drawn)
        self._document.add_paragraph().paragraph_format.space_after = Pt(2)

    def picture(self, picture: bytes, caption: str, described: str) -> None:
        """Place a picture with its caption below it; `described` is for who cannot see it."""
        self._document.add_picture(io.BytesIO(picture), width=Cm(13))
        paragraph = self._document.paragraphs[-1]
        paragraph.alignment = CENTRE
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_after = Pt(0)
        self._document.inline_shapes[-1]._inline.docPr.set("descr", described)
        below = self._run(caption, size=12, centre=True)
        below.runs[0].italic = True
        below.paragraph_format.space_after = Pt(10)

    def signature(self, receivers: Sequence[str], head: str, sign: str) -> None:
        """Write who gets the document and who signs it, on the page of the last words."""
        self._document.add_paragraph()
        for paragraph in self._document.paragraphs[-3:]:
            paragraph.paragraph_format.keep_with_next = True
        table = self._document.add_table(rows=1, cols=2)
        set_widths(table, (7.0, 9.5))
        keep_whole(table.rows[0])
        left, right = table.rows[0].cells
        first, *others = receivers
        _write(left, [(first, True, 12), *((text, False, 11) for text in others)])
        left.paragraphs[0].runs[0].italic = True
        for paragraph in left.paragraphs:
            paragraph.alignment = LEFT
        _write(right, [(head, True, 13), (sign, False, 13), *[("", False, 13)] * 4])
        right.paragraphs[1].runs[0].italic = True

    def annex(self, heading: str, title: str, below: str) -> None:
        """Begin an annex on a page of its own; `below` says what it belongs to."""
        self._document.add_page_break()
        for text in (heading, title):
            self._run(text, bold=True, size=14, centre=True)
        self._run(below, size=13, centre=True).runs[0].italic = True

    def saved(self) -> bytes:
        """Return the document as .docx."""
        written = io.BytesIO()
        self._document.save(written)
        return written.getvalue()

    def _run(self, text: str, *, bold: bool = False, size: int, centre: bool = False) -> Any:
        paragraph = self._document.add_paragraph()
        run = paragraph.add_run(text)
        run.bold, run.font.size = bold, Pt(size)
        if centre:
            paragraph.alignment = CENTRE
            paragraph.paragraph_format.space_after = Pt(0)
        return paragraph


def _write(cell: Any, lines: Sequence[Line], under: int = -1, indent: float = 0.0) -> None:
    """Write centred lines into a cell, with a line drawn below one of them."""
    for at, (text, bold, size) in enumerate(lines):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        run = paragraph.add_run(text)
        run.bold, run.font.size = bold, Pt(size)
        paragraph.alignment = CENTRE
        paragraph.paragraph_format.space_after = Pt(0)
        if at == under:
            rule(cell.add_paragraph(), indent)


def _fill(cell: Any, text: str, *, heading: bool, together: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.keep_with_next = together
    run = paragraph.add_run(text)
    run.bold, run.font.size = heading, Pt(10 if heading else 11)
    paragraph.paragraph_format.space_after = Pt(0)
    if heading:
        paragraph.alignment = CENTRE
    elif _FIGURE.fullmatch(text):
        paragraph.alignment = RIGHT

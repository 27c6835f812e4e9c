"""A report as a document in administrative form, for the head of the office to sign.

The layout follows the annex on the form of administrative documents of Nghị định số
30/2020/NĐ-CP: A4, Times New Roman, the two columns at the top, numbered parts, the receivers and
the signature at the end. Number, place and names are left to fill in.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from bot.ratings.reports.counts import Comment
from bot.ratings.reports.pictures import describe, draw_report
from bot.ratings.reports.report import Report
from bot.ratings.reports.tables import MEAN, QUOTED, Cell, Table, tables
from bot.ratings.reports.writing import LEVEL_NAMES, day, days, decimal, percent, span, whole
from config.survey import Kind, Survey

FONT = "Times New Roman"
CENTRE = WD_ALIGN_PARAGRAPH.CENTER
COMMENTS_SHOWN = 20
NARROW = 2.0  # centimetres of a column of figures


def as_docx(report: Report, surveys: Mapping[str, Survey], margin: float) -> bytes:
    """Return the report as a document.

    Args:
        report: the report.
        surveys: the questionnaires, for the annex.
        margin: percentage points, as in `comparison.judge`; stands in the method.
    """
    paper = _Paper()
    paper.head(report)
    paper.part("I. Phạm vi và phương pháp")
    for sentence in _method(report, margin):
        paper.words(sentence)
    paper.part("II. Kết quả")
    for sentence in _results(report):
        paper.words(sentence)
    found = tables(report, comments=False)
    for number, table in enumerate(map(_without_words, found[1:]), 1):
        paper.table(f"Bảng {number}. {table.title}", table)
    if report.figures is not None:
        paper.part("III. Biểu đồ")
        for picture in draw_report(report):
            paper.picture(picture, describe(report))
    if report.comments:
        paper.part("IV. Một số góp ý")
        for comment in _different(report.comments)[:COMMENTS_SHOWN]:
            level = LEVEL_NAMES[comment.score - 1].lower()
            paper.words(f"- “{comment.text}” ({level}, {day(comment.day)})")
    paper.signature()
    paper.annex(surveys)
    return paper.saved()


def _method(report: Report, margin: float) -> list[str]:
    said = [
        f"Báo cáo tổng hợp các phiếu đánh giá gửi {days(report.scope)}"
        + (f" về {report.office}" if report.office else "")
        + " qua Telegram, Zalo và trang web, ngay sau khi người dân, doanh nghiệp làm thủ tục.",
        "Mỗi hồ sơ được đánh giá một lần; phiếu không gắn với hồ sơ thì mỗi người một lần mỗi ngày"
        " ở mỗi quầy. Phiếu không ghi người gửi và người được phân công giải quyết.",
        "Mức hài lòng là tỷ lệ phiếu chọn “Hài lòng” hoặc “Rất hài lòng” trên tổng số phiếu. Khoảng"
        " tin cậy 95% tính theo phương pháp Wilson. Đây là ý kiến của những người đã trả lời, không"
        " phải mẫu chọn ngẫu nhiên.",
        f"Nhóm dưới {report.least} phiếu không nêu riêng mà gộp lại. So với chỉ tiêu, kết luận “mẫu"
        f" chưa đủ” khi khoảng tin cậy chứa chỉ tiêu và rộng hơn {decimal(margin)} điểm phần trăm"
        " về một phía.",
    ]
    if report.flagged:
        said.append(
            f"Để riêng {whole(report.flagged)} phiếu gửi dồn dập trong thời gian ngắn ở cùng một"
            " quầy; các phiếu này không tính vào kết quả."
        )
    return said


def _results(report: Report) -> list[str]:
    figures = report.figures
    if figures is None:
        return [f"Có ít hơn {report.least} phiếu nên chưa nêu kết quả."]
    said = [
        f"Có {whole(figures.answered)} phiếu, trong đó {whole(figures.satisfied)} phiếu hài lòng,"
        f" đạt {percent(figures.share)} (khoảng tin cậy 95%: {span(figures.interval)}); điểm trung"
        f" bình {decimal(figures.mean, 2)} trên 5."
    ]
    if report.response_rate is not None:
        said.append(
            f"Đã gửi {whole(report.invited)} lời mời, {whole(report.replied)} được trả lời"
            f" ({percent(report.response_rate)})."
        )
    for one in report.comparisons:
        said.append(
            f"{one.name or 'Chung các lĩnh vực'}: {percent(one.figures.share)}, chỉ tiêu năm"
            f" {one.year} là {decimal(one.target.percent, 0)}%: {one.verdict.label.lower()}."
            f" Căn cứ: “{one.target.clause}” ({one.target.source})."
        )
    return said


class _Paper:
    """A document under construction."""

    def __init__(self) -> None:
        self._document: Any = Document()
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.top_margin = section.bottom_margin = Cm(2)
        section.left_margin, section.right_margin = Cm(3), Cm(1.5)
        style = self._document.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(13)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
        style.paragraph_format.space_after = Pt(6)

    def head(self, report: Report) -> None:
        table = self._document.add_table(rows=1, cols=2)
        _set_widths(table, (6.0, 10.5))
        left, right = table.rows[0].cells
        office = (report.office or "TÊN CƠ QUAN").upper()
        _lines(left, [(office, True, 13), ("Số:        /BC-……", False, 13)])
        _lines(
            right,
            [
                ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True, 12),
                ("Độc lập - Tự do - Hạnh phúc", True, 13),
                (
                    f"……, ngày {report.made:%d} tháng {report.made:%m} năm {report.made.year}",
                    False,
                    13,
                ),
            ],
        )
        right.paragraphs[-1].runs[0].italic = True
        self._document.add_paragraph()
        for text in ("BÁO CÁO", "Kết quả đánh giá sự hài lòng sau khi làm thủ tục hành chính"):
            self._run(text, bold=True, size=14, centre=True)
        self._run(f"({days(report.scope)})", size=13, centre=True)

    def part(self, title: str) -> None:
        paragraph = self._run(title, bold=True, size=14)
        paragraph.paragraph_format.space_before = Pt(10)
        paragraph.paragraph_format.keep_with_next = True

    def words(self, text: str) -> None:
        paragraph = self._document.add_paragraph(text)
        paragraph.paragraph_format.first_line_indent = Cm(1)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY

    def table(self, title: str, table: Table) -> None:
        paragraph = self._run(title, bold=True, size=13)
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_before = Pt(8)
        drawn = self._document.add_table(rows=0, cols=len(table.headings), style="Table Grid")
        drawn.alignment = WD_TABLE_ALIGNMENT.CENTER
        for row in (table.headings, *table.rows):
            cells = drawn.add_row().cells
            for cell, value, heading in zip(cells, row, table.headings, strict=True):
                _fill(cell, _said(value, heading), bold=row is table.headings)
        _set_widths(drawn, [_width(table, at) for at in range(len(table.headings))])
        _repeat_heading(drawn)
        self._document.add_paragraph().paragraph_format.space_after = Pt(2)

    def picture(self, picture: bytes, caption: str) -> None:
        self._document.add_picture(io.BytesIO(picture), width=Cm(11))
        self._document.paragraphs[-1].alignment = CENTRE
        shape = self._document.inline_shapes[-1]
        shape._inline.docPr.set("descr", caption)

    def signature(self) -> None:
        self._document.add_paragraph()
        table = self._document.add_table(rows=1, cols=2)
        _set_widths(table, (7.0, 9.5))
        left, right = table.rows[0].cells
        _lines(left, [("Nơi nhận:", True, 12), ("- ……;", False, 11), ("- Lưu: VT.", False, 11)])
        for paragraph in left.paragraphs:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        _lines(right, [("THỦ TRƯỞNG CƠ QUAN", True, 13), ("(Ký, ghi rõ họ tên)", False, 13)])

    def annex(self, surveys: Mapping[str, Survey]) -> None:
        self._document.add_page_break()
        self._run("PHỤ LỤC", bold=True, size=14, centre=True)
        self._run("Các câu hỏi", bold=True, size=14, centre=True)
        for survey in surveys.values():
            self.part(survey.title)
            for number, question in enumerate(survey.questions, 1):
                self.words(f"{number}. {question.text.format(service='…', office='…')}")
                if question.kind is not Kind.TEXT:
                    self.words("; ".join(option.label for option in question.options) + ".")

    def saved(self) -> bytes:
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


def _different(comments: Sequence[Comment]) -> list[Comment]:
    """Return comments without those whose words stood before."""
    return list({comment.text: comment for comment in reversed(comments)}.values())[::-1]


def _without_words(table: Table) -> Table:
    """Return a table without the columns that the text above it quotes already."""
    kept = [at for at, name in enumerate(table.headings) if name not in QUOTED]
    rows = tuple(tuple(row[at] for at in kept) for row in table.rows)
    return Table(table.title, tuple(table.headings[at] for at in kept), rows)


def _set_widths(table: Any, widths: Sequence[float]) -> None:
    """Set the widths of the columns in centimetres, for Word and for LibreOffice."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _lines(cell: Any, lines: Sequence[tuple[str, bool, int]]) -> None:
    for at, (text, bold, size) in enumerate(lines):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        run = paragraph.add_run(text)
        run.bold, run.font.size = bold, Pt(size)
        paragraph.alignment = CENTRE
        paragraph.paragraph_format.space_after = Pt(0)


def _said(value: Cell, heading: str) -> str:
    """Return what stands in a cell below a heading."""
    if isinstance(value, float):
        return decimal(value, 2 if heading == MEAN else 1)
    if isinstance(value, int):
        return whole(value)
    return value or ""


def _fill(cell: Any, text: str, *, bold: bool) -> None:
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(11)
    paragraph.paragraph_format.space_after = Pt(0)
    if text[:1].isdigit() and "/" not in text:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _width(table: Table, at: int) -> float:
    """Return the width of a column in centimetres: figures narrow, words what is left."""
    wordy = [
        column
        for column in range(len(table.headings))
        if any(isinstance(row[column], str) and len(str(row[column])) > 12 for row in table.rows)
    ] or [0]
    left = 16.3 - NARROW * (len(table.headings) - len(wordy))
    return left / len(wordy) if at in wordy else NARROW


def _repeat_heading(table: Any) -> None:
    """Let the first row stand again on every page that the table reaches."""
    properties = table.rows[0]._tr.get_or_add_trPr()
    mark = properties.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"})
    properties.append(mark)

"""The table of a plan's targets with their results, as .xlsx and .docx."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.results.standing import Standings, figure, gap_text, state_label
from bot.row_texts import value_text
from config.texts import ResultTexts, Texts
from knowledge.results.result import Progress, State
from knowledge.row_shelf import Found
from knowledge.targets import Target

WIDTHS = (6, 44, 22, 14, 10, 14, 26, 52, 20)  # characters of the columns
FONT = "Times New Roman"  # of administrative documents (Nghị định 30/2020/NĐ-CP)


@dataclass(frozen=True)
class Line:
    """One row of the report."""

    found: Found[Target]
    progress: Progress


def lines_of(found: Sequence[Found[Target]], standings: Standings, on: date) -> list[Line]:
    """Return the rows of the report, in the order of `found`."""
    return [Line(one, standings.of(one, on)) for one in found]


def summary(lines: Sequence[Line], texts: ResultTexts) -> str:
    """Return one sentence that counts the states."""
    counts = {state: sum(line.progress.state is state for line in lines) for state in State}
    return texts.summary.format(
        count=len(lines),
        reached=counts[State.REACHED],
        missed=counts[State.MISSED],
        not_due=counts[State.NOT_DUE],
        no_figure=counts[State.NO_FIGURE],
    )


def cells_of(number: int, line: Line, texts: Texts) -> tuple[str, ...]:
    """Return the cells of one row as they are read."""
    row, progress, said = line.found.row, line.progress, texts.results
    result = progress.result
    metadata = line.found.document.metadata
    about = ", ".join(part for part in (row.scope, metadata.place) if part)
    return (
        str(number),
        f"{row.indicator}{f' ({about})' if about else ''}",
        value_text(row, texts.targets),
        figure(result, said) if result else "",
        str(row.year or ""),
        state_label(progress.state, said),
        gap_text(progress, said),
        row.quote,
        metadata.number or line.found.document.title,
    )


def write_xlsx(path: Path, title: str, lines: Sequence[Line], texts: Texts) -> None:
    """Write the table as a workbook.

    Raises:
        OSError: the file cannot be written.
    """
    path.write_bytes(xlsx_of(title, lines, texts))


def xlsx_of(title: str, lines: Sequence[Line], texts: Texts) -> bytes:
    """Return the table as a workbook, with figures as numbers beside their words."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = texts.results.sheet
    sheet.append([title])
    sheet.append([summary(lines, texts.results)])
    sheet.append([])
    sheet.append([*texts.results.columns(), texts.results.value_column])
    for number, line in enumerate(lines, 1):
        result = line.progress.result
        sheet.append([*cells_of(number, line, texts), result.value if result else None])
    sheet["A1"].font = Font(bold=True, size=14)
    for cell in sheet[4]:
        cell.font = Font(bold=True)
    for row in sheet.iter_rows(min_row=4):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(cell.value, str) and cell.value.startswith("="):
                cell.data_type = "s"  # words of a document are never a formula
    for at, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = "A5"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def write_docx(path: Path, title: str, lines: Sequence[Line], texts: Texts, on: date) -> None:
    """Write the table as an annex in the layout of administrative reports.

    Raises:
        OSError: the file cannot be written.
    """
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    document = docx.Document()
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(29.7), Cm(21.0)
    page.left_margin, page.right_margin = Cm(2.5), Cm(1.5)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(13)
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    heading.add_run(title.upper()).bold = True
    below = document.add_paragraph(
        texts.results.as_of.format(day=f"{on.day:02}/{on.month:02}/{on.year}")
    )
    below.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph(summary(lines, texts.results))
    table = document.add_table(rows=1, cols=len(texts.results.columns()), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, texts.results.columns(), strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    for number, line in enumerate(lines, 1):
        for cell, words in zip(table.add_row().cells, cells_of(number, line, texts), strict=True):
            cell.text = words
    for row in table.rows:
        for cell, width in zip(row.cells, WIDTHS, strict=True):
            cell.width = Cm(25.7 * width / sum(WIDTHS))
            for paragraph in cell.paragraphs:
                for run in paragraph.runs:
                    run.font.size = Pt(11)
    document.save(str(path))

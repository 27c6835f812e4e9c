"""A report as a workbook and as a text file that Vietnamese Excel opens rightly."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from bot.ratings.reports.report import Report
from bot.ratings.reports.tables import Cell, Table, tables

WIDEST = 70  # characters of a column
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
# What a spreadsheet would take for a formula; people write comments.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_xlsx(report: Report) -> bytes:
    """Return the report as a workbook, one sheet a table."""
    book = Workbook()
    book.remove(book.active)
    for table in tables(report):
        _sheet(book, table, report.texts.tables.mean)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def as_csv(report: Report) -> bytes:
    """Return the report as one file of values separated by semicolons, UTF-8 with its mark.

    Where the decimal sign is a comma, as in Vietnam, Excel expects semicolons; the mark at the
    beginning tells it the encoding.
    """
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    for table in tables(report):
        writer.writerow([_plain(table.title)])
        writer.writerow(table.headings)
        writer.writerows([_plain(cell) for cell in row] for row in table.rows)
        writer.writerow([])
    return b"\xef\xbb\xbf" + written.getvalue().encode("utf-8")


def _sheet(book: Any, table: Table, mean: str) -> None:
    """Write a table on a sheet of its own; `mean` is what the mean is called."""
    name = _NO_SHEET_NAME.sub("", table.title)[:31].strip()
    sheet = book.create_sheet(name)
    sheet.append(list(table.headings))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DFE5EA")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for row in table.rows:
        sheet.append(list(row))
        for cell in sheet[sheet.max_row]:
            cell.alignment = Alignment(wrap_text=isinstance(cell.value, str), vertical="top")
            if isinstance(cell.value, str):
                cell.data_type = "s"  # never a formula
            elif isinstance(cell.value, float):
                cell.number_format = "0.00" if mean in _about(table, row, cell) else "0.0"
    sheet.freeze_panes = "A2"
    for at, width in enumerate(_widths(table), 1):
        sheet.column_dimensions[get_column_letter(at)].width = width


def _about(table: Table, row: Sequence[Cell], cell: Any) -> tuple[object, object]:
    """Return what a cell's number is: its heading and the name of its row."""
    return table.headings[cell.column - 1], row[0]


def _widths(table: Table) -> list[int]:
    columns = zip(table.headings, *table.rows, strict=True)
    return [min(max(len(str(cell or "")) for cell in column) + 2, WIDEST) for column in columns]


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(cell).replace(".", ",")
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text

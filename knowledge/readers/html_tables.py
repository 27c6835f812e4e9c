"""Tables of web pages: cells that span rows or columns, laid out in the grid that is seen."""

from __future__ import annotations

from typing import Any

_MOST = 100  # columns or rows that a cell may span


def lay_out_spans(tree: Any) -> None:
    """Put an empty cell wherever a cell of above or of the left goes on.

    Every row then has its cells in the columns in which they are seen.

    Args:
        tree: the parsed page (`lxml.html`); its tables are changed in place.
    """
    for table in tree.iter("table"):
        goes_on: dict[int, int] = {}  # column → rows below that its cell still fills
        for row in table.iter("tr"):
            if next(row.iterancestors("table")) is table:
                goes_on = _lay_out(row, goes_on)


def _lay_out(row: Any, goes_on: dict[int, int]) -> dict[int, int]:
    """Fill up a row; return what goes on below it."""
    below = {column: rows - 1 for column, rows in goes_on.items() if rows > 1}
    column = 0
    for cell in list(row.iterchildren("td", "th")):
        while column in goes_on:
            _insert(row, cell, before=True)
            column += 1
        for i in range(columns := _span(cell, "colspan")):
            if (rows := _span(cell, "rowspan")) > 1:
                below[column + i] = rows - 1
        for _ in range(columns - 1):
            _insert(row, cell, before=False)
        column += columns
        for name in ("colspan", "rowspan"):  # what reads the page next would count them again
            cell.attrib.pop(name, None)
    return below


def _insert(row: Any, cell: Any, *, before: bool) -> None:
    empty = row.makeelement("td")
    if before:
        cell.addprevious(empty)
    else:
        empty.tail, cell.tail = cell.tail, None
        cell.addnext(empty)


def _span(cell: Any, name: str) -> int:
    written = cell.get(name, "").strip()
    return min(max(int(written), 1), _MOST) if written.isdecimal() else 1

"""A PDF page as lines of text, the rows of its tables each a line with its columns."""

from __future__ import annotations

import re
from typing import Any

from knowledge.readers.pdf_columns import Columns, tables_of_columns
from knowledge.readers.pdf_grid import Box, Grid, gaps_between, grids_of
from knowledge.readers.pdf_letters import texts_in
from knowledge.readers.pdf_rules import rules_of
from knowledge.readers.rows import row_text

# pdfium writes U+FFFE or U+0002 for a hyphen that only divides a word at a line's end.
_DIVIDED = re.compile("[\ufffe\x02](?:\r?\n)?")
_MOST_RUNS = 5000
_FILLED = 2  # columns with text in most rows of a table


def page_text(page: Any) -> str:
    """Return the text of a page from top to bottom.

    Args:
        page: of pypdfium2.
    """
    text = page.get_textpage()
    try:
        tables = [_read(table, text) for table in _tables(page, text)]
        tables = [(box, rows) for box, rows in tables if _is_table(rows)]
        if not tables:
            return _DIVIDED.sub("", text.get_text_range())
        left, bottom, right, top = page.get_bbox()
        bands = gaps_between([box for box, _ in tables], bottom, top)
        beside = texts_in(text, [(left, low, right, high) for low, high in bands])
        pieces = [beside[0]]
        for (_, rows), below in zip(tables, beside[1:], strict=True):
            pieces += [*map(row_text, rows), below]
        return "\n".join(piece for piece in pieces if piece.strip())
    finally:
        text.close()


def _tables(page: Any, text: Any) -> list[Grid | Columns]:
    """Return the tables of a page from top to bottom; of two side by side the upper one."""
    ruled = grids_of(rules_of(page))
    count = text.count_rects()
    boxes = [text.get_rect(number) for number in range(count)] if count <= _MOST_RUNS else []
    free = [box for box in boxes if not any(_inside(box, grid.box) for grid in ruled)]
    found: list[Grid | Columns] = [*ruled, *tables_of_columns(free)]
    found.sort(key=lambda table: -table.box[3])
    kept: list[Grid | Columns] = []
    for table in found:
        if not kept or table.box[3] <= kept[-1].box[1]:
            kept.append(table)
    return kept


def _inside(box: Box, around: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return around[0] <= x <= around[2] and around[1] <= y <= around[3]


def _read(table: Grid | Columns, text: Any) -> tuple[Box, list[list[str]]]:
    """Return what a table covers, and its cells; those merged into others are empty."""
    cells = (
        [[[box] if box else [] for box in row] for row in table.rows]
        if isinstance(table, Grid)
        else table.rows
    )
    boxes = [box for row in cells for cell in row for box in cell]
    texts = iter(texts_in(text, boxes))
    return table.box, [[" ".join(next(texts) for _ in cell) for cell in row] for row in cells]


def _is_table(rows: list[list[str]]) -> bool:
    """Say whether most rows hold text in two columns: it is no frame and no picture."""
    full = sum(sum(map(bool, row)) >= _FILLED for row in rows)
    return full * 2 >= len(rows)

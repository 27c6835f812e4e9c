"""Rows as plain columns that fit the terminal."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence

GAP = "  "
LEAST = 24  # a column that gives way keeps this many characters


def printed_width() -> int | None:
    """Return the width of the terminal; None where a file or a program reads the output."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def columns(
    rows: Sequence[Sequence[str]], flexible: int | None = None, width: int | None = None
) -> list[str]:
    """Lay rows out as lines of aligned columns.

    Args:
        rows: the cells, a heading row among them.
        flexible: the column that is cut where the line would not fit.
        width: characters of a line; None cuts nothing.

    Returns:
        One line a row.
    """
    if not rows:
        return []
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    if flexible is not None and width is not None:
        others = sum(widths) - widths[flexible] + len(GAP) * (len(widths) - 1)
        widths[flexible] = min(widths[flexible], max(width - others, LEAST))
    return [
        GAP.join(cut(cell, w).ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def cut(cell: str, width: int) -> str:
    """Return the cell, with an ellipsis where it had to be cut to `width` characters."""
    return cell if len(cell) <= width else cell[: width - 1].rstrip() + "…"

"""A table row as one line of text, its columns in their places."""

from __future__ import annotations

from collections.abc import Iterable

SEPARATOR = " | "


def is_row(line: str) -> bool:
    """Say whether a line is a table row as `row_text` writes it."""
    return SEPARATOR in f" {line}"


def row_text(cells: Iterable[str]) -> str:
    """Return the line for a row; an empty cell before a filled one keeps its place.

    Args:
        cells: texts of the cells from left to right, empty where there is none.
    """
    folded = [" ".join(cell.split()) for cell in cells]
    while folded and not folded[-1]:
        folded.pop()
    return SEPARATOR.join(folded).strip()

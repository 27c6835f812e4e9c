"""Long names made to fit a line."""

from __future__ import annotations

from textwrap import shorten

CUT = " …"


def one_line(text: str, width: int) -> str:
    """Return `text` on one line, cut between words where it is longer than `width` characters."""
    line = " ".join(text.split())
    # Most fit, and it takes long to find where to cut.
    return line if len(line) <= width else shorten(line, width, placeholder=CUT)

"""The letters of a PDF page, each in the cell or band that its middle lies in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from knowledge.readers.pdf_grid import Box

# pdfium writes these for a hyphen that only divides a word at a line's end.
_DIVIDED = "\ufffe\x02"


def texts_in(text: Any, boxes: Sequence[Box]) -> list[str]:
    """Return the text of each box, in the order in which the page holds it.

    By the middle of each letter: its outline may reach into the line above, as in "Ệ".

    Args:
        text: text page of pypdfium2.
        boxes: not overlapping.
    """
    from pypdfium2 import raw

    found: list[list[str]] = [[] for _ in boxes]
    at: int | None = None
    space = ""
    for number in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text.raw, number) or 0xFFFD)
        if letter in _DIVIDED:
            space = "\x02"
            continue
        if letter.isspace():
            if space != "\x02":
                space = "\n" if letter in "\r\n" or space == "\n" else " "
            continue
        left, bottom, right, top = text.get_charbox(number)
        x, y = (left + right) / 2, (bottom + top) / 2
        if at is None or not _holds(boxes[at], x, y):
            inside = (i for i, box in enumerate(boxes) if _holds(box, x, y))
            at = next(inside, None)
            space = space or "\n"
        if at is not None:
            found[at] += [space.strip("\x02"), letter]
        space = ""
    return ["".join(letters).strip() for letters in found]


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x < box[2] and box[1] <= y < box[3]

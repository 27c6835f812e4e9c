"""Letters without their marks, position by position."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    if char in "đĐ":
        return "d"
    base = unicodedata.normalize("NFD", char)[0].lower()
    # A few capitals grow when lowered; keeping them whole keeps the offsets.
    return base if len(base) == 1 else char


def fold(text: str) -> str:
    """Lower-case a text and take all diacritics off, keeping its length.

    Args:
        text: NFC text.

    Returns:
        A text of equal length, so that an offset into one is an offset into the other.
    """
    return "".join(map(_fold_char, text))

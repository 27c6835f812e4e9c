"""Letters without their marks, position by position."""

from __future__ import annotations

import unicodedata


class _Letters(dict[int, str]):
    """Code point → the letter without its marks, found out when it is met first."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = "d" if char in "đĐ" else unicodedata.normalize("NFD", char)[0].lower()
        # A few capitals grow when lowered; keeping them whole keeps the offsets.
        self[code] = base if len(base) == 1 else char
        return self[code]


_LETTERS = _Letters()


def fold(text: str) -> str:
    """Lower-case a text and take all diacritics off, keeping its length.

    Args:
        text: NFC text.

    Returns:
        A text of equal length, so that an offset into one is an offset into the other.
    """
    return text.translate(_LETTERS)

"""Vietnamese numbers: "1.234,5", "84,08", "03", "chín mươi"."""

from __future__ import annotations

import re

_ONES = {
    "không": 0,
    "một": 1,
    "mốt": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "lăm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
}
_TEN = {"mười": 10, "mươi": 10}
_WORD = rf"(?:{'|'.join([*_ONES, *_TEN, 'trăm', 'linh', 'lẻ'])})"

#: The digits of a number.
DIGITS = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)(?!\d|[./]\d)"
#: A numeral; not part of a date, a document's number or a word.
NUMERAL = rf"(?<![\w/.,-]){DIGITS}"
#: A number in words, two or more of them or one of one to ten; small letters.
IN_WORDS = rf"(?<!\w){_WORD}(?: {_WORD})*(?!\w)"

_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")


def value_of(written: str) -> float | None:
    """Return the value of a number as written, None if it is none.

    A point parts thousands where three digits follow, and else decimals; a comma parts decimals.

    Args:
        written: in digits or in words, small letters.
    """
    if written[:1].isdigit():
        if _THOUSANDS.fullmatch(written):
            return float(written.replace(".", "").replace(",", "."))
        return float(written.replace(",", "."))
    return _in_words(written.split())


def _in_words(words: list[str]) -> float | None:
    """Value of "chín mươi lăm", "một trăm linh hai"."""
    total, ones = 0, None
    for word in words:
        if word in _ONES:
            ones = _ONES[word]
        elif word in _TEN:
            total += 10 * (ones if ones is not None and word == "mươi" else 1)
            ones = None
        elif word == "trăm":
            total, ones = total + 100 * (1 if ones is None else ones), None
        elif word not in ("linh", "lẻ"):
            return None
    return float(total + (ones or 0)) if words else None

"""Numbers, letters and number words as places in a series."""

from __future__ import annotations

import re

_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_SPELLED = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
#: Letters in the order in which points are numbered.
_SERIES = "abcdđeghiklmnopqrstuvxy"
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")


def is_roman(number: str) -> bool:
    """Whether capital letters are a Roman number up to 39."""
    return bool(number) and bool(_ROMAN.fullmatch(number))


def ordinal(number: str) -> int:
    """The place in its series: 3 for "3", "III", "c", "thứ ba"; 0 if that cannot be told."""
    digits = re.match(r"\d+", number)
    if digits:
        return int(digits.group())
    if number.lower().startswith("thứ"):
        word = number.split()[-1].lower()
        return _SPELLED.index(word) + 1 if word in _SPELLED else 0
    if number and all(char in _ROMAN_DIGITS for char in number):
        values = [_ROMAN_DIGITS[char] for char in number]
        pairs = zip(values, [*values[1:], 0], strict=True)
        return sum(-value if value < following else value for value, following in pairs)
    return _SERIES.find(number.lower()) + 1

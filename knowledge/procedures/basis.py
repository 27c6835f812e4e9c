"""Numbers of the legal documents that a procedure rests on, one row of its list each."""

from __future__ import annotations

import re

from knowledge.codes import find_codes

# The number stands at the end of its row without a space before it, often behind another one:
# "Luật Hộ tịch60/2014/QH13", "Luật 51/2019/QH1451/2019/QH14", "… năm 201102/2011/QH13".
_LAST = re.compile(
    r"(?P<digits>\d+(?:\.\d{1,3})?[a-z]?)/(?P<rest>(?:\d{4}/)?"
    r"(?:QH\d{1,2}|[A-ZĐ]{1,6}\d{0,2}(?:-[A-ZĐ]+(?:TTg)?|-TTg)*))\s*$"
)
_YEAR_BEFORE = re.compile(r"(?:19|20)\d\d(?=\d)")


def read_basis(words: str) -> tuple[str, ...]:
    """Return the numbers named in a list of legal documents, each once, in its order.

    Args:
        words: the field, a row a line.
    """
    numbers: dict[str, None] = {}
    for row in words.splitlines():
        last = _LAST.search(row)
        own = [_number(row, last)] if last else find_codes(row)[:1]
        numbers.update(dict.fromkeys(own))
    return tuple(numbers)


def _number(row: str, last: re.Match[str]) -> str:
    """Return the number at the end of a row without the digits of what stands before it."""
    digits, before = last["digits"], row[: last.start()]
    if before.endswith("QH") and len(digits) > 2:
        digits = digits[2:]
    elif len(digits) > 4 and _YEAR_BEFORE.match(digits):
        digits = digits[4:]
    return f"{digits}/{last['rest']}"

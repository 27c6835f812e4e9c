"""Months, quarters and years that a look-up names."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

Span = tuple[date, date]

_THIS = re.compile(r"\bthang nay\b")
_NEXT = re.compile(r"\bthang (?:sau|toi)\b")
_MONTH = re.compile(r"\bthang (?P<m>\d{1,2})(?:\s*(?:/|-|nam)\s*(?P<y>20\d\d))?")
_QUARTER = re.compile(r"\bquy (?P<q>i{1,3}|iv|[1-4])\b(?:\s*(?:/|-|nam)?\s*(?P<y>20\d\d))?")
_YEAR = re.compile(r"\bnam (?P<y>20\d\d)\b|\bnam nay\b")
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}  # how quarters are numbered


def span_in(folded: str, on: date) -> tuple[Span | None, str]:
    """Return the time that a look-up names and what is left of it.

    Args:
        folded: the words without diacritics.
        on: the day of asking.

    Returns:
        First and last day, None where no time is named; the other words.
    """
    if match := _THIS.search(folded):
        return month_of(on), _without(folded, match)
    if match := _NEXT.search(folded):
        return month_after(on), _without(folded, match)
    if (match := _MONTH.search(folded)) and 1 <= int(match["m"]) <= 12:
        first = date(int(match["y"] or on.year), int(match["m"]), 1)
        return month_of(first), _without(folded, match)
    if match := _QUARTER.search(folded):
        number = ROMAN.get(match["q"]) or int(match["q"])
        return quarter(int(match["y"] or on.year), number), _without(folded, match)
    if match := _YEAR.search(folded):
        year = int(match["y"] or on.year)
        return (date(year, 1, 1), date(year, 12, 31)), _without(folded, match)
    return None, folded


def month_of(day: date) -> Span:
    """Return the first and the last day of a day's month."""
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def quarter(year: int, number: int) -> Span:
    """Return the first and the last day of a quarter, 1 to 4."""
    return date(year, 3 * number - 2, 1), month_of(date(year, 3 * number, 1))[1]


def month_after(day: date) -> Span:
    """Return the first and the last day of the month after a day's."""
    return month_of(month_of(day)[1] + timedelta(days=1))


def _without(folded: str, match: re.Match[str]) -> str:
    return f"{folded[: match.start()]} {folded[match.end() :]}"

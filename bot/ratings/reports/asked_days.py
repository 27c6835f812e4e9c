"""The days that an official names behind `/baocao`: "tháng 6/2026", "quý II", "tuần trước"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from bot.ratings.reports.scope import Unit
from bot.spans_of_time import ROMAN, Span, month_of, quarter

USUAL = 30  # days of a report that names none
_DAY = r"(\d{1,2})/(\d{1,2})/(\d{4})"
_RANGE = re.compile(rf"(?:\btu\s+)?(?:ngay\s+)?\b{_DAY}\s*(?:-|–|\bden\b)\s*(?:ngay\s+)?{_DAY}\b")
_ONE_DAY = re.compile(rf"(?:\bngay\s+)?\b{_DAY}\b")
_QUARTER = re.compile(r"\bquy\s+([1-4]|iv|i{1,3})(?:/(\d{4})|\s+nam\s+(\d{4}))?\b")
_MONTH = re.compile(r"(?:thang\s+)?\b(\d{1,2})/(\d{4})\b|\bthang\s+(\d{1,2})\b")
_YEAR = re.compile(r"\b(?:nam\s+)?(20\d\d)\b")
ONE_DAY = timedelta(days=1)


def read_days(folded: str, today: date) -> tuple[Span, str]:
    """Return the first and last day that are named, and the words without them.

    Args:
        folded: lower-case words without diacritics, with a space at both ends.
        today: a day that "this" and "last" are seen from.
    """
    for pattern, meant in _WRITTEN.items():
        found = pattern.search(folded)
        days = meant(found, today) if found else None
        if found and days:
            return days, f"{folded[: found.start()]} {folded[found.end() :]}"
    for words, said in _SPOKEN.items():
        if f" {words} " in folded:
            return said(today), folded.replace(f" {words} ", " ")
    return (today - timedelta(days=USUAL - 1), today), folded


def _range(found: re.Match[str], today: date) -> Span | None:
    start, end = _day(*found.groups()[:3]), _day(*found.groups()[3:])
    return (start, end) if start and end and start <= end else None


def _one_day(found: re.Match[str], today: date) -> Span | None:
    day = _day(*found.groups())
    return (day, day) if day else None


def _quarter(found: re.Match[str], today: date) -> Span | None:
    number = ROMAN.get(found[1]) or int(found[1])
    year = int(found[2] or found[3] or today.year)
    return quarter(year, number) if year else None


def _month(found: re.Match[str], today: date) -> Span | None:
    month, year = int(found[1] or found[3]), int(found[2] or today.year)
    if not (1 <= month <= 12 and year):
        return None
    return month_of(date(year, month, 1))


def _year(found: re.Match[str], today: date) -> Span:
    return date(int(found[1]), 1, 1), date(int(found[1]), 12, 31)


def _day(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _this(unit: Unit) -> Callable[[date], Span]:
    return lambda today: (unit.begin(today), today)


def _last(unit: Unit) -> Callable[[date], Span]:
    def days(today: date) -> Span:
        end = unit.begin(today) - ONE_DAY
        return unit.begin(end), end

    return days


def _this_quarter(today: date) -> Span:
    return quarter(today.year, (today.month + 2) // 3)[0], today


def _last_quarter(today: date) -> Span:
    end = _this_quarter(today)[0] - ONE_DAY
    return quarter(end.year, end.month // 3)


def _this_year(today: date) -> Span:
    return date(today.year, 1, 1), today


def _last_year(today: date) -> Span:
    return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)


_WRITTEN: Mapping[re.Pattern[str], Callable[[re.Match[str], date], Span | None]] = {
    _RANGE: _range,
    _ONE_DAY: _one_day,
    _QUARTER: _quarter,
    _MONTH: _month,
    _YEAR: _year,
}
# Longer names before those that they begin with.
_SPOKEN: Mapping[str, Callable[[date], Span]] = {
    "hom qua": _last(Unit.DAY),
    "hom nay": _this(Unit.DAY),
    "tuan truoc": _last(Unit.WEEK),
    "tuan qua": _last(Unit.WEEK),
    "tuan nay": _this(Unit.WEEK),
    "tuan": _this(Unit.WEEK),
    "thang truoc": _last(Unit.MONTH),
    "thang nay": _this(Unit.MONTH),
    "thang": _this(Unit.MONTH),
    "quy truoc": _last_quarter,
    "quy nay": _this_quarter,
    "nam ngoai": _last_year,
    "nam truoc": _last_year,
    "nam nay": _this_year,
    "nam": _this_year,
}

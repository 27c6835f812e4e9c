"""The days that an official names behind `/baocao`: "tháng 6/2026", "quý II", "tuần trước"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from bot.ratings.reports.scope import Unit

USUAL = 30  # days of a report that names none
_DAY = r"(\d{1,2})/(\d{1,2})/(\d{4})"
_RANGE = re.compile(rf"(?:\btu\s+)?(?:ngay\s+)?\b{_DAY}\s*(?:-|–|\bden\b)\s*(?:ngay\s+)?{_DAY}\b")
_ONE_DAY = re.compile(rf"(?:\bngay\s+)?\b{_DAY}\b")
_QUARTER = re.compile(r"\bquy\s+([1-4]|iv|i{1,3})(?:/(\d{4})|\s+nam\s+(\d{4}))?\b")
_MONTH = re.compile(r"(?:thang\s+)?\b(\d{1,2})/(\d{4})\b|\bthang\s+(\d{1,2})\b")
_YEAR = re.compile(r"\b(?:nam\s+)?(20\d\d)\b")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
ONE_DAY = timedelta(days=1)

Days = tuple[date, date]


def read_days(folded: str, today: date) -> tuple[Days, str]:
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


def _range(found: re.Match[str], today: date) -> Days | None:
    start, end = _day(*found.groups()[:3]), _day(*found.groups()[3:])
    return (start, end) if start and end and start <= end else None


def _one_day(found: re.Match[str], today: date) -> Days | None:
    day = _day(*found.groups())
    return (day, day) if day else None


def _quarter(found: re.Match[str], today: date) -> Days | None:
    number = _ROMAN.get(found[1]) or int(found[1])
    year = int(found[2] or found[3] or today.year)
    return quarter(year, number) if year else None


def _month(found: re.Match[str], today: date) -> Days | None:
    month, year = int(found[1] or found[3]), int(found[2] or today.year)
    if not (1 <= month <= 12 and year):
        return None
    return date(year, month, 1), _month_end(year, month)


def _year(found: re.Match[str], today: date) -> Days:
    return date(int(found[1]), 1, 1), date(int(found[1]), 12, 31)


def _day(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def quarter(year: int, number: int) -> Days:
    """Return the first and last day of a quarter, 1 to 4."""
    return date(year, 3 * number - 2, 1), _month_end(year, 3 * number)


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - ONE_DAY if year < 9999 else date.max


def _this(unit: Unit) -> Callable[[date], Days]:
    return lambda today: (unit.begin(today), today)


def _last(unit: Unit) -> Callable[[date], Days]:
    def days(today: date) -> Days:
        end = unit.begin(today) - ONE_DAY
        return unit.begin(end), end

    return days


def _this_quarter(today: date) -> Days:
    return quarter(today.year, (today.month + 2) // 3)[0], today


def _last_quarter(today: date) -> Days:
    end = _this_quarter(today)[0] - ONE_DAY
    return quarter(end.year, end.month // 3)


def _this_year(today: date) -> Days:
    return date(today.year, 1, 1), today


def _last_year(today: date) -> Days:
    return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)


_WRITTEN: Mapping[re.Pattern[str], Callable[[re.Match[str], date], Days | None]] = {
    _RANGE: _range,
    _ONE_DAY: _one_day,
    _QUARTER: _quarter,
    _MONTH: _month,
    _YEAR: _year,
}
# Longer names before those that they begin with.
_SPOKEN: Mapping[str, Callable[[date], Days]] = {
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

"""What an official asks for behind `/baocao`: days, a field or an office, a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.ratings.reports.scope import Scope, Unit
from bot.ratings.subjects import Subject
from index.text import fold

USUAL = 30  # days of a report that names none
FILES = ("excel", "csv", "word")
_MONTH = re.compile(r"(?:thang\s+)?\b(\d{1,2})/(\d{4})\b|\bthang\s+(\d{1,2})\b")
_QUARTER = re.compile(r"\bquy\s+([1-4]|iv|i{1,3})(?:/(\d{4})|\s+nam\s+(\d{4}))?\b")
_YEAR = re.compile(r"\b(?:nam\s+)?(20\d\d)\b")
_BY = {" theo ngay ": Unit.DAY, " theo tuan ": Unit.WEEK, " theo thang ": Unit.MONTH}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True)
class Asked:
    """What is wanted: a scope, a file of it or "", and words that were not understood."""

    scope: Scope
    file: str
    left: str


def read(words: str, today: date, subjects: Iterable[Subject]) -> Asked:
    """Return what words ask for.

    Args:
        words: "tháng 6/2026 đất đai excel"; nothing asks for the last 30 days.
        today: the last day that can be meant.
        subjects: what has ratings.
    """
    folded = f" {' '.join(fold(words).split())} "
    file = next((name for name in FILES if f" {name} " in folded), "")
    rest = folded.replace(f" {file} ", " ") if file else folded
    unit = next((unit for word, unit in _BY.items() if word in rest), None)
    for word in _BY:
        rest = rest.replace(word, " ")
    (start, end), rest = _days(rest, today)
    scope = Scope(start, min(end, today) if start <= today else end, unit=unit)
    left = " ".join(rest.split())
    part = _part(scope, left, list(subjects)) if left else scope
    return Asked(part or scope, file, "" if part else left)


def _part(scope: Scope, words: str, subjects: Sequence[Subject]) -> Scope | None:
    """Return the scope of what is called by the words, the whole name before a part of one."""
    for matches in (lambda name: name == words, lambda name: f" {words} " in f" {name} "):
        for subject in subjects:
            if matches(fold(subject.service.field)):
                return replace(scope, field=subject.service.field)
            if matches(fold(subject.office.name)) or subject.office.id == words:
                return replace(scope, office=subject.office.id)
            if matches(fold(subject.service.name)):
                return replace(scope, service=subject.service.id)
    return None


def _days(folded: str, today: date) -> tuple[tuple[date, date], str]:
    """Return the days that are named, and the words without them."""
    found = _QUARTER.search(folded)
    if found:
        quarter = _ROMAN.get(found[1]) or int(found[1])
        year = int(found[2] or found[3] or today.year)
        return (date(year, 3 * quarter - 2, 1), _month_end(year, 3 * quarter)), _cut(folded, found)
    found = _MONTH.search(folded)
    month = int(found[1] or found[3]) if found else 0
    if found and 1 <= month <= 12:
        year = int(found[2] or today.year)
        return (date(year, month, 1), _month_end(year, month)), _cut(folded, found)
    found = _YEAR.search(folded)
    if found:
        year = int(found[1])
        return (date(year, 1, 1), date(year, 12, 31)), _cut(folded, found)
    for word, unit in ((" tuan ", Unit.WEEK), (" thang ", Unit.MONTH), (" hom nay ", Unit.DAY)):
        if word in folded:
            return (unit.begin(today), today), folded.replace(word, " ")
    if " nam " in folded:
        return (date(today.year, 1, 1), today), folded.replace(" nam ", " ")
    return (today - timedelta(days=USUAL - 1), today), folded


def _month_end(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def _cut(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"

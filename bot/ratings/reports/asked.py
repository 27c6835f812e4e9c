"""What an official asks for behind `/baocao`: days, a field or an office, a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.ratings.reports.asked_days import read_days
from bot.ratings.reports.scope import Scope, Unit
from bot.ratings.subjects import Subject
from index.text import fold

FILES = {"excel": "Excel", "csv": "CSV", "word": "Word"}  # what is typed, and its button
_BY = {" theo ngay ": Unit.DAY, " theo tuan ": Unit.WEEK, " theo thang ": Unit.MONTH}

_Named = tuple[str, dict[str, Any]]  # a name without diacritics, and what it narrows a report to


@dataclass(frozen=True)
class Asked:
    """What is wanted: a scope, a file of it or "", and words that were not understood."""

    scope: Scope
    file: str
    left: str


def read(
    words: str, today: date, subjects: Iterable[Subject], channels: Mapping[str, str]
) -> Asked:
    """Return what words ask for.

    Args:
        words: "tháng 6/2026 đất đai excel"; nothing asks for the last 30 days.
        today: the last day that can be meant.
        subjects: what has ratings.
        channels: names of the channels by their ids.
    """
    folded = f" {' '.join(fold(words).split())} "
    file = next((name for name in FILES if f" {name} " in folded), "")
    rest = folded.replace(f" {file} ", " ") if file else folded
    unit = next((unit for word, unit in _BY.items() if word in rest), None)
    for word in _BY:
        rest = rest.replace(word, " ")
    (start, end), rest = read_days(rest, today)
    scope = Scope(start, min(end, today) if start <= today else end, unit=unit)
    left = " ".join(rest.split())
    part = _parts(scope, left, _names(subjects, channels)) if left else scope
    return Asked(part or scope, file, "" if part else left)


def _parts(scope: Scope, words: str, names: Sequence[_Named]) -> Scope | None:
    """Return the scope of what is called by the words: one thing, or two that go together."""
    whole = _part(scope, words, names)
    if whole is not None or not words:
        return whole
    said = words.split()
    for at in range(1, len(said)):
        first = _part(scope, " ".join(said[:at]), names)
        both = first and _part(first, " ".join(said[at:]), names)
        if both:
            return both
    return None


def _part(scope: Scope, words: str, names: Sequence[_Named]) -> Scope | None:
    """Return the scope of what is called by the words, the whole name before a part of one."""
    for matches in (lambda name: name == words, lambda name: f" {words} " in f" {name} "):
        for name, filters in names:
            free = all(getattr(scope, key) in (None, value) for key, value in filters.items())
            if free and matches(name):
                return replace(scope, **filters)
    return None


def _names(subjects: Iterable[Subject], channels: Mapping[str, str]) -> list[_Named]:
    found: list[_Named] = []
    for subject in subjects:
        office, service = subject.office, subject.service
        found += [
            (fold(service.field), {"field": service.field}),
            (fold(office.name), {"office": office.id}),
            (fold(office.id), {"office": office.id}),
            (fold(service.name), {"service": service.id}),
        ]
    for channel, name in channels.items():
        found += [(fold(name), {"channel": channel}), (fold(channel), {"channel": channel})]
    return found

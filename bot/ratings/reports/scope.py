"""What a report is about: the days, and which part of the ratings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from bot.ratings.subjects import Subject


class Unit(StrEnum):
    """Steps of a trend."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    def begin(self, day: date) -> date:
        """Return the first day of the step that a day lies in; weeks begin on Monday."""
        if self is Unit.WEEK:
            return day - timedelta(days=day.weekday())
        return day.replace(day=1) if self is Unit.MONTH else day

    def steps(self, start: date, end: date) -> Iterable[date]:
        """Yield the first days of the steps from one day to another."""
        at = self.begin(start)
        while at <= end:
            yield at
            following = {Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 32}[self]
            at = self.begin(at + timedelta(days=following))


@dataclass(frozen=True)
class Scope:
    """The ratings that a report counts.

    Attributes:
        start, end: first and last day.
        office, service: their ids, None for all.
        field: name of a field, None for all.
        channel: "telegram", None for all.
        unit: step in which trends are shown; None for the one that fits the days.
    """

    start: date
    end: date
    office: str | None = None
    service: str | None = None
    field: str | None = None
    channel: str | None = None
    unit: Unit | None = None

    def numbers(self, subjects: Mapping[int, Subject]) -> list[int] | None:
        """Return the numbers of the subjects that count, None where all do."""
        if self.office is None and self.service is None and self.field is None:
            return None
        return [number for number, subject in subjects.items() if self._holds(subject)]

    def _holds(self, subject: Subject) -> bool:
        return (
            self.office in (None, subject.office.id)
            and self.service in (None, subject.service.id)
            and self.field in (None, subject.service.field)
        )

    def as_json(self) -> dict[str, Any]:
        """Return the scope in the shape that other programs read."""
        return {
            "from": self.start.isoformat(),
            "to": self.end.isoformat(),
            "office": self.office,
            "service": self.service,
            "field": self.field,
            "channel": self.channel,
            "unit": self.step.value,
        }

    @property
    def step(self) -> Unit:
        """The steps of the trend: those asked for, else those that give about 8 to 30 points."""
        if self.unit is not None:
            return self.unit
        days = (self.end - self.start).days + 1
        if days <= 31:
            return Unit.DAY
        return Unit.WEEK if days <= 190 else Unit.MONTH

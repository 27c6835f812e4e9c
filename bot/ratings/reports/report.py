"""A report: all its numbers, and the words it is told in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.ratings.reports.comparison import Comparison
from bot.ratings.reports.counts import Comment
from bot.ratings.reports.figures import Figures
from bot.ratings.reports.hiding import Row
from bot.ratings.reports.scope import Scope
from config.report_texts import ReportTexts


@dataclass(frozen=True)
class Point:
    """One step of a trend: its first day, and its figures unless they are hidden."""

    start: date
    figures: Figures | None


@dataclass(frozen=True)
class Tally:
    """How often each answer to a question was given, most often first."""

    question: str
    answers: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Report:
    """A report.

    Attributes:
        scope: what it is about.
        made: the day on which it was made.
        office: name of the office, "" for all.
        figures: of all ratings, None where they are too few to show anything.
        invited, replied: invitations of these days, and how many of them were answered.
        flagged: ratings that were set aside as a burst.
        least: ratings below which a group is not shown.
        by_office, by_field, by_service, by_channel: groups, the small ones as one row.
        trend: the steps of `scope.step`; of one kind only, since several would tell of each other
            what each of them hides.
        tallies: answers to questions that are no scale, the reasons among them.
        factors: figures of the scales beside the one for the whole.
        comparisons: with the targets of plans.
        comments: newest first.
        surveys: names of the questionnaires that were answered.
        texts: the words it is told in.
    """

    scope: Scope
    made: date
    office: str
    figures: Figures | None
    invited: int
    replied: int
    flagged: int
    least: int
    by_office: tuple[Row, ...]
    by_field: tuple[Row, ...]
    by_service: tuple[Row, ...]
    by_channel: tuple[Row, ...]
    trend: tuple[Point, ...]
    tallies: tuple[Tally, ...]
    factors: tuple[Row, ...]
    comparisons: tuple[Comparison, ...]
    comments: tuple[Comment, ...]
    surveys: tuple[str, ...]
    texts: ReportTexts

    @property
    def response_rate(self) -> float | None:
        """Share of the invited who answered, 0 to 1; None where nobody was invited."""
        return self.replied / self.invited if self.invited else None

    def as_json(self) -> dict[str, Any]:
        """Return the report in the shape that other programs read."""
        return {
            "scope": self.scope.as_json(),
            "made": self.made.isoformat(),
            "figures": self.figures.as_json() if self.figures else None,
            "invited": self.invited,
            "replied": self.replied,
            "response_rate": self.response_rate,
            "flagged": self.flagged,
            "least": self.least,
            "by_office": _rows_as_json(self.by_office),
            "by_field": _rows_as_json(self.by_field),
            "by_service": _rows_as_json(self.by_service),
            "by_channel": _rows_as_json(self.by_channel),
            "trends": {
                self.scope.step.value: [
                    {"start": at.start.isoformat(), **(at.figures.as_json() if at.figures else {})}
                    for at in self.trend
                ]
            },
            "tallies": [{"question": t.question, "answers": dict(t.answers)} for t in self.tallies],
            "factors": _rows_as_json(self.factors),
            "comparisons": [one.as_json() for one in self.comparisons],
            "comments": [
                {"month": f"{one.day:%Y-%m}", "score": one.score, "text": one.text}
                for one in self.comments
            ],
        }


def _rows_as_json(rows: tuple[Row, ...]) -> list[dict[str, Any]]:
    return [
        {"name": row.name or None, "groups": row.groups, **row.figures.as_json()} for row in rows
    ]

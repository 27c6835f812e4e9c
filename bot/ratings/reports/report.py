"""A report: all its numbers, made in one place out of what the database counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.ratings.desk import RatingDesk
from bot.ratings.reports.comparison import Comparison, TargetSource, judge
from bot.ratings.reports.counts import Comment, Counts, count
from bot.ratings.reports.figures import (
    Figures,
    Row,
    total,
    without_small,
    without_small_points,
)
from bot.ratings.reports.scope import Scope, Unit
from bot.ratings.subjects import Subject
from config.survey import LEVELS, Kind, Question

COMMENTS = 200  # read for one report

CHANNELS = {
    "telegram": "Telegram",
    "zalo": "Zalo",
    "zalo_bot": "Zalo Bot",
    "zalo_oa": "Zalo OA",
    "web": "Trang web",
    "terminal": "Dòng lệnh",
}


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
        trends: by step.
        tallies: answers to questions that are no scale, the reasons among them.
        factors: figures of the scales beside the one for the whole.
        comparisons: with the targets of plans.
        comments: newest first.
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
    trends: Mapping[Unit, tuple[Point, ...]]
    tallies: tuple[Tally, ...]
    factors: tuple[Row, ...]
    comparisons: tuple[Comparison, ...]
    comments: tuple[Comment, ...]

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
                unit.value: [
                    {"start": at.start.isoformat(), **(at.figures.as_json() if at.figures else {})}
                    for at in points
                ]
                for unit, points in self.trends.items()
            },
            "tallies": [{"question": t.question, "answers": dict(t.answers)} for t in self.tallies],
            "factors": _rows_as_json(self.factors),
            "comparisons": [one.as_json() for one in self.comparisons],
            "comments": [
                {"day": one.day.isoformat(), "score": one.score, "text": one.text}
                for one in self.comments
            ],
        }


def make_report(desk: RatingDesk, scope: Scope, targets: TargetSource, made: date) -> Report:
    """Return the report on a scope.

    Args:
        desk: the ratings of the home.
        scope: what it is about.
        targets: what the plans ask for.
        made: the day of the report.
    """
    subjects = desk.subjects.all()
    named = (one.office.name for one in subjects.values() if one.office.id == scope.office)
    counts = count(desk.db, subjects, scope, COMMENTS)
    return _Making(desk, scope, counts).report(targets, made, next(named, ""))


class _Making:
    def __init__(self, desk: RatingDesk, scope: Scope, counts: Counts) -> None:
        self._desk = desk
        self._scope = scope
        self._counts = counts
        self._least = desk.settings.report.least
        self._all = total(counts.cells.values())
        self._enough = self._all.answered >= self._least

    def report(self, targets: TargetSource, made: date, office: str) -> Report:
        counts = self._counts
        return Report(
            scope=self._scope,
            made=made,
            office=office,
            figures=self._all if self._enough else None,
            invited=counts.invited,
            replied=counts.replied,
            flagged=counts.flagged,
            least=self._least,
            by_office=self._by(lambda subject: subject.office.name),
            by_field=self._by(lambda subject: subject.service.field),
            by_service=self._by(lambda subject: subject.service.name),
            by_channel=self._rows(
                (CHANNELS.get(channel, channel), one) for (_, channel), one in counts.cells.items()
            ),
            trends={unit: self._trend(unit) for unit in Unit},
            tallies=tuple(self._tallies()) if self._enough else (),
            factors=tuple(self._factors()) if self._enough else (),
            comparisons=tuple(self._comparisons(targets)) if self._enough else (),
            comments=counts.comments if self._enough else (),
        )

    def _by(self, name: Callable[[Subject], str]) -> tuple[Row, ...]:
        subjects = self._counts.subjects
        return self._rows((name(subjects[at]), one) for (at, _), one in self._counts.cells.items())

    def _rows(self, named: Iterator[tuple[str, Figures]]) -> tuple[Row, ...]:
        groups: defaultdict[str, list[Figures]] = defaultdict(list)
        for name, figures in named:
            groups[name].append(figures)
        return tuple(without_small({name: total(one) for name, one in groups.items()}, self._least))

    def _trend(self, unit: Unit) -> tuple[Point, ...]:
        if not self._enough:
            return ()
        found: defaultdict[date, list[Figures]] = defaultdict(list)
        for day, figures in self._counts.days.items():
            found[unit.begin(day)].append(figures)
        steps = list(unit.steps(self._scope.start, self._scope.end))
        points = without_small_points([total(found[at]) for at in steps], self._least)
        return tuple(Point(at, one) for at, one in zip(steps, points, strict=True))

    def _tallies(self) -> Iterator[Tally]:
        for question, answers in self._answered(Kind.CHOICE):
            labels = {option.id: option.label for option in question.options}
            named = [(labels.get(value, value), many) for value, many in answers.items()]
            if sum(answers.values()) >= self._least:
                yield Tally(question.text, tuple(sorted(named, key=lambda one: (-one[1], one[0]))))

    def _factors(self) -> Iterator[Row]:
        for question, answers in self._answered(Kind.SCALE):
            figures = Figures.of({int(value): many for value, many in answers.items()})
            if len(question.options) == LEVELS and figures.answered >= self._least:
                yield Row(question.factor or question.text, figures)

    def _answered(self, kind: Kind) -> Iterator[tuple[Question, dict[str, int]]]:
        """Yield the questions of a kind with the numbers of their answers, in the files' order."""
        for survey in self._desk.surveys.values():
            for question in survey.questions:
                answers = {
                    value: many
                    for (name, asked, value), many in self._counts.answers.items()
                    if (name, asked) == (survey.name, question.id)
                }
                if question.kind is kind and answers:
                    yield question, answers

    def _comparisons(self, targets: TargetSource) -> Iterator[Comparison]:
        """Compare the whole and the fields that are shown, for the year in which the scope ends."""
        settings, year = self._desk.settings.report, self._scope.end.year
        fields = [Row(row.name, row.figures) for row in self._by_field() if row.groups == 1]
        for row in [Row("", self._all), *fields]:
            target = targets.satisfaction(row.name or None, year, settings.place or None)
            if target is not None:
                verdict = judge(row.figures, target.percent, settings.margin)
                yield Comparison(row.name, year, row.figures, target, verdict)

    def _by_field(self) -> tuple[Row, ...]:
        return self._by(lambda subject: subject.service.field)


def _rows_as_json(rows: tuple[Row, ...]) -> list[dict[str, Any]]:
    return [
        {"name": row.name or None, "groups": row.groups, **row.figures.as_json()} for row in rows
    ]

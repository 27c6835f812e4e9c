"""Making a report: all its numbers, in one place, out of what the database counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from bot.ratings.desk import RatingDesk
from bot.ratings.reports.comparison import Comparison, TargetSource, judge
from bot.ratings.reports.counts import Comment, Counts, count, count_cells
from bot.ratings.reports.figures import NONE, Figures, total
from bot.ratings.reports.hiding import Name, Row, rows_of, without_small, without_small_points
from bot.ratings.reports.narrowing import is_narrowed, may_be_shown
from bot.ratings.reports.report import Point, Report, Tally
from bot.ratings.reports.scope import Scope, Unit
from bot.ratings.subjects import Subject
from config.survey import LEVELS, Kind, Question
from config.survey_reading import DEFAULT

COMMENTS = 200  # read for one report


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
    shown = True
    if is_narrowed(scope):
        whole = count_cells(desk.db, subjects, Scope(scope.start, scope.end))
        shown = may_be_shown(whole, subjects, scope, desk.settings.report.least)
    return _Making(desk, scope, counts, shown).report(targets, made, next(named, ""))


class _Making:
    def __init__(self, desk: RatingDesk, scope: Scope, counts: Counts, shown: bool) -> None:
        self._desk = desk
        self._scope = scope
        self._counts = counts
        self._least = desk.settings.report.least
        self._all = total(counts.cells.values())
        self._enough = shown and self._all.answered >= self._least

    def report(self, targets: TargetSource, made: date, office: str) -> Report:
        counts = self._counts
        return Report(
            scope=self._scope,
            made=made,
            office=office,
            figures=self._all if self._enough else None,
            invited=self._all.invited,
            replied=self._all.replied,
            flagged=counts.flagged,
            least=self._least,
            by_office=self._by_office() if self._enough else (),
            by_field=tuple(row for _, row in self._by_field()) if self._enough else (),
            by_service=self._by_service() if self._enough else (),
            by_channel=self._by_channel() if self._enough else (),
            trend=self._trend(),
            tallies=tuple(self._tallies()) if self._enough else (),
            factors=tuple(self._factors()) if self._enough else (),
            comparisons=tuple(self._comparisons(targets)) if self._enough else (),
            comments=tuple(self._comments()) if self._enough else (),
            surveys=tuple(sorted({DEFAULT, *(survey for survey, _, _ in counts.answers)})),
            texts=self._desk.report_texts,
        )

    def _by_office(self) -> tuple[Row, ...]:
        return self._rows((one.office.name, figures) for one, figures in self._rated())

    def _by_field(self) -> list[tuple[str | None, Row]]:
        named = ((one.service.field, figures) for one, figures in self._rated())
        return rows_of(_summed(named), self._least)

    def _by_service(self) -> tuple[Row, ...]:
        """Return the services; those that are hidden do not follow from the fields either."""
        services = _summed(
            (_Named(one.service.name, one.service.field), figures) for one, figures in self._rated()
        )
        fields = {name for name, _ in self._by_field() if name is not None}
        parts = [[one for one in services if one.field == field] for field in fields]
        parts.append([one for one in services if one.field not in fields])
        return tuple(row for _, row in rows_of(services, self._least, parts))

    def _by_channel(self) -> tuple[Row, ...]:
        names = self._desk.report_texts.names.channels
        cells = self._counts.cells.items()
        return self._rows((names.get(channel, channel), one) for (_, channel), one in cells)

    def _comments(self) -> Iterator[Comment]:
        """Yield the comments; without their level where they may be about a hidden group."""
        months = _summed((f"{at:%Y-%m}", one) for at, one in self._counts.days.items())
        seen = {name for name, one in months.items() if one.answered >= self._least}
        groups = (self._by_office(), [row for _, row in self._by_field()], self._by_service())
        offices, fields, services = ({row.name for row in rows} for rows in groups)
        for one in self._counts.comments:
            subject = one.subject
            shown = (
                subject.office.name in offices
                and subject.service.field in fields
                and subject.service.name in services
                and f"{one.day:%Y-%m}" in seen
            )
            yield one if shown else replace(one, score=None)

    def _rated(self) -> Iterator[tuple[Subject, Figures]]:
        for (at, _), figures in self._counts.cells.items():
            yield self._counts.subjects[at], figures

    def _rows(self, named: Iterable[tuple[str, Figures]]) -> tuple[Row, ...]:
        return tuple(without_small(_summed(named), self._least))

    def _trend(self) -> tuple[Point, ...]:
        if not self._enough:
            return ()
        scope, unit = self._scope, self._scope.step
        found = _summed((unit.begin(day), one) for day, one in self._counts.days.items())
        steps = list(unit.steps(scope.start, scope.end))
        # Days are hidden so that reports by weeks and by months do not give them away either.
        within = [
            [at for at, day in enumerate(steps) if wider.begin(day) == start]
            for wider in (Unit.WEEK, Unit.MONTH)
            for start in sorted({wider.begin(day) for day in steps})
            if unit is Unit.DAY
        ]
        figures = [found.get(at, NONE) for at in steps]
        points = without_small_points(figures, self._least, within)
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
        fields = [row for name, row in self._by_field() if name is not None]
        for row in [Row("", self._all), *fields]:
            target = targets.satisfaction(row.name or None, year, settings.place or None)
            if target is not None:
                verdict = judge(row.figures, target.percent, settings.margin)
                yield Comparison(row.name, year, row.figures, target, verdict)


@dataclass(frozen=True)
class _Named:
    """A service by its name, in its field."""

    name: str
    field: str

    def __str__(self) -> str:
        return self.name


def _summed(named: Iterable[tuple[Name, Figures]]) -> dict[Name, Figures]:
    groups: defaultdict[Name, Figures] = defaultdict(lambda: NONE)
    for name, figures in named:
        groups[name] += figures
    return dict(groups)

"""The tables of a report, the same for every file that it is written to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.ratings.reports.figures import Figures
from bot.ratings.reports.hiding import Row
from bot.ratings.reports.report import Report
from bot.ratings.reports.scope import Unit
from bot.ratings.reports.writing import days, row_name, step_name
from config.report_texts import ReportTexts

Cell = str | int | float | None


@dataclass(frozen=True)
class Table:
    """A table: its title, its headings, its rows; shares in percent, one or two decimals."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables(report: Report, *, comments: bool = True) -> list[Table]:
    """Return the tables of a report, without those that have no rows.

    Args:
        report: the report.
        comments: whether the comments are one of them.
    """
    texts = report.texts.tables
    found = [
        _overview(report),
        Table(texts.levels, (texts.level, texts.answered, texts.percent), tuple(_levels(report))),
        _compared(report),
        _groups(report, texts.by_field, texts.field, report.by_field),
        _groups(report, texts.by_office, texts.office, () if report.office else report.by_office),
        _groups(report, texts.by_service, texts.service, report.by_service),
        _groups(report, texts.by_channel, texts.channel, report.by_channel),
        _groups(report, texts.by_factor, texts.factor, report.factors),
        *(_tally(report, tally.question, tally.answers) for tally in report.tallies),
        _trend(report),
    ]
    if comments:
        found.append(_comments(report))
    return [table for table in found if table.rows]


def _overview(report: Report) -> Table:
    texts, rate = report.texts.tables, report.response_rate
    rows: list[tuple[Cell, ...]] = [
        (texts.time, days(report)),
        (texts.place, report.office or texts.everywhere),
        (texts.invited, report.invited),
        (texts.replied, report.replied),
        *([] if rate is None else [(texts.rate, round(100 * rate, 1))]),
        (texts.flagged, report.flagged),
    ]
    if report.figures is None:
        rows.append((report.texts.names.too_few.format(least=report.least), None))
    else:
        rows += zip(figures_headings(report.texts), _cells(report.figures), strict=True)
    return Table(texts.overview, (texts.item, texts.value), tuple(rows))


def figures_headings(texts: ReportTexts) -> tuple[str, ...]:
    """Return the headings of the columns that every group has."""
    said = texts.tables
    return said.answered, said.satisfied, said.share, said.low, said.high, said.mean


def _levels(report: Report) -> Iterable[tuple[Cell, ...]]:
    if report.figures is not None:
        names = report.texts.names.levels
        for name, many in zip(names, report.figures.counts, strict=True):
            yield name, many, round(100 * many / report.figures.answered, 1)


def _groups(report: Report, title: str, heading: str, rows: Sequence[Row]) -> Table:
    texts = report.texts.tables
    headings = (heading, *figures_headings(report.texts), texts.invited, texts.rate)
    cells = tuple(
        (row_name(row, report.texts), *_cells(row.figures), *_replies(row.figures)) for row in rows
    )
    # Nobody is invited to a factor, and some offices invite nobody.
    if not any(row.figures.invited for row in rows):
        headings, cells = headings[:-2], tuple(row[:-2] for row in cells)
    return Table(title, headings, cells)


def _compared(report: Report) -> Table:
    texts, names = report.texts.tables, report.texts.names
    headings = (
        texts.extent, texts.year, texts.answered, texts.share, texts.target, texts.verdict,
        texts.clause, texts.source,
    )  # fmt: skip
    return Table(
        texts.compared,
        headings,
        tuple(
            (
                one.name or names.all_together,
                str(one.year),
                one.figures.answered,
                round(100 * one.figures.share, 1),
                one.target.percent,
                names.verdicts[one.verdict],
                one.target.clause,
                one.target.source,
            )
            for one in report.comparisons
        ),
    )


def _tally(report: Report, question: str, answers: Sequence[tuple[str, int]]) -> Table:
    texts = report.texts.tables
    everything = sum(many for _, many in answers)
    rows = tuple((name, many, round(100 * many / everything, 1)) for name, many in answers)
    return Table(question, (texts.answer, texts.answered, texts.percent), rows)


def _trend(report: Report) -> Table:
    texts, unit = report.texts.tables, report.scope.step
    rows = []
    for point in report.trend:
        hidden: tuple[Cell, ...] = (texts.hidden, *(None,) * 5)
        figures = hidden if point.figures is None else _cells(point.figures)
        if point.figures is None or point.figures.answered:
            rows.append((step_name(point.start, unit, year=True), *figures))
    name = report.texts.names.units[unit]
    heading = name if unit is Unit.DAY else texts.step.format(unit=name)
    if unit is Unit.MONTH:
        heading = name
    headings = (heading[:1].upper() + heading[1:], *figures_headings(report.texts))
    return Table(texts.trend.format(unit=name), headings, tuple(rows))


def _comments(report: Report) -> Table:
    texts, levels = report.texts.tables, report.texts.names.levels
    rows = tuple(
        (f"{one.day:%m/%Y}", levels[one.score - 1] if one.score else None, one.text)
        for one in report.comments
    )
    return Table(texts.comments, (texts.comment_month, texts.level, texts.comment), rows)


def _cells(figures: Figures) -> tuple[Cell, ...]:
    low, high = figures.interval
    return (
        figures.answered,
        figures.satisfied,
        round(100 * figures.share, 1),
        round(100 * low, 1),
        round(100 * high, 1),
        round(figures.mean, 2),
    )


def _replies(figures: Figures) -> tuple[Cell, ...]:
    rate = figures.response_rate
    return figures.invited, None if rate is None else round(100 * rate, 1)

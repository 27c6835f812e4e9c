"""The panels that the pictures of a report are made of, each drawn on axes of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.ratings.reports.bars import (
    BLUE,
    GRID,
    INK,
    LEVEL_COLOURS,
    ORANGE,
    distinct,
    draw_bars,
    height_of,
)
from bot.ratings.reports.comparison import Comparison, Verdict
from bot.ratings.reports.figures import Figures
from bot.ratings.reports.hiding import Row
from bot.ratings.reports.report import Point, Report
from bot.ratings.reports.scope import Unit
from bot.ratings.reports.writing import decimal, goal, percent, row_name, span, step_name, whole
from config.report_texts import PictureTexts

MOST_BARS = 8
MARKS = {Verdict.REACHED: "✓", Verdict.MISSED: "✗", Verdict.UNSURE: "?"}


@dataclass(frozen=True)
class Panel:
    """A part of a picture.

    Attributes:
        title: stands above it.
        height: in inches, with its title and the foot below it.
        draw: draws it.
        axis: whether the numbers of an axis stand in its foot.
        words: whether it holds words alone, which a document says itself.
    """

    title: str
    height: float
    draw: Callable[[Any], None]
    axis: bool = False
    words: bool = False


def panels_of(report: Report) -> list[Panel]:
    """Return the panels of a report, the most important first."""
    figures, texts = report.figures, report.texts.picture
    if figures is None:
        few = report.texts.names.too_few.format(least=report.least)
        return [Panel(few, 0.9, lambda axes: axes.set_axis_off(), words=True)]
    names = report.texts.names.levels
    panels = [
        Panel(texts.share, 1.35, lambda axes: _share(axes, figures, texts), words=True),
        Panel(texts.levels, height_of(names), lambda axes: _levels(axes, figures, names)),
    ]
    unit, points = report.scope.step, report.trend
    if sum(point.figures is not None and point.figures.answered > 0 for point in points) > 1:
        title = texts.trend.format(unit=report.texts.names.units[unit])
        panels.append(Panel(title, 2.9, lambda axes: _trend(axes, points, unit), axis=True))
    if len(report.by_field) > 1:
        panels.append(_rows_panel(report, texts.by_field, report.by_field, report.comparisons))
    if report.tallies:
        answers = report.tallies[0].answers[:MOST_BARS]
        panels.append(Panel(texts.improve, height_of(answers), lambda axes: _tally(axes, answers)))
    if len(report.by_office) > 1:
        panels.append(_rows_panel(report, texts.by_office, report.by_office, ()))
    return panels


def _share(axes: Any, figures: Figures, texts: PictureTexts) -> None:
    axes.set_axis_off()
    axes.text(0, 0.5, percent(figures.share), fontsize=40, weight="bold", color=BLUE, va="center")
    interval = texts.interval.format(span=span(figures.interval))
    said = f"{interval}\n{texts.mean.format(mean=decimal(figures.mean, 2))}"
    axes.text(0.5, 0.5, said, fontsize=11, color=INK, va="center", linespacing=1.7)
    axes.set(xlim=(0, 1), ylim=(0, 1))


def _levels(axes: Any, figures: Figures, names: Sequence[str]) -> None:
    """Draw how many gave each level, the best on top."""
    shares = [count / figures.answered for count in figures.counts]
    labels = [
        f"{percent(share)} ({whole(many)})"
        for share, many in zip(shares, figures.counts, strict=True)
    ]
    draw_bars(axes, names[::-1], shares[::-1], labels[::-1], LEVEL_COLOURS[::-1])


def _trend(axes: Any, points: Sequence[Point], unit: Unit) -> None:
    shown = [
        (at, point.figures)
        for at, point in enumerate(points)
        if point.figures is not None and point.figures.answered
    ]
    xs = [at for at, _ in shown]
    intervals = [one.interval for _, one in shown]
    shares = [100 * one.share for _, one in shown]
    lows = [100 * low for low, _ in intervals]
    highs = [100 * high for _, high in intervals]
    axes.fill_between(xs, lows, highs, color=BLUE, alpha=0.15, linewidth=0)
    axes.plot(xs, shares, color=BLUE, linewidth=2.5, marker="o", markersize=4.5)
    axes.set_ylim(max(0, min(lows) - 3), min(102, max(highs) + 3))
    axes.grid(axis="y", color=GRID)
    axes.yaxis.set_major_locator(_locator())
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:.0f}%")
    step = max(1, -(-len(points) // 6))
    ticks = list(range(0, len(points), step))
    axes.set_xticks(ticks, [step_name(points[at].start, unit) for at in ticks])
    axes.set_xlim(-0.5, len(points) - 0.5)
    # The numbers of the axis stand inside the column of text.
    axes.set_position(_indented(axes.get_position(), 0.075))


def _rows_panel(
    report: Report, title: str, rows: Sequence[Row], compared: Sequence[Comparison]
) -> Panel:
    texts = report.texts.picture
    shown = sorted(rows, key=lambda row: row.figures.share)
    left_out = len(shown) - MOST_BARS
    if left_out > 0:
        # Those that need attention first.
        shown = shown[:MOST_BARS]
        title = texts.lowest.format(title=title, count=MOST_BARS)
    targets = {one.name: one for one in compared}
    labels: list[str] = []
    colours: list[str] = []
    marks: list[float | None] = []
    for row in shown:
        label = f"{percent(row.figures.share)} ({whole(row.figures.answered)})"
        target = targets.get(row.name)
        if target is not None:
            mark, percent_ = MARKS[target.verdict], goal(target.target.percent)
            label += f" · {texts.target.format(target=percent_, mark=mark)}"
        missed = target is not None and target.verdict is Verdict.MISSED
        labels.append(label)
        colours.append(ORANGE if missed else BLUE)
        marks.append(target.target.percent / 100 if target else None)
    together = next((row_name(row, report.texts) for row in shown if row.groups > 1), "")
    names = distinct([row_name(row, report.texts) for row in shown], together)
    shares = [row.figures.share for row in shown]
    return Panel(
        title, height_of(shown), lambda axes: draw_bars(axes, names, shares, labels, colours, marks)
    )


def _tally(axes: Any, answers: Sequence[tuple[str, int]]) -> None:
    everything = sum(many for _, many in answers)
    shares = [many / everything for _, many in answers]
    labels = [
        f"{percent(share)} ({whole(many)})"
        for share, (_, many) in zip(shares, answers, strict=True)
    ]
    names = [name for name, _ in answers]
    draw_bars(axes, names, shares, labels, [ORANGE] * len(answers))


def _locator() -> Any:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(5, integer=True)


def _indented(box: Any, by: float) -> Any:
    box.x0 += by
    return box

"""Pictures of a report that read well on a phone: one column, large letters, few words."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.figure import Figure

from bot.ratings.reports.comparison import Comparison, Verdict
from bot.ratings.reports.figures import Figures, Row
from bot.ratings.reports.report import Point, Report
from bot.ratings.reports.scope import Unit, fitting
from bot.ratings.reports.writing import (
    LEVEL_NAMES,
    UNIT_NAMES,
    days,
    decimal,
    percent,
    row_name,
    span,
    step_name,
    whole,
)

WIDTH = 6.0  # inches; with DPI a picture as wide as a phone's screen
DPI = 180
HEADING = 1.1
PAGE = 7.7  # inches of panels on one picture
BAR = 0.42  # inches of a bar with its name
INK, SOFT, GRID = "#1d2733", "#5b6875", "#dfe5ea"
# From dark orange over grey to dark blue: told apart by the colour-blind, and in grey by order.
LEVEL_COLOURS = ("#b35806", "#f1a340", "#bcc4cb", "#74add1", "#2166ac")
BLUE, ORANGE = "#2166ac", "#b35806"
MOST_BARS = 8
MARKS = {Verdict.REACHED: "✓", Verdict.MISSED: "✗", Verdict.UNSURE: "?"}


@dataclass(frozen=True)
class _Panel:
    """A part of a picture: its title, its height in inches, what draws it."""

    title: str
    height: float
    draw: Callable[[Any], None]


def draw_report(report: Report) -> list[bytes]:
    """Return the pictures of a report as PNG, 1080 pixels wide and at most about 1500 high.

    Messengers shrink what is higher until nobody can read it. A report with too few ratings gives
    one picture that says so.
    """
    pages: list[list[_Panel]] = [[]]
    for panel in _panels(report):
        if pages[-1] and sum(one.height for one in pages[-1]) + panel.height > PAGE:
            pages.append([])
        pages[-1].append(panel)
    return [_page(report, panels) for panels in pages]


def _page(report: Report, panels: Sequence[_Panel]) -> bytes:
    top = sum(panel.height for panel in panels) + HEADING
    figure = Figure(figsize=(WIDTH, top), facecolor="white")
    _heading(figure, report, top)
    at = top - HEADING
    for panel in panels:
        # Of a panel's height its title takes 0.45 inches, the foot below it 0.35.
        box = (0.05, (at - panel.height + 0.35) / top, 0.9, (panel.height - 0.8) / top)
        axes = figure.add_axes(box)
        figure.text(0.05, (at - 0.2) / top, panel.title, fontsize=13, weight="bold", color=INK)
        for side in ("top", "right", "left"):
            axes.spines[side].set_visible(False)
        axes.spines["bottom"].set_color(GRID)
        axes.tick_params(colors=SOFT, length=0, labelsize=10.5)
        panel.draw(axes)
        at -= panel.height
    written = io.BytesIO()
    # Half the time of the usual compression, a tenth more bytes.
    figure.savefig(written, format="png", dpi=DPI, pil_kwargs={"compress_level": 3})
    return written.getvalue()


def describe(report: Report) -> str:
    """Return in words what the picture shows, for those who cannot see it."""
    if report.figures is None:
        return "Chưa đủ phiếu để vẽ."
    share = percent(report.figures.share)
    return f"Biểu đồ đánh giá {days(report.scope)}: {share} hài lòng."


def _heading(figure: Any, report: Report, top: float) -> None:
    title = report.office or "Đánh giá sau khi làm thủ tục"
    lines = textwrap.wrap(title, 38)[:2]
    figure.text(
        0.05, 1 - 0.2 / top, "\n".join(lines), fontsize=16, weight="bold", color=INK, va="top"
    )
    below = 1 - (0.28 + 0.31 * len(lines)) / top
    said = f"{days(report.scope).capitalize()}"
    if report.figures is not None:
        said += f" · {whole(report.figures.answered)} phiếu"
    figure.text(0.05, below, said, fontsize=11.5, color=SOFT, va="top")


def _panels(report: Report) -> list[_Panel]:
    figures = report.figures
    if figures is None:
        few = f"Chưa đủ {report.least} phiếu nên chưa hiện số liệu."
        return [_Panel(few, 0.9, lambda axes: axes.set_axis_off())]
    panels = [
        _Panel("Mức hài lòng", 1.35, lambda axes: _share(axes, figures)),
        _Panel(
            "Các mức trả lời", 0.8 + BAR * len(LEVEL_NAMES), lambda axes: _levels(axes, figures)
        ),
    ]
    unit = fitting(report.scope)
    points = report.trends[unit]
    if sum(point.figures is not None and point.figures.answered > 0 for point in points) > 1:
        title = f"Tỷ lệ hài lòng theo {UNIT_NAMES[unit]}"
        panels.append(_Panel(title, 2.9, lambda axes: _trend(axes, points, unit)))
    if len(report.by_field) > 1:
        panels.append(_rows_panel("Theo lĩnh vực", report.by_field, report.comparisons))
    if report.tallies:
        answers = report.tallies[0].answers[:MOST_BARS]
        panels.append(_Panel("Cần cải thiện", _height(answers), lambda axes: _tally(axes, answers)))
    if len(report.by_office) > 1:
        panels.append(_rows_panel("Theo cơ quan", report.by_office, ()))
    return panels


def _share(axes: Any, figures: Figures) -> None:
    axes.set_axis_off()
    axes.text(0, 0.5, percent(figures.share), fontsize=40, weight="bold", color=BLUE, va="center")
    low, high = figures.interval
    said = (
        f"khoảng tin cậy 95%: {span((low, high))}\n"
        f"điểm trung bình: {decimal(figures.mean, 2)} trên 5"
    )
    axes.text(0.5, 0.5, said, fontsize=11, color=INK, va="center", linespacing=1.7)
    axes.set(xlim=(0, 1), ylim=(0, 1))


def _levels(axes: Any, figures: Figures) -> None:
    """Draw how many gave each level, the best on top."""
    shares = [count / figures.answered for count in figures.counts]
    labels = [
        f"{percent(share)} ({whole(many)})"
        for share, many in zip(shares, figures.counts, strict=True)
    ]
    _bars(axes, LEVEL_NAMES[::-1], shares[::-1], labels[::-1], LEVEL_COLOURS[::-1])


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


def _rows_panel(title: str, rows: Sequence[Row], compared: Sequence[Comparison]) -> _Panel:
    shown = sorted(rows, key=lambda row: row.figures.share)
    left_out = len(shown) - MOST_BARS
    if left_out > 0:
        # Those that need attention first.
        shown = shown[:MOST_BARS]
        title = f"{title} ({MOST_BARS} nơi thấp nhất)"
    targets = {one.name: one for one in compared}
    labels: list[str] = []
    colours: list[str] = []
    marks: list[float | None] = []
    for row in shown:
        label = f"{percent(row.figures.share)} ({whole(row.figures.answered)})"
        target = targets.get(row.name)
        if target is not None:
            label += f" · chỉ tiêu {decimal(target.target.percent, 0)}% {MARKS[target.verdict]}"
        missed = target is not None and target.verdict is Verdict.MISSED
        labels.append(label)
        colours.append(ORANGE if missed else BLUE)
        marks.append(target.target.percent / 100 if target else None)
    names = _distinct([row_name(row) for row in shown])
    shares = [row.figures.share for row in shown]
    return _Panel(
        title, _height(shown), lambda axes: _bars(axes, names, shares, labels, colours, marks)
    )


def _height(bars: Sequence[object]) -> float:
    return 0.8 + BAR * len(bars)


def _tally(axes: Any, answers: Sequence[tuple[str, int]]) -> None:
    everything = sum(many for _, many in answers)
    shares = [many / everything for _, many in answers]
    labels = [
        f"{percent(share)} ({whole(many)})"
        for share, (_, many) in zip(shares, answers, strict=True)
    ]
    names = [name for name, _ in answers]
    _bars(axes, names, shares, labels, [ORANGE] * len(answers), whole_width=max(shares))


def _bars(
    axes: Any,
    names: Sequence[str],
    shares: Sequence[float],
    labels: Sequence[str],
    colours: Sequence[str],
    marks: Sequence[float | None] = (),
    whole_width: float = 1.0,
) -> None:
    """Draw horizontal bars, each under its name, which leaves the whole width to both.

    Args:
        axes: where.
        names, labels: what stands over a bar on the left and on the right.
        shares: lengths of the bars.
        colours: of the bars.
        marks: where the bar should reach, None for nowhere.
        whole_width: the share that the whole width stands for.
    """
    at = range(len(names))
    axes.barh(at, [whole_width] * len(names), height=0.34, color="#eef1f4")
    axes.barh(at, shares, height=0.34, color=colours)
    for place, mark in enumerate(marks):
        if mark is not None:
            axes.plot([mark, mark], [place - 0.17, place + 0.17], color=INK, linewidth=2)
    for place, name, label in zip(at, names, labels, strict=True):
        short = textwrap.shorten(name, 44, placeholder=" …")
        axes.text(0, place - 0.26, short, fontsize=10.5, color=INK, va="bottom")
        axes.text(
            whole_width, place - 0.26, label, fontsize=10.5, color=INK, va="bottom", ha="right"
        )
    axes.set_axis_off()
    axes.set_xlim(0, whole_width)
    axes.set_ylim(len(names) - 0.7, -0.8)


def _distinct(names: Sequence[str]) -> list[str]:
    """Return long names without the words that all of them begin with."""
    words = [name.split() for name in names if not name.endswith("(gộp)")]
    if len(words) < 2 or max(map(len, names)) <= 40:
        return list(names)
    same = 0
    while all(len(one) > same + 2 and one[same] == words[0][same] for one in words):
        same += 1
    prefix = " ".join(words[0][:same])
    return [name.removeprefix(prefix).strip() if same else name for name in names]


def _locator() -> Any:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(5, integer=True)


def _indented(box: Any, by: float) -> Any:
    box.x0 += by
    return box

"""Targets and results as pictures for a phone: bars of one look-up, the trend of an indicator."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from config.texts import ResultTexts
from knowledge.results.result import State

WIDTH = 5.4  # inches; with DPI a phone's width
DPI = 200
ROW = 0.92  # inches of one bar
LABEL = 44  # characters of a line of a label
BARS = 12  # bars of one picture at most
COLOURS = {
    State.REACHED: "#2a7d4f",
    State.MISSED: "#b3401f",
    State.NOT_DUE: "#1f5f93",
    State.NO_FIGURE: "#8a8f98",
}
TARGET = "#1d2733"


@dataclass(frozen=True)
class Bar:
    """One target with its result.

    Attributes:
        label: what is measured, for whom, when.
        target, result: the figures; the result may be unknown.
        target_text, result_text: as they are written.
        state: how the target stands.
        rank: whether less is better.
    """

    label: str
    target: float
    result: float | None
    target_text: str
    result_text: str
    state: State
    rank: bool = False


@dataclass(frozen=True)
class Point:
    """A year of a trend; what is unknown is None."""

    year: int
    target: float | None
    result: float | None


def bars_picture(title: str, bars: Sequence[Bar], texts: ResultTexts) -> bytes:
    """Return a PNG with a bar for each result and a mark where its target lies.

    Args:
        title: stands above.
        bars: at most `BARS` are drawn; never empty.
        texts: the words of the legend.
    """
    figure = _figure(ROW * len(bars[:BARS]) + 1.3)
    axes = figure.subplots()
    drawn = list(reversed(bars[:BARS]))
    for at, bar in enumerate(drawn):
        scale = max(bar.target, bar.result or 0.0) or 1.0
        if bar.result is not None:
            axes.barh(at, bar.result / scale, 0.3, color=COLOURS[bar.state])
        mark = bar.target / scale
        axes.plot([mark, mark], [at - 0.24, at + 0.24], color=TARGET, linewidth=2.5)
        label = "\n".join(textwrap.wrap(bar.label, LABEL, max_lines=2, placeholder=" …"))
        axes.text(0, at + 0.27, label, fontsize=8.5, va="bottom", color=TARGET)
        said = " · ".join(part for part in (bar.result_text, bar.target_text) if part)
        axes.text(1.03, at, said, fontsize=8.5, va="center", color=COLOURS[bar.state])
    axes.set_xlim(0, 1.0)
    axes.set_ylim(-0.6, len(drawn) - 0.05)
    axes.axis("off")
    figure.suptitle("\n".join(textwrap.wrap(title, 46)), fontsize=11, x=0.03, ha="left")
    figure.subplots_adjust(left=0.03, right=0.62, top=1 - 0.55 / figure.get_figheight(), bottom=0.1)
    ranks = any(bar.rank for bar in drawn)
    legend = f"{texts.picture_legend} {texts.rank_legend}" if ranks else texts.picture_legend
    figure.text(0.03, 0.02, legend, fontsize=8, color=TARGET)
    return _png(figure)


def trend_picture(title: str, points: Sequence[Point], unit: str, texts: ResultTexts) -> bytes:
    """Return a PNG of an indicator over the years: what plans set, what was reached.

    Args:
        title: stands above.
        points: in the order of their years; at least two.
        unit: of the figures; ranks are drawn with the best on top.
        texts: the words of the legend.
    """
    figure = _figure(3.6)
    axes = figure.subplots()
    for name, colour, values in (
        (texts.target, TARGET, [(p.year, p.target) for p in points]),
        (texts.result, COLOURS[State.NOT_DUE], [(p.year, p.result) for p in points]),
    ):
        known = [(year, value) for year, value in values if value is not None]
        if not known:
            continue
        years, figures = zip(*known, strict=True)
        axes.plot(years, figures, marker="o", linewidth=2.2, color=colour, label=name)
        for year, value in known:
            text = f"{value:g}".replace(".", ",")
            axes.annotate(text, (year, value), (0, 7), textcoords="offset points", ha="center")
    if unit == "hạng":
        axes.invert_yaxis()
    axes.set_xticks([p.year for p in points])
    axes.set_ylabel(unit)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}".replace(".", ","))
    axes.margins(0.12, 0.25)
    axes.grid(alpha=0.25)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize=9)
    axes.set_title("\n".join(textwrap.wrap(title, 46)), fontsize=11, loc="left")
    figure.tight_layout()
    return _png(figure)


def _figure(height: float) -> Any:
    # Not pyplot, which keeps state between pictures and is not made for several threads.
    from matplotlib.figure import Figure

    return Figure(figsize=(WIDTH, height), dpi=DPI)


def _png(figure: Any) -> bytes:
    written = io.BytesIO()
    figure.savefig(written, format="png")
    return written.getvalue()

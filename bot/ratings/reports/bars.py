"""Horizontal bars under their names, and the colours that all pictures share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.one_line import one_line

BAR = 0.42  # inches of a bar with its name
INK, SOFT, GRID = "#1d2733", "#5b6875", "#dfe5ea"
# From dark orange over grey to dark blue: told apart by the colour-blind, and in grey by order.
LEVEL_COLOURS = ("#b35806", "#f1a340", "#bcc4cb", "#74add1", "#2166ac")
BLUE, ORANGE = "#2166ac", "#b35806"


def height_of(bars: Sequence[object]) -> float:
    """Return the height of a panel of bars in inches."""
    return 0.8 + BAR * len(bars)


def draw_bars(
    axes: Any,
    names: Sequence[str],
    shares: Sequence[float],
    labels: Sequence[str],
    colours: Sequence[str],
    marks: Sequence[float | None] = (),
) -> None:
    """Draw horizontal bars, each under its name, which leaves the whole width to both.

    The whole width is the whole, so that bars of different pictures can be compared.

    Args:
        axes: where.
        names, labels: what stands over a bar on the left and on the right.
        shares: lengths of the bars.
        colours: of the bars.
        marks: where the bar should reach, None for nowhere.
    """
    at = range(len(names))
    axes.barh(at, [1.0] * len(names), height=0.34, color="#eef1f4")
    axes.barh(at, shares, height=0.34, color=colours)
    for place, mark in enumerate(marks):
        if mark is not None:
            axes.plot([mark, mark], [place - 0.17, place + 0.17], color=INK, linewidth=2)
    for place, name, label in zip(at, names, labels, strict=True):
        short = one_line(name, 44)
        axes.text(0, place - 0.26, short, fontsize=10.5, color=INK, va="bottom")
        axes.text(1.0, place - 0.26, label, fontsize=10.5, color=INK, va="bottom", ha="right")
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(len(names) - 0.7, -0.8)


def distinct(names: Sequence[str], apart: str) -> list[str]:
    """Return long names without the words that all of them begin with.

    Args:
        names: of the bars.
        apart: one of them that does not begin like the others, "" for none.
    """
    words = [name.split() for name in names if name != apart]
    if len(words) < 2 or max(map(len, names)) <= 40:
        return list(names)
    same = 0
    while all(len(one) > same + 2 and one[same] == words[0][same] for one in words):
        same += 1
    prefix = " ".join(words[0][:same])
    return [name.removeprefix(prefix).strip() if same else name for name in names]

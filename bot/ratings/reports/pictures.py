"""Pictures of a report that read well on a phone: one column, large letters, few words."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bot.ratings.reports.bars import GRID, INK, SOFT
from bot.ratings.reports.panels import Panel, panels_of
from bot.ratings.reports.report import Report
from bot.ratings.reports.writing import days, percent, whole

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH = 6.0  # inches; with DPI a picture as wide as a phone's screen
DPI = 180
HEADING = 1.1
TITLE = 0.45  # inches of a panel's title, above it
FOOT = 0.35  # inches of room for the numbers of an axis, below it
PAGE = 7.7  # inches of panels on one picture


def draw_report(report: Report) -> list[bytes]:
    """Return the pictures of a report as PNG, 1080 pixels wide and at most about 1500 high.

    Messengers shrink what is higher until nobody can read it. A report with too few ratings gives
    one picture that says so.
    """
    return [_page(report, panels) for panels in _pages(report)]


def captions(report: Report) -> list[str]:
    """Return what each picture of `draw_report` shows, by the titles of its panels."""
    texts = report.texts.picture
    return [
        texts.caption.format(titles="; ".join(panel.title for panel in panels), days=days(report))
        for panels in _pages(report)
    ]


def draw_parts(report: Report) -> list[tuple[str, bytes]]:
    """Return each panel that is drawn as a picture of its own, with its title, for a document."""
    drawn = []
    for panel in (one for one in panels_of(report) if not one.words):
        inside = panel.height - TITLE - FOOT
        foot = FOOT if panel.axis else 0.0
        height = inside + foot
        figure = _blank(height)
        axes = figure.add_axes((0.05, foot / height, 0.9, inside / height))
        _draw(panel, axes)
        drawn.append((panel.title, _png(figure)))
    return drawn


def describe(report: Report) -> str:
    """Return in words what the picture shows, for those who cannot see it."""
    texts = report.texts.picture
    if report.figures is None:
        return texts.nothing
    return texts.described.format(days=days(report), share=percent(report.figures.share))


def _pages(report: Report) -> list[list[Panel]]:
    pages: list[list[Panel]] = [[]]
    for panel in panels_of(report):
        if pages[-1] and sum(one.height for one in pages[-1]) + panel.height > PAGE:
            pages.append([])
        pages[-1].append(panel)
    return pages


def _page(report: Report, panels: Sequence[Panel]) -> bytes:
    top = sum(panel.height for panel in panels) + HEADING
    figure = _blank(top)
    _heading(figure, report, top)
    at = top - HEADING
    for panel in panels:
        box = (0.05, (at - panel.height + FOOT) / top, 0.9, (panel.height - TITLE - FOOT) / top)
        axes = figure.add_axes(box)
        figure.text(0.05, (at - 0.2) / top, panel.title, fontsize=13, weight="bold", color=INK)
        _draw(panel, axes)
        at -= panel.height
    return _png(figure)


def _draw(panel: Panel, axes: Any) -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(GRID)
    axes.tick_params(colors=SOFT, length=0, labelsize=10.5)
    panel.draw(axes)


def _blank(height: float) -> Figure:
    # Loaded with the first picture: it takes a third of a second and 25 MB.
    from matplotlib.figure import Figure

    return Figure(figsize=(WIDTH, height), facecolor="white")


def _png(figure: Figure) -> bytes:
    written = io.BytesIO()
    # Half the time of the usual compression, a tenth more bytes.
    figure.savefig(written, format="png", dpi=DPI, pil_kwargs={"compress_level": 3})
    return written.getvalue()


def _heading(figure: Figure, report: Report, top: float) -> None:
    texts = report.texts.picture
    lines = textwrap.wrap(report.office or texts.title, 38)[:2]
    figure.text(
        0.05, 1 - 0.2 / top, "\n".join(lines), fontsize=16, weight="bold", color=INK, va="top"
    )
    below = 1 - (0.28 + 0.31 * len(lines)) / top
    said = days(report)
    if report.figures is not None:
        said = texts.count.format(days=said, answered=whole(report.figures.answered))
    figure.text(0.05, below, said[:1].upper() + said[1:], fontsize=11.5, color=SOFT, va="top")

"""Targets of the plans beside what was reached."""

from __future__ import annotations

from starlette.responses import Response

from bot.application import Application
from bot.channels.web.office.page import Page
from bot.channels.web.office.visit import Visit
from bot.clock import day_of
from bot.results.asked import lines_asked
from bot.results.report import cells_of, summary

PATH = "chi-tieu"
SHOWN = 100  # targets on a page


async def _show(visit: Visit) -> Response:
    words = visit.asked("tim")
    rows, said = await visit.work(_found, words)
    columns = visit.frame.service.texts.results.columns()
    return visit.render(
        "chi-tieu.html", words=words, rows=rows[:SHOWN], count=len(rows), said=said, columns=columns
    )


def _found(application: Application, words: str) -> tuple[list[tuple[str, ...]], str]:
    """Return the cells of each target, and a sentence on all of them."""
    texts = application.texts
    lines = lines_asked(words, application.tools(), day_of(application.desk.clock()))
    cells = [cells_of(number, line, texts) for number, line in enumerate(lines, 1)]
    return cells, summary(lines, texts.results) if lines else ""


PAGES = (Page(PATH, "progress", _show, menu="progress"),)

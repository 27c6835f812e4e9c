"""The search playground: what a question finds, with scores and matched words."""

from __future__ import annotations

from starlette.responses import Response

from bot.channels.web.office.page import Page
from bot.channels.web.office.visit import Visit
from bot.explaining import explain
from bot.roles import Role

PATH = "thu-tim"


async def _show(visit: Visit) -> Response:
    return visit.render("thu-tim.html", question="", found=None)


async def _search(visit: Visit) -> Response:
    # By POST, so that no question stands in the log of a proxy.
    question = " ".join(visit.text("cau", 1000).split())
    if not question:
        return await _show(visit)
    found = await visit.work(lambda one: explain(question, one.tools()))
    return visit.render("thu-tim.html", question=question, found=found)


PAGES = (Page(PATH, "search", _show, _search, Role.KEEPER, "search"),)

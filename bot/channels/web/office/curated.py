"""Answers of officials that are shown again for the same question: seeing and withdrawing them."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from bot.application import Application
from bot.channels.web.office.page import Page
from bot.channels.web.office.visit import Visit
from bot.clock import day_of
from bot.desk.curated import Curated
from bot.roles import Role

PATH = "tra-loi-luu"


@dataclass(frozen=True)
class Kept:
    """A kept answer with the title and the standing of its document; "" where that is gone."""

    answer: Curated
    title: str
    validity: str


def _kept(application: Application) -> list[Kept]:
    today = day_of(application.desk.clock())
    found = []
    for answer in application.desk.curated.all():
        standing = application.standing_of(answer.document, today).get("validity", "")
        title = application.document(answer.document).title if standing else ""
        found.append(Kept(answer, title, standing))
    return found


async def _show(visit: Visit) -> Response:
    found = await visit.work(_kept)
    return visit.render("tra-loi-luu.html", kept=found, validity=visit.frame.service.texts.validity)


async def _withdraw(visit: Visit) -> Response:
    actor, number = visit.person.name, visit.number("answer")
    try:
        await visit.work(lambda one: one.desk.curated.withdraw(number, actor))
    except KeyError:
        return await visit.go(PATH, visit.t["gone"])
    return await visit.go(PATH, visit.t["withdrawn"])


PAGES = (Page(PATH, "curated", _show, _withdraw, Role.OFFICIAL, "curated"),)

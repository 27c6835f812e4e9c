"""The switch that turns answering off, with what people are told meanwhile."""

from __future__ import annotations

from starlette.responses import Response

from bot.application import Application
from bot.audit import Action
from bot.channels.web.office.page import Page
from bot.channels.web.office.visit import Visit
from bot.pausing import Switch
from bot.roles import Role

PATH = "tam-ngung"
LONGEST = 1000  # characters of the notice


def switch_of(application: Application) -> Switch:
    """Return the switch of a home."""
    return Switch(application.home, application.texts.errors.paused)


async def _show(visit: Visit) -> Response:
    notice = await visit.work(lambda one: switch_of(one).notice())
    usual = visit.frame.service.texts.errors.paused
    return visit.render("tam-ngung.html", notice=notice, usual=usual, longest=LONGEST)


async def _act(visit: Visit) -> Response:
    if visit.text("step") == "resume":
        await visit.work(_resume, visit.person.name)
        return await visit.go(PATH, visit.t["resumed"])
    await visit.work(_pause, visit.text("notice", LONGEST), visit.person.name)
    return await visit.go(PATH, visit.t["paused"])


def _pause(application: Application, notice: str, actor: str) -> None:
    # Noted first: what cannot be noted is not done.
    application.desk.audit.note(Action.PAUSED, "", notice, actor)
    switch_of(application).pause(notice)


def _resume(application: Application, actor: str) -> None:
    switch = switch_of(application)
    if switch.notice() is not None:
        application.desk.audit.note(Action.RESUMED, "", "", actor)
        switch.resume()


PAGES = (Page(PATH, "pause", _show, _act, Role.ADMINISTRATOR, "pause"),)

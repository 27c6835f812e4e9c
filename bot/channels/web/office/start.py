"""The first page: what waits, and how the system is."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from bot.application import Application
from bot.channels.web.office.page import Page
from bot.channels.web.office.visit import Visit
from bot.checkup import Finding
from bot.desk.queue import Group, Kind
from bot.notices import State
from bot.pausing import Switch
from bot.roles import Role

FIRST = 3  # groups of the queue that are shown


@dataclass(frozen=True)
class Now:
    """How things are.

    Attributes:
        waiting: questions in the queue by kind.
        groups: the first of them.
        groups_count: how many groups there are.
        notices: notices under way.
        paused: what people are told instead of answers; None while they are answered.
        findings: what is right and wrong with the store and the index.
    """

    waiting: dict[Kind, int]
    groups: list[Group]
    groups_count: int
    notices: int
    paused: str | None
    findings: list[Finding]

    @property
    def count(self) -> int:
        """How many questions wait."""
        return sum(self.waiting.values())


def now(application: Application) -> Now:
    """Return how things are."""
    desk = application.desk
    desk.queue.sort(desk.sorter(application.tools().understanding))
    groups, count = desk.queue.groups(FIRST)
    under_way = [one for one in desk.notices.recent() if one.state is State.WAITING]
    switch = Switch(application.home, application.texts.errors.paused)
    return Now(
        desk.queue.waiting(), groups, count, len(under_way), switch.notice(), application.check()
    )


async def _show(visit: Visit) -> Response:
    found = await visit.work(now)
    channels = visit.frame.service.running
    return visit.render("start.html", now=found, channels=channels, Kind=Kind, Role=Role)


PAGES = (Page("", "start", _show, menu="start"),)

"""The first page: what waits, and how the system is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from starlette.responses import Response

from bot.application import Application
from bot.channels.web.office.page import Page
from bot.channels.web.office.visit import Visit
from bot.clock import day_of, stamp
from bot.desk.queue import Group, Kind
from bot.notices import State
from bot.pausing import Switch
from bot.roles import Role
from index.build import made_at
from knowledge.deadlines import Deadline
from knowledge.row_shelf import Found, Wanted
from knowledge.validity import Validity

FIRST = 3  # groups of the queue that are shown
AHEAD = 30  # days within which a task is due
TASKS = 5  # tasks that are shown


@dataclass(frozen=True)
class Now:
    """How things are.

    Attributes:
        waiting: questions in the queue by kind.
        groups: the first of those that were sorted, which opening the queue does.
        notices: notices under way.
        paused: what people are told instead of answers; None while they are answered.
        documents: how many documents the index holds.
        indexed_at: when it was made.
        oldest: when the question that waits longest was asked; None where none waits.
        due: tasks of the documents in force that are due soon, the next one first.
    """

    waiting: dict[Kind, int]
    groups: list[Group]
    notices: int
    paused: str | None
    documents: int
    indexed_at: str
    oldest: str | None
    due: list[Found[Deadline]]

    @property
    def count(self) -> int:
        """How many questions wait."""
        return sum(self.waiting.values())


def now(application: Application) -> Now:
    """Return how things are."""
    desk = application.desk
    index = application.tools().searcher.index
    under_way = [one for one in desk.notices.recent() if one.state is State.WAITING]
    switch = Switch(application.home, application.texts.errors.paused)
    return Now(
        waiting=desk.queue.waiting(),
        groups=desk.queue.groups(FIRST)[0],
        notices=len(under_way),
        paused=switch.notice(),
        documents=len(index.documents),
        indexed_at=stamp(datetime.fromtimestamp(made_at(application.home), UTC)),
        oldest=desk.queue.oldest(),
        due=_due(application),
    )


def _due(application: Application) -> list[Found[Deadline]]:
    today = day_of(application.desk.clock())
    last = today + timedelta(days=AHEAD)
    found = application.rows.deadlines(Wanted(), today)
    past = (Validity.ENDED, Validity.REPLACED)
    near = [one for one in found if one.day is not None and today <= one.day <= last]
    return [one for one in near if one.standing.validity not in past][:TASKS]


async def _show(visit: Visit) -> Response:
    found = await visit.work(now)
    service = visit.frame.service
    names = service.application.ratings.report_texts.names.channels
    channels = [names[one] for one in service.running if one in names]
    return visit.render(
        "start.html", now=found, channels=channels, days=AHEAD, Kind=Kind, Role=Role
    )


PAGES = (Page("", "start", _show, menu="start"),)

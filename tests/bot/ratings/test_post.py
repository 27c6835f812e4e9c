"""The server's part: invitations leave through the channel of the person, a stop breaks nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import pytest

from bot.channels.channel import Channel
from bot.message import Reply
from bot.ratings.desk import RatingDesk
from bot.ratings.event_routes import PATH
from bot.ratings.post import RatingPost
from bot.ratings.reports.access import TerminalOnly
from bot.ratings.reports.comparison import NoTargets
from bot.ratings.reports.reporting import Reporting
from bot.service import Service
from tests.bot.ratings.conftest import Office


@dataclass
class Home:
    """What the post needs of the application."""

    ratings: RatingDesk
    reports: Reporting


class Answers:
    """What the post needs of the service."""

    def __init__(self, office: Office) -> None:
        desk = office.desk
        self.application = Home(desk, Reporting(desk, NoTargets(), TerminalOnly()))

    async def with_application(self, work: Callable[..., Any], *args: Any) -> Any:
        await asyncio.sleep(0)
        return work(*args)


class Slow:
    """A channel that takes its time."""

    name = "telegram"
    routes = ()

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.sent: list[str] = []

    async def start(self) -> str:
        return ""

    async def send(self, user: str, reply: Reply) -> bool:
        self.begun.append(user)
        await asyncio.sleep(0.05)
        self.sent.append(user)
        return True

    async def stop(self) -> None:
        """Nothing runs."""


@pytest.mark.parametrize("users", [["telegram:1", "telegram:2"], ["nowhere:1", "telegram:1"]])
async def test_what_is_due_is_sent_on_the_persons_channel(office: Office, users: list[str]) -> None:
    desk = office.desk
    subject = desk.catalogue.subject("mot", "dat")
    assert subject is not None
    for user in users:
        desk.invitations.schedule(user, subject, desk.sessions.case(user), office.now)
    office.wait(hours=1)
    channel = Slow()
    channels = (cast(Channel, channel),)
    post = RatingPost(cast(Service, Answers(office)), channels, every=0.01)
    assert [getattr(route, "path", "") for route in post.routes] == [PATH]
    assert "/api/service-events" in await post.start()
    while not channel.begun:
        await asyncio.sleep(0.01)
    await post.stop()
    reachable = [user for user in users if user.startswith("telegram")]
    assert sorted(channel.sent) == reachable, "what was taken is sent before the stop"

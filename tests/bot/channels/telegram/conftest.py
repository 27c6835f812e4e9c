"""A Bot API server and an office for each test; whatever breaks the specification fails it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.bot.channels.telegram.people import Person
from tests.bot.channels.telegram.server import BotApi
from tests.bot.channels.telegram.world import Office


@pytest_asyncio.fixture
async def api() -> AsyncIterator[BotApi]:
    """Return a running server; at the end no call may have been wrong."""
    server = BotApi()
    await server.start()
    yield server
    await server.stop()
    assert server.wrong == []


@pytest_asyncio.fixture
async def office(home: Path, api: BotApi) -> AsyncIterator[Office]:
    """Return an office that the test opens; it is closed at the end."""
    office = Office(home, api)
    yield office
    if hasattr(office, "channel"):
        await office.close()


@pytest_asyncio.fixture
async def hoa(api: BotApi) -> Person:
    """Return somebody with Telegram."""
    return Person(api, 7_350_501)


@pytest_asyncio.fixture
async def nam(api: BotApi) -> Person:
    """Return somebody else."""
    return Person(api, 7_350_502, "Nam")

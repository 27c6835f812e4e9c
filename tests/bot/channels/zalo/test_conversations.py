"""The conversations of `tests/conversations` on both Zalo channels, with the real assistant."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from bot.application import Application
from bot.channels.zalo.bot_platform import ZaloBotChannel
from bot.channels.zalo.client import Client
from bot.channels.zalo.keys import Keys
from bot.channels.zalo.official_account import ZaloOfficialAccountChannel
from bot.channels.zalo.tokens import App
from bot.message import Message
from bot.service import Service
from tests.bot.channels.zalo.bot_server import BotPlatform
from tests.bot.channels.zalo.oa_server import OpenApi
from tests.bot.channels.zalo.serving import serving
from tests.bot.played import conversations, play

Talk = Callable[[str, str], Awaitable[str]]
"""Lets a person say something and returns all that they are sent for it."""


async def _served(service: Service, channel: str, sent: Callable[[], list[str]]) -> str:
    """Return what came, once the delivery was worked off."""
    for _ in range(1000):
        if sent() and not await service.pending(channel):
            return "\n\n".join(sent())
        await asyncio.sleep(0.01)
    raise AssertionError("no answer came")


def _configure(home: Path, settings: str) -> None:
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / "channels.toml").write_text(settings, encoding="utf-8")


@asynccontextmanager
async def talking_to_the_bot(home: Path) -> AsyncIterator[Talk]:
    platform = BotPlatform()
    async with serving(platform.app) as address:
        _configure(home, f'[zalo_bot]\napi_url = "{address}"\n')
        service = await Service.open(home)
        channel = ZaloBotChannel(service, platform.token, Client((0.01,)), 0.3, 0.01)
        await channel.start()

        async def talk(person: str, words: str) -> str:
            platform.sent.clear()
            platform.offer(platform.message(words, person))
            return await _served(service, channel.name, lambda: platform.texts(person))

        yield talk
        await channel.stop()
        await service.close()


@asynccontextmanager
async def talking_to_the_account(home: Path) -> AsyncIterator[Talk]:
    zalo = OpenApi()
    async with serving(zalo.app) as address, httpx.AsyncClient(verify=False) as http:
        _configure(home, f'[zalo_oa]\napi_url = "{address}"\noauth_url = "{address}"\n')
        service = await Service.open(home)
        keys = Keys(App("APP", "app-secret", "refresh-0"), "OASECRET")
        channel = ZaloOfficialAccountChannel(service, keys, Client((0.01,)))
        await channel.start()
        async with serving(Starlette(routes=list(channel.routes))) as ours:

            async def talk(person: str, words: str) -> str:
                zalo.followers.add(person)
                zalo.sent.clear()
                body, headers = zalo.signed(zalo.event(words, person))
                await http.post(f"{ours}/zalo/oa", content=body, headers=headers)
                return await _served(service, channel.name, lambda: zalo.texts(person))

            yield talk
        await channel.stop()
        await service.close()


@pytest.mark.parametrize("talking", [talking_to_the_bot, talking_to_the_account])
async def test_zalo_shows_what_the_assistant_says(
    talking: Callable[[Path], AsyncIterator[Talk]], bundled_home: Path, tmp_path: Path
) -> None:
    for copy in ("core", "channel"):
        shutil.copytree(bundled_home, tmp_path / copy)
    core = Application.open(tmp_path / "core")
    async with talking(tmp_path / "channel") as talk:  # type: ignore[attr-defined]
        for conversation in conversations():
            name = conversation.name
            await play(
                conversation,
                lambda words, name=name: talk(name, words),
                lambda words, name=name: core.reply(Message(f"core:{name}", words, date.today())),
            )
    core.close()

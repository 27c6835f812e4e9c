"""Both Zalo channels with the real assistant, and people who talk with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from starlette.applications import Starlette

from bot.channels.channel import Channel
from bot.channels.zalo.bot_platform import ZaloBotChannel
from bot.channels.zalo.client import Client
from bot.channels.zalo.keys import Keys
from bot.channels.zalo.official_account import ZaloOfficialAccountChannel
from bot.channels.zalo.tokens import App
from bot.service import Service
from tests.bot.channels.zalo.bot_server import BotPlatform
from tests.bot.channels.zalo.oa_server import OpenApi
from tests.bot.channels.zalo.serving import serving

Talk = Callable[[str, str], Awaitable[str]]


@dataclass(frozen=True)
class Talking:
    """A channel at work.

    Attributes:
        say: lets a person say something and returns all that they are sent for it.
        sent: whom something was sent since then, each with the text.
        service, channel: what runs.
    """

    say: Talk
    sent: Callable[[], Sequence[tuple[str, str]]]
    service: Service
    channel: Channel


async def _served(service: Service, channel: str, sent: Callable[[], list[str]]) -> str:
    """Return what came, once the delivery was worked off."""
    for _ in range(6000):  # a busy machine takes its time over the first procedure
        if sent() and not await service.pending(channel):
            return "\n\n".join(sent())
        await asyncio.sleep(0.01)
    raise AssertionError("no answer came")


def _configure(home: Path, settings: str) -> None:
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / "channels.toml").write_text(settings, encoding="utf-8")


@asynccontextmanager
async def talking_to_the_bot(home: Path) -> AsyncIterator[Talking]:
    """Run the bot channel over a home, which is changed."""
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

        yield Talking(talk, lambda: platform.sent, service, channel)
        await channel.stop()
        await service.close()


@asynccontextmanager
async def talking_to_the_account(home: Path) -> AsyncIterator[Talking]:
    """Run the official account over a home, which is changed."""
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

            yield Talking(talk, lambda: zalo.sent, service, channel)
        await channel.stop()
        await service.close()

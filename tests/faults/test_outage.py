"""An hour in which a messenger is slow, failing, limiting, cutting and lying in turn."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

import httpx
import pytest
from sqlite_utils import Database
from starlette.applications import Starlette

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.webhook import HEADER
from bot.channels.zalo.bot_platform import SECRET_HEADER, ZaloBotChannel
from bot.channels.zalo.client import Client
from bot.channels.zalo.keys import Keys
from bot.channels.zalo.official_account import PATH, SIGNATURE_HEADER, ZaloOfficialAccountChannel
from bot.channels.zalo.tokens import App
from bot.channels.zalo.webhook import mac_of
from bot.inbox import Delivery, Inbox
from bot.message import Message, Reply, Status
from config.channels import load_channels
from config.texts import load_texts
from tests.faults.simulated import Messenger, SimulatedLoop
from tests.fuzz.asgi import post

T = TypeVar("T")

MINUTE = 60.0
MOODS = ("calm", "slow", "failing", "limiting", "cutting", "lying")  # ten minutes each
EVERY = 7.0  # seconds between two questions
PEOPLE = 40
CONFIGURED = (
    '[server]\npublic_url = "https://cchc.example"\n'
    "[telegram]\nwebhook = true\n[zalo_bot]\nwebhook = true\n"
)


class Counter:
    """Stands where the service stands: keeps deliveries, answers each with its own words."""

    def __init__(self, folder: Path) -> None:
        overrides = folder / "config"
        overrides.mkdir()
        (overrides / "channels.toml").write_text(CONFIGURED, encoding="utf-8")
        self.channels = load_channels(overrides)
        self.texts = load_texts()
        store = SimpleNamespace(db=Database(memory=True))
        self.application = SimpleNamespace(home=folder, store=store)
        self._inbox = Inbox(store.db)

    async def with_application(self, work: Callable[..., T], *args: Any) -> T:
        return work(*args)

    async def accept(self, channel: str, delivery: Delivery) -> bool:
        return self._inbox.accept(channel, delivery)

    async def finish(self, channel: str, delivery_id: str) -> None:
        self._inbox.finish(channel, delivery_id)

    async def pending(self, channel: str) -> list[Delivery]:
        return self._inbox.pending(channel)

    async def reply(self, message: Message) -> Reply:
        return Reply(Status.ANSWERED, message.text)


def mood(now: float) -> str:
    """Return what a messenger is like at a time; after the hour it has recovered."""
    return MOODS[int(now // (10 * MINUTE))] if now < MINUTE * 60 else "calm"


@pytest.fixture
def loop() -> Any:
    opened = SimulatedLoop()
    asyncio.set_event_loop(opened)
    yield opened
    opened.close()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["telegram", "zalo_bot", "zalo_oa"])
def test_an_hour_of_trouble_loses_and_doubles_no_reply(
    kind: str, loop: SimulatedLoop, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    messenger = Messenger(kind, mood, loop.time)
    real = httpx.AsyncClient

    def through(**settings: Any) -> httpx.AsyncClient:
        return real(**{**settings, "transport": messenger})

    monkeypatch.setattr(httpx, "AsyncClient", through)
    counter: Any = Counter(home)
    began = time.monotonic()
    asked = loop.run_until_complete(_hour(kind, counter, loop))
    assert {text: messenger.got[text] for text in asked} == dict.fromkeys(asked, 1)
    assert messenger.early == 0, "it waits as long as it was asked to"
    assert messenger.calls < 6 * len(asked), "it asks less and less often"
    assert time.monotonic() - began < 60


async def _hour(kind: str, counter: Any, loop: SimulatedLoop) -> list[str]:
    """Ask for an hour, wait until all is answered; return what was asked."""
    channel = _channel(kind, counter, loop)
    await channel.start()
    app = Starlette(routes=list(channel.routes))
    asked = []
    while loop.time() < 60 * MINUTE:
        number = len(asked)
        asked.append(f"câu {number}")
        path, body, headers = _delivery(kind, channel, number, f"câu {number}", loop.time())
        answered = await post(app, path, body, {"content-type": b"application/json", **headers})
        assert answered.status == 200
        await asyncio.sleep(EVERY)
    while await counter.pending(kind):
        assert loop.time() < 6 * 60 * MINUTE, "some answers wait for ever"
        await asyncio.sleep(MINUTE)
    await channel.stop()
    return asked


def _channel(kind: str, service: Any, loop: SimulatedLoop) -> Any:
    if kind == "telegram":
        return TelegramChannel(service, "1:made-up")
    client = Client(secret="made-up")
    if kind == "zalo_bot":
        return ZaloBotChannel(service, "made-up", client)
    keys = Keys(App("1", "made-up", "made-up"), "khoa")
    return ZaloOfficialAccountChannel(service, keys, client, lambda: 1.8e9 + loop.time())


def _delivery(
    kind: str, channel: Any, number: int, text: str, now: float
) -> tuple[str, bytes, dict[str, bytes]]:
    """Return address, body and headers of a message of somebody."""
    person = 100 + number % PEOPLE
    if kind == "telegram":
        author = {"id": person, "is_bot": False, "first_name": "Hoa"}
        chat = {"id": person, "type": "private", "first_name": "Hoa"}
        said = {"message_id": number, "date": 1, "chat": chat, "from": author, "text": text}
        hook = channel._webhook
        body = json.dumps({"update_id": number, "message": said}).encode()
        return hook.path, body, {HEADER.lower(): hook.secret.encode()}
    if kind == "zalo_bot":
        message = {
            "message_id": f"m{number}",
            "from": {"id": str(person), "is_bot": False},
            "chat": {"id": str(person), "chat_type": "PRIVATE"},
            "text": text,
        }
        body = json.dumps({"event_name": "message.text.received", "message": message}).encode()
        headers = {SECRET_HEADER.lower(): channel._secret.encode()}
        return channel.routes[0].path, body, headers
    at = str(int((1.8e9 + now) * 1000))
    event = {
        "event_name": "user_send_text",
        "timestamp": at,
        "sender": {"id": str(person)},
        "message": {"msg_id": f"m{number}", "text": text},
    }
    body = json.dumps(event).encode()
    return PATH, body, {SIGNATURE_HEADER.lower(): mac_of("1", body, at, "khoa").encode()}

"""An office with the bot running: the channel over a service that says what a test wants."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import uvicorn
from sqlite_utils import Database
from starlette.applications import Starlette

from bot.channels.telegram import TelegramChannel
from bot.inbox import Inbox
from bot.message import Action, Choice, Message, Quote, Reply, Status
from bot.service import Service
from config.texts import load_texts
from knowledge.places import Places
from tests.bot.channels.telegram.server import TOKEN, BotApi

QUOTED = "Năm 2023, tỉnh đặt mục tiêu PCI thuộc nhóm 6 tỉnh đứng đầu & SIPAS < 20."


def quote(text: str = QUOTED) -> Quote:
    """Return a quote whose beginning answers."""
    return Quote(
        text, "ke-hoach", "Kế hoạch", "11/KH-UBND", None, "tep.txt", "ended", "", 0.9, ((0, 8),)
    )


def answer(message: Message) -> Reply:
    """Return a reply with everything: the question, a quote, its source, choices, actions."""
    lines = [f"Tôi hiểu câu hỏi là: {message.text}", "", f"“{QUOTED}”", ""]
    lines += ["Nguồn: 11/KH-UBND, Kế hoạch · Đã hết hiệu lực", "", "Xem thêm:"]
    lines += ["1. Kế hoạch của tỉnh về cải cách hành chính", "2. Kế hoạch của huyện"]
    return Reply(
        Status.ANSWERED,
        "\n".join(lines),
        message.text,
        (quote(),),
        choices=(
            Choice("1", "Kế hoạch của tỉnh về cải cách hành chính", "tỉnh"),
            Choice("2", "Kế hoạch của huyện", "huyện"),
        ),
        actions=(Action("đúng", "Đúng"), Action("cả mục", "Cả mục")),
        turn="t1",
    )


@dataclass
class Script:
    """An application that answers by a function of the test's.

    Attributes:
        replies: makes the reply to a message.
        heard: all messages that came.
        overrides: folder of the configuration.
    """

    home: Path
    replies: Callable[[Message], Reply]
    heard: list[Message] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.overrides = self.home / "config"
        self.texts = load_texts()
        self.places = Places.load()
        self.store = SimpleNamespace(db=Database(self.home / "tro-ly.db"))
        self.store.db.enable_wal()

    def reply(self, message: Message) -> Reply:
        self.heard.append(message)
        return self.replies(message)

    def reply_afresh(self, message: Message) -> Reply:
        return self.reply(message)

    def keeps(self, user: str) -> bool:
        return False

    def close(self) -> None:
        self.store.db.close()


class Office:
    """A home, a Bot API server, and the channel between them.

    Args:
        home: an empty folder.
        api: the server.
        replies: makes the replies.
    """

    def __init__(
        self, home: Path, api: BotApi, replies: Callable[[Message], Reply] = answer
    ) -> None:
        self.home = home
        self.api = api
        self.replies = replies
        self.webhook = False
        self.token = TOKEN
        self.settings = {"per_minute": 20, "waiting": 10, "per_second": 30}
        self._port = 0
        self._server: uvicorn.Server | None = None
        self._serving: asyncio.Task[None] | None = None

    async def open(self) -> str:
        """Start the channel as `cchc serve` would; return what it says."""
        self._configure()
        self.service = await self._service()
        self.channel = TelegramChannel(self.service, self.token)
        if self.webhook:
            await self._serve()
        return await self.channel.start()

    async def close(self) -> None:
        """Stop it."""
        if self._server is not None and self._serving is not None:
            self._server.should_exit = True
            await self._serving
            self._server = None
        await self.channel.stop()
        await self.service.close()

    async def kill(self) -> None:
        """End it without any farewell: nothing that was begun is finished."""
        await asyncio.wait_for(self.channel._polling.stop(), 5)
        await self.channel._intake.drain(0)
        await self.channel._bot.shutdown()
        await self.service.close()

    def answers(self, replies: Callable[[Message], Reply]) -> None:
        """Let the assistant answer by `replies` from now on."""
        application: Any = self.service.application
        application.replies = replies

    @property
    def heard(self) -> list[Message]:
        """All that the assistant was asked."""
        application: Any = self.service.application
        return list(application.heard)

    async def pending(self) -> int:
        """Return how many deliveries are not worked off."""
        return len(await self.service.pending("telegram"))

    async def _service(self) -> Service:
        answering, storing = ThreadPoolExecutor(1), ThreadPoolExecutor(1)
        loop = asyncio.get_running_loop()
        script: Any = await loop.run_in_executor(answering, Script, self.home, self.replies)
        inbox = await loop.run_in_executor(
            storing, lambda: Inbox(Database(self.home / "tro-ly.db"))
        )
        return Service(script, inbox, answering, storing, time.monotonic)

    def _configure(self) -> None:
        listener = socket.socket()
        listener.bind(("127.0.0.1", self._port))
        self._port = listener.getsockname()[1]
        listener.close()
        folder = self.home / "config"
        folder.mkdir(exist_ok=True)
        (folder / "channels.toml").write_text(
            f'[server]\npublic_url = "http://127.0.0.1:{self._port}"\n'
            f'[telegram]\napi_url = "{self.api.url}"\nwebhook = {str(self.webhook).lower()}\n'
            f"per_second = {self.settings['per_second']}\n"
            f"[limits]\nper_minute = {self.settings['per_minute']}\n"
            f"waiting = {self.settings['waiting']}\n",
            encoding="utf-8",
        )

    async def _serve(self) -> None:
        config = uvicorn.Config(
            Starlette(routes=list(self.channel.routes)),
            port=self._port,
            log_level="critical",
            lifespan="off",
            ws="none",
        )
        self._server = uvicorn.Server(config)
        self._serving = asyncio.create_task(self._server.serve())
        while not self._server.started:
            await asyncio.sleep(0.01)

"""A server as it runs, over an assistant that answers by a few rules."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import uvicorn
from sqlite_utils import Database
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.application import Application
from bot.channels.web.channel import WebChannel
from bot.inbox import Inbox
from bot.message import Action, Attachment, Choice, Message, Quote, Reply, Status
from bot.service import Service
from config.texts import load_texts
from knowledge.places import Places

# One pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000 1f15c489".replace(" ", "")
    + "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
SHORT = "Năm 2023, tỉnh đặt mục tiêu 😀 80% hồ sơ nộp trực tuyến. Đó là chỉ tiêu cả năm."
LONG = "Một câu mở đầu của đoạn trích rất dài để thử. " * 40 + "Đây là lời đáp. " + "Rồi hết. " * 40
GREETING = "Chào bạn, tôi trả lời về cải cách hành chính."
NOTED = "Cảm ơn bạn, tôi đã ghi nhận."
ACTIONS = (Action("đúng", "Đúng ý tôi"), Action("khác", "Kết quả khác"))


class Rules:
    """Stands in place of `Application`.

    Attributes:
        messages: what was asked.
        gate: open unless a test holds answers back.
        silent: whether nobody is given a reply.
    """

    def __init__(self) -> None:
        self.overrides: Path | None = None
        self.home = Path("no-home")  # nothing of the page is kept in one
        self.texts = load_texts()
        self.places = Places.load()
        self.messages: list[Message] = []
        self.gate = threading.Event()
        self.gate.set()
        self._last: dict[str, str] = {}

    def reply(self, message: Message) -> Reply:
        self.messages.append(message)
        assert self.gate.wait(20)
        text = message.text
        reply = self._reply(message, text)
        self._last[message.user] = text
        return replace(reply, turn=f"turn-{len(self.messages)}")

    def _reply(self, message: Message, text: str) -> Reply:
        if text.startswith("/start"):
            return self._choices(f"{GREETING}{text.removeprefix('/start')}", Status.SMALLTALK)
        if text in ("1", "2"):
            return Reply(Status.ANSWERED, f"Bạn đã chọn số {text} ở lượt {message.turn}.")
        if text == "đúng":
            return Reply(Status.SMALLTALK, NOTED, brief=True)
        if text == "câu trước":
            return Reply(Status.SMALLTALK, f"Câu trước là: {self._last.get(message.user)}")
        if text == "hình":
            files = (
                Attachment("bieu-do.png", "image/png", PNG, "Biểu đồ năm 2023"),
                Attachment("han.ics", "text/calendar", b"BEGIN:VCALENDAR", "Lịch nhắc hạn"),
            )
            return Reply(Status.ANSWERED, "Có hình.", attachments=files)
        if text == "hỏng":
            raise ValueError("chi tiết bên trong")
        if text == "không biết":
            return self._choices("Tôi chưa có thông tin.", Status.NO_ANSWER)
        if text == "dài":
            return self._quoted(text, LONG, "Đây là lời đáp.")
        return self._quoted(text, SHORT, "80% hồ sơ nộp trực tuyến")

    def _choices(self, heading: str, status: Status) -> Reply:
        choices = (Choice("1", "Đất đai", "đất đai"), Choice("2", "Hộ tịch", "hộ tịch"))
        lines = [heading, "", *(f"{one.id}. {one.label}" for one in choices)]
        return Reply(status, "\n".join(lines), choices=choices)

    def _quoted(self, text: str, said: str, answer: str) -> Reply:
        at = said.index(answer)
        spans = ((at, at + len(answer)),)
        quote = Quote(
            said, "d1", "Kế hoạch", "1/KH", None, "tep.txt", "ended", "", 0.9, spans, False
        )
        lines = [f"Tôi hiểu câu hỏi là: {text}", "", f"“{said}”", ""]
        lines += ["Nguồn: 1/KH, Kế hoạch <năm> · Đã hết hiệu lực"]
        lines += ["Xem đầy đủ: https://example.vn/van-ban?a=1&b=2."]
        return Reply(Status.ANSWERED, "\n".join(lines), text, (quote,), (), (), ACTIONS)

    def close(self) -> None:
        """Nothing is open."""


@contextmanager
def served(routes: Sequence[BaseRoute]) -> Iterator[str]:
    """Serve routes on this machine and give their address."""
    config = uvicorn.Config(
        Starlette(routes=list(routes)), port=0, log_level="error", lifespan="off", ws="none"
    )
    server = uvicorn.Server(config)

    async def serve() -> None:
        await server.serve()
        await asyncio.sleep(0.05)  # the connections it has closed end in the loop's next turns

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.005)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(20)
        assert not thread.is_alive()


@contextmanager
def opened(
    application: Any, origins: Sequence[str] = (), answering: ThreadPoolExecutor | None = None
) -> Iterator[Service]:
    """Give a service over an application, with plenty of messages a minute."""
    answering, storing = answering or ThreadPoolExecutor(1), ThreadPoolExecutor(1)
    db = Database(memory=True)
    try:
        service = Service(cast(Application, application), Inbox(db), answering, storing)
        channels = service.channels
        service.channels = replace(
            channels,
            web=replace(channels.web, embed_origins=tuple(origins)),
            limits=replace(channels.limits, per_minute=1000),
        )
        yield service
    finally:
        if isinstance(application, Rules):
            answering.shutdown()
        storing.shutdown()
        db.close()


@contextmanager
def web(origins: Sequence[str] = ()) -> Iterator[tuple[str, Rules]]:
    """Serve the page over the rules; give its address and the rules."""
    rules = Rules()
    with opened(rules, origins) as service, served(WebChannel(service).routes) as address:
        yield address, rules

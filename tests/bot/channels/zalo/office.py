"""A made-up assistant behind the real service, with a reply for each thing that is drawn."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

from sqlite_utils import Database

from bot.inbox import Inbox
from bot.message import Action, Attachment, Choice, Message, Reply, Status
from bot.service import Service
from config.texts import load_texts
from knowledge.places import Places

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
LONG = "\n\n".join(f"Đoạn {number}: " + "cải cách hành chính " * 30 for number in range(12))
ACTIONS = (Action("đúng", "Đúng"), Action("sai", "Sai"))


class Office:
    """Stands in for the application; keeps what it was asked in `messages`."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.overrides = home / "config"
        self.texts = load_texts()
        self.places = Places.load()
        self.messages: list[Message] = []
        self.store = SimpleNamespace(db=Database(home / "office.db"))

    def reply(self, message: Message) -> Reply:
        self.messages.append(message)
        text = message.text
        if message.sent:
            return Reply(Status.REFUSED, self.texts.guard.no_words)
        if text.startswith("chọn"):
            count = int(text.removeprefix("chọn"))
            choices = [Choice(str(n), f"Lựa chọn {n}", "?") for n in range(1, count + 1)]
            lines = "\n".join(f"{one.id}. {one.label}" for one in choices)
            return Reply(Status.CLARIFY, f"Mời chọn:\n{lines}", choices=tuple(choices))
        if text == "việc":
            return Reply(Status.ANSWERED, "Câu trả lời.", actions=ACTIONS)
        if text == "dài":
            return Reply(Status.ANSWERED, LONG)
        if text.startswith("tệp "):
            name, kind = text.split()[1:]
            data = PNG if kind == "image/png" else b"%PDF-1.7 trang"
            attached = Attachment(name, kind, data, "Bảng chỉ tiêu năm 2023")
            return Reply(Status.ANSWERED, "Có tệp.", attachments=(attached,))
        return Reply(Status.ANSWERED, f"Bạn hỏi: {text}")

    reply_afresh = reply

    def keeps(self, user: str) -> bool:
        return user.endswith("keeper")

    def close(self) -> None:
        self.store.db.close()


async def open_service(home: Path, settings: str) -> Service:
    """Return the service over an office.

    Args:
        home: an empty folder.
        settings: content of `channels.toml`.
    """
    (home / "config").mkdir(parents=True, exist_ok=True)
    (home / "config" / "channels.toml").write_text(settings, encoding="utf-8")
    answering, storing = ThreadPoolExecutor(1), ThreadPoolExecutor(1)
    loop = asyncio.get_running_loop()
    office = await loop.run_in_executor(answering, Office, home)
    inbox = await loop.run_in_executor(storing, lambda: Inbox(Database(home / "inbox.db")))
    return Service(office, inbox, answering, storing)  # type: ignore[arg-type]


def messages_of(service: Service) -> list[Message]:
    """Return what the office was asked."""
    office: object = service.application
    assert isinstance(office, Office)
    return office.messages

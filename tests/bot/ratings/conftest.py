"""A desk over an empty home whose clock the tests set, and people who talk with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.message import Message, Reply
from bot.ratings.desk import RatingDesk
from bot.ratings.dialogue import RatingDialogue
from knowledge.store import FILE

CONFIG = """
replace = true

[links]
telegram = "https://t.me/mau_bot?start={code}"
zalo = "https://zalo.me/123"
page = "https://mau.vn/?start={code}"

[[office]]
id = "mot"
name = "Trung tâm phường Một"

[[office]]
id = "hai"
name = "Trung tâm phường Hai"

[[service]]
id = "dat"
name = "Đăng ký đất đai"
field = "Đất đai"

[[service]]
id = "khaisinh"
name = "Đăng ký khai sinh"
field = "Hộ tịch"
"""
MORNING = datetime(2026, 5, 4, 3, 0, tzinfo=UTC)  # ten in the morning in Vietnam


class Office:
    """The ratings of one home, opened as often as a test likes."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.now = MORNING
        (home / "config").mkdir()
        (home / "config" / "ratings.toml").write_text(CONFIG, encoding="utf-8")
        self._opened: list[Database] = []
        self.desk = self.open()

    def open(self) -> RatingDesk:
        """Open the home as another process would."""
        db = Database(self.home / FILE)
        self._opened.append(db)
        db.enable_wal()
        return RatingDesk.open(self.home, db, self.home / "config", clock=lambda: self.now)

    def wait(self, **time: float) -> None:
        """Let time pass."""
        self.now += timedelta(**time)

    def person(self, user: str = "telegram:1", desk: RatingDesk | None = None) -> Person:
        """Return somebody who talks with it."""
        return Person(self, user, desk or self.desk)

    def ratings(self) -> list[tuple[object, ...]]:
        """Return what is stored: service, channel, level."""
        return list(
            self.desk.db.execute(
                "SELECT service, channel, score FROM ratings JOIN rating_subjects s"
                " ON s.id = subject ORDER BY service, channel, score"
            ).fetchall()
        )

    def close(self) -> None:
        for db in self._opened:
            db.close()


class Person:
    """Somebody on a channel."""

    def __init__(self, office: Office, user: str, desk: RatingDesk) -> None:
        self.user = user
        self._desk = desk
        self._dialogue = RatingDialogue(desk)

    def says(self, text: str) -> Reply | None:
        """Type something; None where the dialogue leaves it to the others."""
        if text.startswith("/danhgia"):
            return self._dialogue.starting.by_oneself(self.user, text[8:].strip())
        if text.startswith("/start "):
            return self._dialogue.starting.by_code(self.user, text[7:])
        return self._dialogue.reply(Message(self.user, text, date(2026, 5, 4)))

    def presses(self, label: str, on: Reply) -> Reply | None:
        """Press the button of a reply that is called so."""
        found = [choice.id for choice in on.choices if choice.label == label]
        found += [action.word for action in on.actions if action.word == label]
        assert found, f"there is no button {label}"
        message = Message(self.user, found[0], date(2026, 5, 4), turn=on.turn)
        return self._dialogue.reply(message)

    def takes(self, label: str, on: Reply) -> Reply:
        """Take a choice the way the channel allows: by button, on Zalo and terminal by number."""
        if self.user.startswith(("telegram", "web")):
            reply = self.presses(label, on)
        else:
            reply = self.says(next(one.id for one in on.choices if one.label == label))
        assert reply is not None
        return reply

    def kept(self) -> str:
        """Return what the person is shown of what is kept."""
        reply = self.says("xem phiếu")
        assert reply is not None
        return reply.text


def said(reply: Reply | None) -> Reply:
    """Return the reply that there has to be."""
    assert reply is not None
    return reply


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Return the ratings of an empty home."""
    home = tmp_path / "office"
    home.mkdir()
    opened = Office(home)
    yield opened
    opened.close()

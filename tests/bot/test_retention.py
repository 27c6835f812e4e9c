"""Periods are kept, a person can see and erase everything, and no table is forgotten."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.application import Application
from bot.conversation import Turn
from bot.inbox import Delivery, Inbox
from bot.message import Message
from bot.retention import KINDS, enforce
from config.settings import RETAINED, Settings
from knowledge.store import FILE
from tests.bot.program import copied
from tests.made import TinyEncoder

WHO = "telegram:123456"
SECRET = "Câu hỏi riêng của bà Mai về sổ đỏ"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.common.open_encoder", quick)
        Application.open(folder).close()
    return folder


def quick(settings: Settings, home: Path) -> TinyEncoder:
    return TinyEncoder()


@pytest.fixture
def application(made: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Application]:
    monkeypatch.setattr("bot.common.open_encoder", quick)
    opened = Application.open(copied(made, home))
    yield opened
    opened.close()


def fill(application: Application) -> None:
    tools = application.tools()
    tools.conversations.keep(WHO, Turn(SECRET))
    tools.conversations.keep_unanswered("câu chưa trả lời được", 0.1)
    tools.people.live_in(WHO, "Đà Nẵng")
    tools.people.judge(WHO, "câu hỏi", ("tài liệu", 0, 5), True)


def rows(application: Application, table: str) -> int:
    return int(application.store.db.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])


def test_what_is_older_than_its_period_goes_and_the_rest_stays(application: Application) -> None:
    fill(application)
    db, now = application.store.db, datetime.now(UTC)
    Inbox(db).accept("telegram", Delivery("1", "{}"))
    days = application.settings.retention
    assert not any(enforce(db, days, now).values())
    assert enforce(db, days, now + timedelta(days=2))["turns"] == 1
    assert rows(application, "unanswered") == 1
    gone = enforce(db, days, now + timedelta(days=366))
    assert (gone["unanswered"], gone["deliveries"], gone["verdicts"]) == (1, 1, 0)
    assert enforce(db, {**days, "verdicts": 0}, now + timedelta(days=9999))["turns"] == 0
    assert rows(application, "verdicts") == 1
    assert rows(application, "people") == 1


def test_a_person_sees_everything_and_erases_everything(application: Application) -> None:
    fill(application)
    kept = application.kept_of(WHO)
    assert {"turns", "verdicts", "people"} <= set(kept)
    assert kept["turns"][0]["turn"]["question"] == SECRET
    assert kept["people"] == [{"place": "Đà Nẵng"}]
    assert application.kept_of("telegram:654321") == {}
    application.forget(WHO)
    assert application.kept_of(WHO) == {}


def test_what_was_erased_cannot_be_read_out_of_the_files(
    application: Application, home: Path
) -> None:
    fill(application)
    application.forget(WHO)
    application.enforce_retention()
    for path in home.glob(f"{FILE}*"):
        assert SECRET.encode() not in path.read_bytes()
        assert b"123456" not in path.read_bytes()


def test_every_table_that_names_a_person_is_known_here(application: Application) -> None:
    """A new table with a column for a person has to be added to KINDS, with its period."""
    Inbox(application.store.db)
    application.reply(Message(WHO, "PAR Index là gì?", date(2026, 5, 4)))
    known = {kind.table: kind for kind in KINDS}
    db = application.store.db
    for table in db.table_names():
        columns = {column.name for column in db[table].columns}
        if columns & {"user", "person", "chat"}:
            assert table in known, f"{table} is missing in bot.retention.KINDS"
            assert known[table].person in columns or not known[table].person
    assert {kind.name for kind in KINDS} - {""} == set(RETAINED)


def test_a_locked_database_is_told_not_hidden(application: Application, home: Path) -> None:
    other = sqlite3.connect(home / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    application.store.db.execute("PRAGMA busy_timeout = 10")
    fill_nothing = {"turns": 1}
    with pytest.raises(sqlite3.OperationalError):
        enforce(application.store.db, fill_nothing)
    other.execute("ROLLBACK")
    other.close()

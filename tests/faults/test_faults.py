"""The short version of the faults; `python -m tests.faults --kills 1000` is the long one."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import bot.conversation
from bot.application import Application
from bot.conversation import Turn
from bot.inbox import Delivery, Inbox
from bot.message import Message, Status
from index import build
from knowledge.store import FILE
from tests.bot.program import MAIN, ROOT, copied, write_plans
from tests.faults.worker import tiny

ON = date(2026, 5, 4)
QUESTION = Message("test:1", "PAR Index là gì?", ON)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.common.open_encoder", tiny)
        Application.open(folder).close()
    return folder


@pytest.fixture
def application(made: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Application]:
    monkeypatch.setattr("bot.common.open_encoder", tiny)
    opened = Application.open(copied(made, home))
    yield opened
    opened.close()


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_kills_at_random_instants_lose_and_double_nothing() -> None:
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", "--kills", "5", "--seed", "7"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "nothing lost, nothing doubled" in done.stdout


def fill_disk(application: Application) -> None:
    """Let the database grow no further, as on a full disk."""
    db = application.store.db
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages}")
    kept = application.tools().conversations.keep_unanswered
    with pytest.raises(sqlite3.OperationalError, match="full"):
        any(kept("x" * 400, 0.1) for _ in range(100_000))


def test_on_a_full_disk_questions_are_answered_and_nothing_is_promised(
    application: Application,
) -> None:
    fill_disk(application)
    reply = application.reply(QUESTION)
    assert reply.status is Status.ANSWERED
    assert reply.quotes
    # No button that would lead to what could not be kept.
    assert not reply.actions
    assert not reply.turn
    assert application.tools().conversations.last("test:1") is None
    assert application.store.check() == []


def test_a_locked_database_does_not_stop_the_answers(application: Application, home: Path) -> None:
    application.store.db.execute("PRAGMA busy_timeout = 10")
    other = sqlite3.connect(home / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    reply = application.reply(QUESTION)
    other.execute("ROLLBACK")
    other.close()
    assert reply.status is Status.ANSWERED
    again = application.reply(QUESTION)
    assert again.actions


def test_an_index_that_cannot_be_written_leaves_the_old_one_serving(
    application: Application,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    tries = []

    def full(index: object, home: Path) -> None:
        tries.append(1)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(build, "save", full)
    with pytest.raises(OSError, match="No space"):
        application.add(write_plans(tmp_path, 1))
    assert application.reply(QUESTION).status is Status.ANSWERED
    assert application.reply(QUESTION).status is Status.ANSWERED
    assert len(tries) == 2  # the adding itself, and not again with every question
    assert "OSError" in caplog.text
    monkeypatch.undo()
    monkeypatch.setattr("bot.common.open_encoder", tiny)
    assert len(application.entries()) > len(build.load(application.home).documents)  # type: ignore[union-attr]
    home = application.home
    application.close()
    opened = Application.open(home)
    assert "đàn ong" in opened.reply(Message("t:2", "đợt 0 nuôi bao nhiêu đàn ong", ON)).text
    opened.close()


@pytest.mark.parametrize("damage", ["gone", "cut", "pointer"])
def test_a_broken_index_repairs_itself(made: Path, home: Path, damage: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.common.open_encoder", tiny)
        copied(made, home)
        if damage == "gone":
            shutil.rmtree(home / "index")
        elif damage == "pointer":
            (home / "index" / "CURRENT").write_bytes(b"\xff\xfe nowhere")
        else:
            for path in (home / "index").rglob("*.npy"):
                os.truncate(path, path.stat().st_size // 2)
        opened = Application.open(home)
        assert opened.reply(QUESTION).status is Status.ANSWERED
        assert all(finding.ok for finding in opened.check())
        opened.close()


def test_a_clock_that_jumps_loses_and_doubles_nothing(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = Inbox(application.store.db)
    conversations = application.tools().conversations
    assert inbox.accept("telegram", Delivery("1", "một"))
    for days in (400, -800, 0):
        away = timedelta(days=days)

        class Jumped(datetime):
            @classmethod
            def now(cls, tz: object = None, away: timedelta = away) -> datetime:  # type: ignore[override]
                return datetime.now(UTC) + away

        monkeypatch.setattr("bot.inbox.datetime", Jumped)
        monkeypatch.setattr(bot.conversation, "datetime", Jumped)
        assert not inbox.accept("telegram", Delivery("1", "một"))
        name = conversations.keep("test:9", Turn(f"câu {days}"))
        turn = conversations.turn("test:9", name)
        assert turn is not None
        assert turn.question == f"câu {days}"
    assert [one.id for one in inbox.pending("telegram")] == ["1"]


@pytest.mark.skipif(sys.platform != "linux", reason="RLIMIT_FSIZE as Linux has it")
def test_a_disk_that_fills_while_documents_are_added_costs_one_sentence(
    bundled_home: Path, home: Path, tmp_path: Path
) -> None:
    copied(bundled_home, home)
    plans = write_plans(tmp_path, 5)
    most = 65_536  # bytes of any one file

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    command = [sys.executable, "-c", MAIN, "--home", str(home), "add", *map(str, plans)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        preexec_fn=limit,
        timeout=120,
        check=False,
    )
    assert done.returncode != 0
    assert done.stderr.strip().count("\n") == 0
    assert "Traceback" not in done.stderr
    opened = Application.open(home)
    assert opened.store.check() == []
    assert opened.reply(QUESTION).status is Status.ANSWERED
    opened.close()

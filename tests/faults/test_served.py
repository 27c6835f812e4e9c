"""`cchc serve` under what can happen to a machine: a kill, a full disk, a locked database."""

from __future__ import annotations

import contextlib
import sqlite3
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from knowledge.store import BUSY_MS, FILE
from tests.bot.program import copied
from tests.faults.serving import Serving

resource = pytest.importorskip("resource")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="limits of a process as Linux has"),
]

QUESTION = "PAR Index là gì?"


@pytest.fixture(scope="module")
def serving(bundled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    folder = tmp_path_factory.mktemp("served")
    opened = Serving(copied(bundled_home, folder / "home"), folder / "log")
    opened.start()
    yield opened
    opened.kill()


def asked(serving: Serving, session: str) -> dict[str, Any]:
    body = {"text": QUESTION, "session": session}
    answer = httpx.post(f"{serving.url}/api/ask", json=body, timeout=60 + BUSY_MS / 1000)
    assert answer.status_code == 200, answer.text
    result: dict[str, Any] = answer.json()
    return result


@contextlib.contextmanager
def locked(file: Path) -> Iterator[None]:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def test_a_locked_database_does_not_stop_the_answers(serving: Serving) -> None:
    with locked(serving.home / FILE):
        for number in range(6):
            assert asked(serving, f"locked{number}")["status"] == "answered"
    assert asked(serving, "free")["turn"]


def test_a_full_disk_does_not_stop_the_answers(serving: Serving) -> None:
    size = (serving.home / FILE).stat().st_size
    before = resource.prlimit(serving.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    assert size > 4096
    try:
        answer = asked(serving, "full")
        assert answer["status"] == "answered"
        assert answer["quotes"]
    finally:
        resource.prlimit(serving.pid, resource.RLIMIT_FSIZE, before)
    assert asked(serving, "emptied")["turn"]


def test_it_is_back_after_a_kill(serving: Serving) -> None:
    serving.kill()
    began = time.monotonic()
    serving.start()
    assert asked(serving, "again")["status"] == "answered"
    # Some two seconds on a quiet machine (docs/reliability.md); this says that it comes at all.
    assert time.monotonic() - began < 60

"""`cchc serve` with answering processes: they die, the server dies, documents change."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.application import Application
from tests.bot.program import started
from tests.bot.test_serve import free_port, until_ready
from tests.bot.workers.test_remote import is_running, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux")

PATIENCE = 60.0  # seconds, on a busy machine
NEW = """# Quy chế làm thêm giờ của kho lưu trữ

Cán bộ kho lưu trữ được nghỉ bù bốn mươi phút sau mỗi ca kiểm kê đêm.
"""


class Server:
    """A running `cchc serve` over a copy of a home."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.process: subprocess.Popen[bytes] = started(home, "serve", "--port", str(self.port))
        until_ready(self.port)

    def workers(self) -> list[int]:
        """Return the answering processes: children of the one that forks them."""
        return [one for child in children(self.process.pid) for one in children(child)]

    def ask(self, question: str, who: str) -> dict[str, object]:
        answer = httpx.post(
            f"http://127.0.0.1:{self.port}/api/ask",
            json={"text": question, "session": who},
            timeout=PATIENCE,
        )
        return dict(answer.json())


def children(pid: int) -> list[int]:
    told = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [*map(int, told.split())]


@pytest.fixture(scope="module")
def server(bundled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("served") / "copy"
    shutil.copytree(bundled_home, home)
    opened = Server(home)
    yield opened
    opened.process.kill()
    opened.process.communicate()


def test_all_processes_find_what_is_added_later(server: Server, tmp_path: Path) -> None:
    new = tmp_path / "quy-che.md"
    new.write_text(NEW, encoding="utf-8")
    application = Application.open(server.home)
    application.add([new])
    application.close()
    question = "Sau mỗi ca kiểm kê đêm cán bộ kho lưu trữ được nghỉ bù bao lâu?"
    quoted = [str(server.ask(question, f"n{i}")["text"]) for i in range(6)]
    assert all("bốn mươi phút" in text for text in quoted)


def test_who_asks_notices_no_death(server: Server) -> None:
    before = server.workers()
    assert len(before) == 2
    for worker in before:
        kill(worker)
    for who in "abcd":
        assert server.ask("PAR Index là gì?", who)["status"] == "answered"
    until(lambda: len(server.workers()) == 2)
    assert not {*before} & {*server.workers()}


def test_a_server_that_can_replace_nobody_stops(server: Server) -> None:
    # The last test: nothing answers any more.
    workers = server.workers()
    for one in (*children(server.process.pid), workers[0], workers[1]):
        kill(one)
    # Whoever looks for a new index may have found it out first.
    with contextlib.suppress(httpx.HTTPError):
        server.ask("PAR Index là gì?", "z")
    assert server.process.wait(PATIENCE) == 0


def kill(pid: int) -> None:
    """End a process without any farewell, and wait until it is gone."""
    os.kill(pid, signal.SIGKILL)
    until(lambda: not is_running(pid))

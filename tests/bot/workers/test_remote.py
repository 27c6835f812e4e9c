"""Answering processes: what dies is replaced, a message is answered once, nobody is left over."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from typing import cast

import pytest

from bot.common import Common
from bot.message import Message, Reply, Status
from bot.repairing import Repairer
from bot.workers.nursery import Nursery
from bot.workers.remote import Remote, WorkerError
from bot.workers.worker import Done, Failed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux")

PATIENCE = 20.0  # seconds
ON = date(2026, 5, 4)


def answer(home: Path, _: Common, line: Connection) -> None:
    """Answer with the text; die over "die", and over "die once" unless somebody did before."""
    while True:
        try:
            _, (message,) = line.recv()
        except EOFError:
            return
        with (home / "heard").open("a", encoding="utf-8") as heard:
            heard.write(f"{message.text}\n")
        known = (home / "heard").read_text(encoding="utf-8").splitlines()
        if message.text == "die" or (message.text == "die once" and known.count(message.text) == 1):
            os._exit(9)
        if message.text == "hang":
            time.sleep(PATIENCE)
        if message.text == "break":
            raise KeyError(message.text)
        reply = Reply(Status.ANSWERED, f"{message.text} {os.getpid()}")
        outcome = Failed("ValueError") if message.text == "fail" else reply
        line.send(Done(outcome, message.text == "degraded", False, (5,), ("bot.x",)))


def message(text: str) -> Message:
    return Message("test:1", text, ON)


@pytest.fixture
def nursery(tmp_path: Path) -> Iterator[Nursery]:
    opened = Nursery(tmp_path, cast(Common, None), cast(Repairer, None), answer)
    yield opened
    opened.close()


@pytest.fixture
def heard() -> list[Done]:
    return []


@pytest.fixture
async def remote(nursery: Nursery, heard: list[Done]) -> AsyncIterator[Remote]:
    opened = await Remote.begin(nursery, heard.append, PATIENCE)
    yield opened
    await opened.close()


async def test_what_happened_in_the_process_is_told(remote: Remote, heard: list[Done]) -> None:
    assert (await remote.reply(message("xin chào"))).text.startswith("xin chào ")
    assert not remote.degraded
    await remote.reply(message("degraded"))
    assert remote.degraded
    assert [(one.rated, one.errors) for one in heard] == [((5,), ("bot.x",))] * 2
    with pytest.raises(WorkerError, match="ValueError"):
        await remote.reply(message("fail"))


async def test_a_message_whose_process_dies_is_answered_once_by_another(
    remote: Remote, heard: list[Done], tmp_path: Path
) -> None:
    before = (await remote.reply(message("trước"))).text.split()[-1]
    reply = await remote.reply(message("die once"))
    assert reply.text.split()[-1] != before
    assert len(heard) == 2  # one for each message
    assert (tmp_path / "heard").read_text(encoding="utf-8").splitlines().count("die once") == 2


async def test_a_message_that_kills_whoever_reads_it_harms_no_other(remote: Remote) -> None:
    for _ in range(2):
        with pytest.raises((EOFError, OSError)):
            await remote.reply(message("die"))
        assert (await remote.reply(message("sau"))).text.startswith("sau ")


async def test_a_process_that_hangs_is_replaced_and_its_message_not_put_again(
    nursery: Nursery, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    remote = await Remote.begin(nursery, lambda _: None, 0.5)
    hanging = int((await remote.reply(message("trước"))).text.split()[-1])
    with pytest.raises(TimeoutError):
        await remote.reply(message("hang"))
    until(lambda: not is_running(hanging))
    assert (await remote.reply(message("sau"))).text.startswith("sau ")
    assert (tmp_path / "heard").read_text(encoding="utf-8").splitlines().count("hang") == 1
    assert len(caplog.messages) == 1
    await remote.close()


async def test_a_process_that_no_longer_reads_is_replaced_as_well(nursery: Nursery) -> None:
    remote = await Remote.begin(nursery, lambda _: None, 0.5)
    stopped = int((await remote.reply(message("trước"))).text.split()[-1])
    os.kill(stopped, signal.SIGSTOP)
    with pytest.raises(TimeoutError):
        await remote.reply(message("dài " * 1_000_000))  # more than the line holds
    until(lambda: not is_running(stopped))
    assert (await remote.reply(message("sau"))).text.startswith("sau ")
    await remote.close()


async def test_the_end_does_not_wait_for_a_process_that_hangs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.workers.nursery.GRACE", 0.2)
    nursery = Nursery(tmp_path, cast(Common, None), cast(Repairer, None), answer)
    remote = await Remote.begin(nursery, lambda _: None, PATIENCE)
    stopped = int((await remote.reply(message("a"))).text.split()[-1])
    os.kill(stopped, signal.SIGSTOP)
    await remote.close()
    nursery.close()
    assert not is_running(stopped)


async def test_the_cause_of_a_death_is_logged_without_what_was_asked(tmp_path: Path) -> None:
    handler = logging.FileHandler(tmp_path / "log")
    logging.getLogger().addHandler(handler)  # the processes have it from here
    try:
        nursery = Nursery(tmp_path, cast(Common, None), cast(Repairer, None), answer)
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()
    remote = await Remote.begin(nursery, lambda _: None, PATIENCE)
    with pytest.raises((EOFError, OSError)):
        await remote.reply(message("break"))
    os.kill(int((await remote.reply(message("a"))).text.split()[-1]), signal.SIGKILL)
    await remote.reply(message("b"))
    await remote.close()
    nursery.close()
    log = (tmp_path / "log").read_text(encoding="utf-8")
    assert log.count("KeyError in test_remote.py") == 2
    assert "SIGKILL" in log
    assert "break" not in log


async def test_who_asks_after_one_that_gave_up_gets_the_own_reply(remote: Remote) -> None:
    given_up = asyncio.create_task(remote.reply(message("trước")))
    await asyncio.sleep(0)
    given_up.cancel()
    assert (await remote.reply(message("sau"))).text.startswith("sau ")


async def test_processes_end_with_their_lines(nursery: Nursery) -> None:
    several = [await Remote.begin(nursery, lambda _: None, PATIENCE) for _ in range(3)]
    numbers = [int((await one.reply(message("a"))).text.split()[-1]) for one in several]
    assert len({*numbers}) == 3
    await several[0].close()
    await several[1].close()
    until(lambda: not is_running(numbers[0]) and not is_running(numbers[1]))
    assert (await several[2].reply(message("b"))).text == f"b {numbers[2]}"
    await several[2].close()


def test_processes_end_when_the_server_is_killed(tmp_path: Path) -> None:
    async def serve() -> None:
        nursery = Nursery(tmp_path, cast(Common, None), cast(Repairer, None), answer)
        several = [await Remote.begin(nursery, lambda _: None, PATIENCE) for _ in range(2)]
        replies = [await one.reply(message("a")) for one in several]
        numbers = " ".join(reply.text.split()[-1] for reply in replies)
        (tmp_path / "numbers").write_text(f"{numbers} {nursery._process}", encoding="ascii")
        await asyncio.sleep(PATIENCE)

    server = os.fork()
    if server == 0:
        try:
            asyncio.run(serve())
        finally:
            os._exit(0)
    until((tmp_path / "numbers").exists)
    until(lambda: len((tmp_path / "numbers").read_text(encoding="ascii").split()) == 3)
    numbers = [*map(int, (tmp_path / "numbers").read_text(encoding="ascii").split())]
    assert all(map(is_running, numbers))
    os.kill(server, signal.SIGKILL)
    os.waitpid(server, 0)
    until(lambda: not any(map(is_running, numbers)))


def is_running(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2]
    except OSError:
        return False
    return state.split()[0] != "Z"


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)

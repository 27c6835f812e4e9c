"""Several who answer: nobody is idle while somebody waits, everything in its order."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from sqlite_utils import Database

from bot.answering import PASSES, Answerers, Answering, Threaded
from bot.application import Application
from bot.inbox import Inbox
from bot.message import Message, Reply, Status
from bot.service import Service
from config.texts import load_texts
from knowledge.places import Places

PATIENCE = 20.0  # seconds


class _Named:
    """Stands in place of whoever answers."""

    def __init__(self, name: str) -> None:
        self.name = name


@pytest.fixture
def two() -> Answerers:
    return Answerers([cast(Answering, _Named(name)) for name in ("first", "second")])


async def test_two_answer_at_the_same_time_and_the_rest_in_its_order(two: Answerers) -> None:
    both = asyncio.Barrier(2)
    begun: list[int] = []

    def work(number: int) -> Callable[[Answering], Awaitable[int]]:
        async def answer(_: Answering) -> int:
            begun.append(number)
            if number < 2:
                await both.wait()  # passes only if the two are done at the same time
            return number

        return answer

    async with asyncio.timeout(PATIENCE):
        assert await asyncio.gather(*(two.run(work(i)) for i in range(20))) == [*range(20)]
    assert begun == [*range(20)]


async def test_the_wait_grows_with_the_row_and_ends_with_it(two: Answerers) -> None:
    gate = asyncio.Event()
    waits = [two.expected_wait()]
    work = []
    for _ in range(4):
        work.append(asyncio.create_task(two.run(lambda _: gate.wait())))
        await asyncio.sleep(0)
        waits.append(two.expected_wait())
    assert waits[:2] == [0.0, 0.0]
    assert waits[1] < waits[2] < waits[3] < waits[4]
    assert two.expected_wait(under_way=40) > waits[4]
    gate.set()
    await asyncio.gather(*work)
    assert two.expected_wait() == 0.0


async def test_who_gives_up_waiting_takes_nobodys_place(two: Answerers) -> None:
    async def named(one: Answering) -> str:
        return cast(_Named, one).name

    gate = asyncio.Event()
    busy = [asyncio.create_task(two.run(lambda _: gate.wait())) for _ in range(2)]
    await asyncio.sleep(0)
    left = asyncio.create_task(two.run(named))
    last = asyncio.create_task(two.run(named))
    await asyncio.sleep(0)
    left.cancel()
    gate.set()
    assert await last in {"first", "second"}
    await asyncio.gather(*busy)
    assert two.expected_wait(0) == 0.0


async def test_what_fails_frees_who_did_it(two: Answerers) -> None:
    async def broken(_: Answering) -> None:
        raise ValueError("broken")

    for _ in range(5):
        with pytest.raises(ValueError, match="broken"):
            await two.run(broken)
    assert two.expected_wait() == 0.0


class _Slow:
    """Stands in place of an application: the earlier question takes longer than the later one."""

    def __init__(self, heard: list[tuple[str, str]]) -> None:
        self.overrides: Path | None = None
        self.home = Path("no-home")
        self.texts = load_texts()
        self.places = Places.load()
        self.heard = heard

    def reply(self, message: Message) -> Reply:
        time.sleep(0.02 if int(message.text) % 2 else 0.001)
        self.heard.append((message.user, message.text))
        return Reply(Status.ANSWERED, message.text)


async def test_each_persons_messages_are_answered_in_their_order_by_several() -> None:
    heard: list[tuple[str, str]] = []
    threads = [ThreadPoolExecutor(1) for _ in range(3)]
    first, second = (cast(Application, _Slow(heard)) for _ in range(2))
    with closing(Database(memory=True)) as db:
        other = Threaded(second, threads[1])
        service = Service(first, Inbox(db), threads[0], threads[2], beside=[other])
        asked = [
            Message(f"test:{who}", str(i), date(2026, 5, 4)) for i in range(8) for who in "abc"
        ]
        replies = await asyncio.gather(*(service.reply(message) for message in asked))
    for thread in threads:
        thread.shutdown()
    assert [reply.text for reply in replies if reply] == [message.text for message in asked]
    for who in "abc":
        assert [text for user, text in heard if user == f"test:{who}"] == [*map(str, range(8))]


async def test_a_question_goes_where_it_is_known_however_it_is_typed() -> None:
    class Quick(_Slow):
        """Answers at once."""

        def reply(self, message: Message) -> Reply:
            self.heard.append((message.user, message.text))
            return Reply(Status.ANSWERED, message.text)

    heard: list[list[tuple[str, str]]] = [[], []]
    threads = [ThreadPoolExecutor(1) for _ in range(3)]
    first, second = (cast(Application, Quick(one)) for one in heard)
    ways = ("Đăng ký kết hôn?", "dang ky ket hon", "ĐĂNG KÝ KẾT HÔN", "đăng kí kết hôn")
    with closing(Database(memory=True)) as db:
        other = Threaded(second, threads[1])
        service = Service(first, Inbox(db), threads[0], threads[2], beside=[other])
        for number, said in enumerate(ways):
            await service.reply(Message(f"test:{number}", said, date(2026, 5, 4)))
    for thread in threads:
        thread.shutdown()
    same, others = sorted(([text for _, text in one] for one in heard), key=len, reverse=True)
    assert {*same, *others} == {*ways}
    assert {*ways[:3]} <= {*same} or {*ways[:3]} <= {*others}


async def _named(one: Answering) -> str:
    return cast(_Named, one).name


async def test_the_same_question_goes_to_whoever_answered_it(two: Answerers) -> None:
    subjects = [f"câu {number}" for number in range(8)]
    first = {subject: await two.run(_named, subject) for subject in subjects}
    assert set(first.values()) == {"first", "second"}
    assert {subject: await two.run(_named, subject) for subject in subjects} == first


async def test_the_same_question_finds_its_answerer_in_a_row_too(two: Answerers) -> None:
    subjects = [f"câu {number}" for number in range(8)]
    own = {subject: await two.run(_named, subject) for subject in subjects}
    gate = asyncio.Event()

    async def gated(one: Answering) -> str:
        await gate.wait()
        return cast(_Named, one).name

    busy = [asyncio.create_task(two.run(gated)) for _ in range(2)]
    await asyncio.sleep(0)
    waiting = [asyncio.create_task(two.run(gated, subject)) for subject in subjects]
    await asyncio.sleep(0)
    gate.set()
    answered = dict(zip(subjects, await asyncio.gather(*waiting), strict=True))
    await asyncio.gather(*busy)
    # At the end whoever is idle takes what is left.
    assert sum(answered[subject] == own[subject] for subject in subjects) >= len(subjects) - 2


async def test_nobody_waits_long_for_the_one_who_knows(two: Answerers) -> None:
    """One answerer is held up: the other does not go by what it knows for ever."""
    subjects = {await two.run(_named, f"{n}"): f"{n}" for n in range(20)}
    begun: list[str] = []
    gate = asyncio.Event()

    async def hold(_: Answering) -> None:
        await gate.wait()

    async def note(one: Answering) -> None:
        begun.append("other" if cast(_Named, one).name == "second" else "held")
        await asyncio.sleep(0)

    async def last(one: Answering) -> None:
        begun.append("foreign")

    held = asyncio.create_task(two.run(hold, subjects["first"]))
    other = asyncio.create_task(two.run(note, subjects["second"]))
    await asyncio.sleep(0)
    foreign = asyncio.create_task(two.run(last, subjects["first"]))
    await asyncio.sleep(0)
    own = [asyncio.create_task(two.run(note, subjects["second"])) for _ in range(30)]
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(other, foreign, *own)
    assert begun.index("foreign") <= PASSES + 1
    gate.set()
    await held

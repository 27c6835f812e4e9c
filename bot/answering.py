"""Who answers: a few over one home, side by side."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol, TypeVar
from zlib import crc32

from bot.application import Application
from bot.message import Message, Reply

FIRST_GUESS = 0.02  # seconds an answer takes, until one was timed
LONG = 4  # times the mean, as which anything longer counts
PATIENCE_MS = 2_000  # that an answer waits for another process to end its writing
MEMORY = 0.05  # share of the newest answer in the mean

AHEAD = 8  # of those who wait, among whom whoever becomes free looks for what it may know
PASSES = 4  # times that others may be taken before the first of them

T = TypeVar("T")


class Answering(Protocol):
    """An application in a thread or a process of its own."""

    @property
    def degraded(self) -> bool:
        """Whether documents are searched by words alone."""
        ...

    async def reply(self, message: Message) -> Reply:
        """Return the reply to a message of an ongoing conversation."""
        ...

    async def reply_afresh(self, message: Message) -> Reply:
        """Return the reply to a message that leaves no trace."""
        ...

    async def look(self) -> None:
        """Take up a new index where there is one."""
        ...

    async def close(self) -> None:
        """End what belongs to it."""
        ...


class Threaded:
    """An application that is asked in its thread.

    Args:
        application: opened in that thread.
        thread: executor of one thread.
    """

    def __init__(self, application: Application, thread: ThreadPoolExecutor) -> None:
        self._application = application
        self._thread = thread

    @property
    def degraded(self) -> bool:
        return self._application.degraded

    async def reply(self, message: Message) -> Reply:
        return await self.run(self._application.reply, message)

    async def reply_afresh(self, message: Message) -> Reply:
        return await self.run(self._application.reply_afresh, message)

    async def look(self) -> None:
        await self.run(self._application.tools)

    async def close(self) -> None:
        await self.run(self._application.close)
        self._thread.shutdown()

    async def run(self, work: Callable[..., T], *args: Any) -> T:
        """Run `work` in the thread, where the application's store may be used."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *args)


@dataclass(eq=False)
class _Turn:
    """Someone who waits.

    Attributes:
        given: who does the work, when that is known.
        own: who has done the same work before, if anybody has.
        passed: how often another was taken first.
    """

    given: asyncio.Future[int]
    own: int
    passed: int = 0


class Answerers:
    """Gives each piece of work to whoever is free; what comes meanwhile waits in its order.

    The same question goes to the same answerer if that costs nobody much waiting, for each
    remembers what it has searched.

    Args:
        answerers: at least one.
        clock: seconds that never go back.
    """

    def __init__(
        self, answerers: Sequence[Answering], clock: Callable[[], float] = time.perf_counter
    ) -> None:
        self.all = tuple(answerers)
        self._free = set(range(len(self.all)))
        self._waiting: deque[_Turn] = deque()
        self._clock = clock
        self._mean = FIRST_GUESS

    def expected_wait(self, under_way: int = 0) -> float:
        """Return the seconds until what comes now would be begun, by how long answers took lately.

        Args:
            under_way: how much is at least being done or waiting, as far as the caller knows; what
                was let in a moment ago may not stand in the row yet.
        """
        ahead = max(len(self.all) - len(self._free) + len(self._waiting), under_way)
        return max(ahead - len(self.all) + 1, 0) * self._mean / len(self.all)

    async def run(self, work: Callable[[Answering], Awaitable[T]], subject: str = "") -> T:
        """Return what `work` returns, done with whoever is free first.

        Args:
            work: what is to be done.
            subject: what it is about, say the question; equal ones are better done by the same.
        """
        number = await self._taken(crc32(subject.encode(errors="replace")) % len(self.all))
        began = self._clock()
        try:
            done = await work(self.all[number])
        finally:
            self._give_back(number)
        # One that takes long, a report say, tells little of those after it.
        seconds = min(self._clock() - began, LONG * self._mean)
        self._mean += MEMORY * (seconds - self._mean)
        return done

    async def _taken(self, own: int) -> int:
        if self._free:
            # The first is also asked for work that only it can do.
            number = own if own in self._free else max(self._free)
            self._free.remove(number)
            return number
        turn = _Turn(asyncio.get_running_loop().create_future(), own)
        self._waiting.append(turn)
        try:
            return await turn.given
        except asyncio.CancelledError:
            if turn.given.done() and not turn.given.cancelled():
                self._give_back(turn.given.result())
            raise

    def _give_back(self, number: int) -> None:
        while self._waiting and self._waiting[0].given.done():
            self._waiting.popleft()
        if not self._waiting:
            self._free.add(number)
            return
        turn = first = self._waiting[0]
        if first.passed < PASSES:
            near = islice(self._waiting, AHEAD)
            turn = next((t for t in near if t.own == number and not t.given.done()), first)
            first.passed += turn is not first
        self._waiting.remove(turn)
        turn.given.set_result(number)

"""Who answers: a few over one home, each asked in a thread of its own."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol, TypeVar

from bot.message import Message, Reply

FIRST_GUESS = 0.02  # seconds an answer takes, until one was timed
LONG = 4  # times the mean, as which anything longer counts
AT_HAND = 2  # pieces of work that one has: the one that is done and the next
PATIENCE_MS = 2_000  # that an answer waits for another process to end its writing
MEMORY = 0.05  # share of the newest answer in the mean

T = TypeVar("T")


class Answering(Protocol):
    """An application, or a process that has one."""

    @property
    def degraded(self) -> bool:
        """Whether documents are searched by words alone."""
        ...

    def reply(self, message: Message) -> Reply:
        """Return the reply to a message of an ongoing conversation."""
        ...

    def reply_afresh(self, message: Message) -> Reply:
        """Return the reply to a message that leaves no trace."""
        ...

    def tools(self) -> object:
        """Take up a new index where there is one."""
        ...

    def close(self) -> None:
        """End what belongs to it."""
        ...


@dataclass(frozen=True)
class Answerer:
    """Who answers and the one thread in which they may be asked."""

    application: Answering
    thread: ThreadPoolExecutor


class Answerers:
    """Gives each piece of work to whoever has least to do; what comes meanwhile waits in its order.

    Each has the next piece at hand before the one before is done: the loop that gives out work
    shares the interpreter with those who do it, and nobody is to stand idle until it comes round.

    Args:
        answerers: at least one.
        clock: seconds that never go back.
    """

    def __init__(
        self, answerers: Sequence[Answerer], clock: Callable[[], float] = time.perf_counter
    ) -> None:
        self.all = tuple(answerers)
        # The first is also asked for work that only it can do, so it comes last.
        self._loads = [0] * len(self.all)
        self._waiting: deque[asyncio.Future[int]] = deque()
        self._clock = clock
        self._mean = FIRST_GUESS

    def expected_wait(self, under_way: int = 0) -> float:
        """Return the seconds until what comes now would be begun, by how long answers took lately.

        Args:
            under_way: how much is at least being done or waiting, as far as the caller knows; what
                was let in a moment ago may not stand in the row yet.
        """
        ahead = max(sum(self._loads) + len(self._waiting), under_way)
        return max(ahead - len(self.all) + 1, 0) * self._mean / len(self.all)

    async def run(self, work: Callable[[Answering], T]) -> T:
        """Return what `work` returns, done with whoever comes to it first."""
        number = await self._taken()
        answerer = self.all[number]

        def timed() -> tuple[T, float]:
            began = self._clock()
            return work(answerer.application), self._clock() - began

        try:
            done, seconds = await asyncio.get_running_loop().run_in_executor(answerer.thread, timed)
        finally:
            self._give_back(number)
        # One that takes long, a report say, tells little of those after it.
        self._mean += MEMORY * (min(seconds, LONG * self._mean) - self._mean)
        return done

    async def _taken(self) -> int:
        least = min(self._loads)
        if least < AT_HAND:
            number = len(self._loads) - 1 - self._loads[::-1].index(least)
            self._loads[number] += 1
            return number
        turn: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._give_back(turn.result())
            raise

    def _give_back(self, number: int) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(number)
                return
        self._loads[number] -= 1

"""Who answers: a few applications over one home, each in a thread of its own."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from bot.application import Application

FIRST_GUESS = 0.02  # seconds an answer takes, until one was timed
MEMORY = 0.05  # share of the newest answer in the mean

T = TypeVar("T")


@dataclass(frozen=True)
class Answerer:
    """An application and the one thread in which it may be used."""

    application: Application
    thread: ThreadPoolExecutor


class Answerers:
    """Gives each piece of work to whoever is free; what comes meanwhile waits in its order.

    Args:
        answerers: at least one.
        clock: seconds that never go back.
    """

    def __init__(
        self, answerers: Sequence[Answerer], clock: Callable[[], float] = time.perf_counter
    ) -> None:
        self.all = tuple(answerers)
        # The last one goes first: the first is also asked for work that only it can do.
        self._free = [*self.all]
        self._waiting: deque[asyncio.Future[Answerer]] = deque()
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

    async def run(self, work: Callable[[Application], T]) -> T:
        """Return what `work` returns, done with the application of whoever is free first."""
        answerer = await self._taken()
        began = self._clock()
        try:
            loop = asyncio.get_running_loop()
            done = await loop.run_in_executor(answerer.thread, work, answerer.application)
        finally:
            self._give_back(answerer)
        self._mean += MEMORY * (self._clock() - began - self._mean)
        return done

    async def _taken(self) -> Answerer:
        if self._free:
            return self._free.pop()
        turn: asyncio.Future[Answerer] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._give_back(turn.result())
            raise

    def _give_back(self, answerer: Answerer) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(answerer)
                return
        self._free.append(answerer)

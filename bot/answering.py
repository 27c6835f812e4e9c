"""Who answers: a few over one home, side by side."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

from bot.application import Application
from bot.message import Message, Reply

FIRST_GUESS = 0.02  # seconds an answer takes, until one was timed
LONG = 4  # times the mean, as which anything longer counts
PATIENCE_MS = 2_000  # that an answer waits for another process to end its writing
MEMORY = 0.05  # share of the newest answer in the mean

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


class Answerers:
    """Gives each piece of work to whoever is free; what comes meanwhile waits in its order.

    Args:
        answerers: at least one.
        clock: seconds that never go back.
    """

    def __init__(
        self, answerers: Sequence[Answering], clock: Callable[[], float] = time.perf_counter
    ) -> None:
        self.all = tuple(answerers)
        self._free = set(range(len(self.all)))
        self._waiting: deque[asyncio.Future[int]] = deque()
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

    async def run(self, work: Callable[[Answering], Awaitable[T]]) -> T:
        """Return what `work` returns, done with whoever is free first."""
        number = await self._taken()
        began = self._clock()
        try:
            done = await work(self.all[number])
        finally:
            self._give_back(number)
        # One that takes long, a report say, tells little of those after it.
        seconds = min(self._clock() - began, LONG * self._mean)
        self._mean += MEMORY * (seconds - self._mean)
        return done

    async def _taken(self) -> int:
        if self._free:
            number = max(self._free)  # the first is also asked for work that only it can do
            self._free.remove(number)
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
        self._free.add(number)

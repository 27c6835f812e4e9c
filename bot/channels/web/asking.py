"""Asking the assistant over a line that may break: each request once, not too many at a time."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable

from bot.message import Message, Reply

REMEMBERED = 256  # replies kept at most for who asks for them again
KEPT_FOR = 600.0  # seconds that a reply is kept for that
AT_ONCE = 500  # requests being answered; each holds a connection
LONGEST_WAIT = 0.25  # seconds that a request may have to wait for its turn

Answer = Callable[[Message], Awaitable[Reply | None]]


class BusyError(Exception):
    """Too many requests are being answered.

    Attributes:
        wait: seconds after which asking again makes sense.
    """

    def __init__(self, wait: float) -> None:
        super().__init__(wait)
        self.wait = wait


def _no_wait(under_way: int) -> float:
    return 0.0


class Asking:
    """Gives each request to the assistant once.

    A browser that lost the line does not know whether its request arrived. It sends it again with
    the same id, and is given the reply of the first time.

    Whoever would have to wait long is turned away at once: under more load than can be answered
    those who are let in are still answered soon, and the others know when to come back.

    Args:
        answer: gives the reply to a message.
        expected_wait: gives the seconds that a message would wait while so many people are asking.
        at_once: how many requests may be under way.
        kept_for: seconds that a reply is kept for who asks for it again.
    """

    def __init__(
        self,
        answer: Answer,
        expected_wait: Callable[[int], float] = _no_wait,
        at_once: int = AT_ONCE,
        kept_for: float = KEPT_FOR,
    ) -> None:
        self._answer = answer
        self._expected_wait = expected_wait
        self._at_once = at_once
        self._kept_for = kept_for
        self._running: set[asyncio.Task[Reply | None]] = set()
        self._askers: Counter[str] = Counter()  # one waits for their own messages, not for all
        self._known: dict[tuple[str, str], asyncio.Task[Reply | None]] = {}

    async def ask(self, message: Message, request_id: str | None = None) -> Reply | None:
        """Return the reply, None where the assistant keeps silent.

        Args:
            message: what is asked.
            request_id: name of the request among those of its user; None counts every time.

        Raises:
            BusyError: too many requests are under way.
        """
        key = None if request_id is None else (message.user, request_id)
        task = None if key is None else self._known.get(key)
        if task is None:
            task = self._begin(message)
            if key is not None:
                self._remember(key, task)
        # Who hangs up does not undo what was asked.
        return await asyncio.shield(task)

    async def finish(self) -> None:
        """Wait for what is under way."""
        if self._running:
            await asyncio.wait(self._running)

    def _begin(self, message: Message) -> asyncio.Task[Reply | None]:
        wait = self._expected_wait(len(self._askers))
        if wait > LONGEST_WAIT or len(self._running) >= self._at_once:
            raise BusyError(wait)
        task = asyncio.ensure_future(self._answered(message))
        self._running.add(task)
        self._askers[message.user] += 1
        task.add_done_callback(lambda done: self._ended(done, message.user))
        return task

    def _ended(self, task: asyncio.Task[Reply | None], user: str) -> None:
        self._running.discard(task)
        self._askers[user] -= 1
        if not self._askers[user]:
            del self._askers[user]

    async def _answered(self, message: Message) -> Reply | None:
        return await self._answer(message)

    def _remember(self, key: tuple[str, str], task: asyncio.Task[Reply | None]) -> None:
        self._known[key] = task
        if len(self._known) > REMEMBERED:
            del self._known[next(iter(self._known))]

        def forget() -> None:
            if self._known.get(key) is task:
                del self._known[key]

        def answered(done: asyncio.Task[Reply | None]) -> None:
            if done.cancelled() or done.exception() or done.result() is None:
                forget()  # nothing was done about it, so asking again is a new attempt
            else:
                done.get_loop().call_later(self._kept_for, forget)

        task.add_done_callback(answered)

"""Asking the assistant over a line that may break: each request once, not too many at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from bot.message import Message, Reply

REMEMBERED = 256  # replies kept at most for who asks for them again
KEPT_FOR = 600.0  # seconds that a reply is kept for that
AT_ONCE = 100  # requests being answered; more would wait longer than people do

Answer = Callable[[Message], Awaitable[Reply | None]]


class BusyError(Exception):
    """Too many requests are being answered."""


class Asking:
    """Gives each request to the assistant once.

    A browser that lost the line does not know whether its request arrived. It sends it again with
    the same id, and is given the reply of the first time.

    Args:
        answer: gives the reply to a message.
        at_once: how many requests may be under way.
        kept_for: seconds that a reply is kept for who asks for it again.
    """

    def __init__(self, answer: Answer, at_once: int = AT_ONCE, kept_for: float = KEPT_FOR) -> None:
        self._answer = answer
        self._at_once = at_once
        self._kept_for = kept_for
        self._running: set[asyncio.Task[Reply | None]] = set()
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
        if len(self._running) >= self._at_once:
            raise BusyError
        task = asyncio.ensure_future(self._answered(message))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

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

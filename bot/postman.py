"""Sends what waits in the outboxes, slowly enough for the messengers, as long as it is let."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol, TypeVar

from bot.channels.channel import Channel, ChannelError
from bot.message import Reply, Status
from bot.parcel import Outbox, Parcel

IDLE = 5.0  # seconds between two looks into empty boxes
HOUR = 3600.0

T = TypeVar("T")
logger = logging.getLogger(__name__)

Send = Callable[[str, Reply], Awaitable[bool]]


class InStore(Protocol):
    """Runs work where the store may be used: `Service.with_application`."""

    def __call__(self, work: Callable[..., T], *args: Any) -> Awaitable[T]:
        """Return what `work(*args)` returns."""
        ...


class Postman:
    """Empties outboxes in turn.

    Args:
        boxes: what is sent; the first ones go first.
        in_store: runs work where the boxes may be used.
        send: writes to a person; False where they cannot be reached. As `Channel.send`, for all
            channels together.
        per_second: messages a second at most.
        sleep: waits for seconds; by default not longer than until `stop`.
    """

    def __init__(
        self,
        boxes: Sequence[Outbox],
        in_store: InStore,
        send: Send,
        per_second: int,
        sleep: Callable[[float], Awaitable[None]] | None = None,
    ) -> None:
        self._boxes = boxes
        self._in_store = in_store
        self._send = send
        self._pause = 1 / per_second
        self._stopped = asyncio.Event()
        self._sleep = sleep or self._until_stopped

    async def run(self) -> None:
        """Send until `stop` is called."""
        since = HOUR
        while not self._stopped.is_set():
            if since >= HOUR:
                since = 0.0
                for box in self._boxes:
                    await self._guarded(box.expire)
            pause = self._pause if await self.send_next() else IDLE
            await self._sleep(pause)
            since += pause

    def stop(self) -> None:
        """Finish what is being sent and end."""
        self._stopped.set()

    async def send_next(self) -> bool:
        """Send one message, if one is due; say whether there was one."""
        for box in self._boxes:
            parcel = await self._guarded(box.take)
            if parcel is not None:
                settle = await self._deliver(box, parcel)
                await self._guarded(settle, parcel)
                return True
        return False

    async def _deliver(self, box: Outbox, parcel: Parcel) -> Callable[[Parcel], None]:
        """Send a message and return how its box is told of what became of it."""
        try:
            taken = await self._send(parcel.user, Reply(Status.SMALLTALK, parcel.text))
        except ChannelError:
            return box.failed
        except Exception as error:
            # It may have been sent: nobody is to get it twice.
            channel = parcel.user.partition(":")[0]
            logger.error("not sent on %s: %s", channel, type(error).__name__)
            return box.unreachable
        return box.sent if taken else box.unreachable

    async def _until_stopped(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stopped.wait(), seconds)

    async def _guarded(self, work: Callable[..., T], *args: Any) -> T | None:
        """Run work on the store; a store that is locked or full must not end the sending."""
        try:
            return await self._in_store(work, *args)
        except Exception as error:
            logger.error("outbox: %s", type(error).__name__)
            return None


def through(channels: Sequence[Channel]) -> Send:
    """Return what sends through the channel that a person's name begins with.

    Args:
        channels: those that run. What is for another one is tried again later: it may only be that
            its token is missing today.
    """
    named = {channel.name: channel for channel in channels}

    async def send(user: str, reply: Reply) -> bool:
        channel = named.get(user.partition(":")[0])
        if channel is None:
            raise ChannelError("Kênh này đang không chạy.")
        return await channel.send(user, reply)

    return send

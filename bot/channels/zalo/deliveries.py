"""Each delivery is kept first, worked on after it was acknowledged, and once only."""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import asdict
from typing import Any
from weakref import WeakValueDictionary

from bot.channels.zalo.errors import BusyError, TokenError, ZaloError
from bot.channels.zalo.events import Event, Kind
from bot.channels.zalo.webhook import RefusedError
from bot.inbox import Delivery
from bot.service import Service

STOPPING = 15.0  # seconds that work in hand may take at a stop; the rest waits for the next start

logger = logging.getLogger(__name__)


class Deliveries:
    """The deliveries of one channel.

    Args:
        channel: its name.
        service: keeps them.
        handle: answers one; raises ZaloError where the answer did not reach Zalo.
    """

    def __init__(
        self, channel: str, service: Service, handle: Callable[[Event], Awaitable[None]]
    ) -> None:
        self._channel = channel
        self._service = service
        self._handle = handle
        self._stopping = False
        self._tasks: set[asyncio.Task[None]] = set()

    async def take(self, event: Event) -> bool:
        """Keep an event durably and begin to work on it; say whether it is new.

        Raises:
            RefusedError: it cannot be kept, or the channel stops; Zalo may deliver it again.
        """
        if self._stopping:
            raise RefusedError(503, "stopping")
        try:
            new = await self._service.accept(self._channel, Delivery(event.id, _written(event)))
        except sqlite3.Error as error:
            raise RefusedError(503, f"cannot be kept: {type(error).__name__}") from error
        if not new:
            return False
        self._begin(self._work(event))
        return True

    async def resume(self) -> None:
        """Begin to work on what was kept before a stop, in the order of each person."""
        waiting: dict[str, list[Event]] = {}
        for one in await self._service.pending(self._channel):
            event = _read(one)
            waiting.setdefault(event.person, []).append(event)
        for events in waiting.values():
            self._begin(self._work_off(events))

    async def stop(self, seconds: float = STOPPING) -> None:
        """Finish what was begun; what takes longer is worked off after the next start."""
        self._stopping = True
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work_off(self, events: list[Event]) -> None:
        for event in events:
            await self._work(event)

    async def _work(self, event: Event) -> None:
        try:
            await self._handle(event)
        except (BusyError, TokenError) as error:
            # It stays in the inbox: the next start answers it.
            logger.error("%s: an answer waits for the next start: %s", self._channel, error)
            return
        except ZaloError as error:
            logger.warning("%s: an answer was not delivered: %s", self._channel, error)
        except Exception as error:
            # One bad delivery must not come back at each start; its content stays out of the log.
            logger.error("%s: a delivery failed: %s", self._channel, type(error).__name__)
        await self._service.finish(self._channel, event.id)


class Turns:
    """Lets one answer to a person go out at a time, so that its parts stay together."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def of(self, person: str) -> asyncio.Lock:
        """Return what whoever writes to `person` holds meanwhile."""
        lock = self._locks.get(person)
        if lock is None:
            lock = self._locks[person] = asyncio.Lock()
        return lock


def _written(event: Event) -> str:
    return json.dumps(asdict(event))


def _read(delivery: Delivery) -> Event:
    data = json.loads(delivery.body)
    return Event(**{**data, "kind": Kind(data["kind"])})

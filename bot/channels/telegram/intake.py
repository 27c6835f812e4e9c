"""Deliveries taken once each, worked off beside each other, and again after a stop in between."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.inbox import Delivery
from bot.service import Service

logger = logging.getLogger(__name__)


class Intake:
    """Takes in what is delivered.

    Args:
        service: keeps the deliveries.
        channel: name of the channel.
        work: deals with the body of one delivery.
    """

    def __init__(
        self, service: Service, channel: str, work: Callable[[str], Awaitable[None]]
    ) -> None:
        self._service = service
        self._channel = channel
        self._work = work
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._draining = False

    async def take(self, delivery: Delivery) -> bool:
        """Keep a delivery durably and begin to work on it; say whether it is new."""
        new = await self._service.accept(self._channel, delivery)
        if new:
            self._begin(delivery)
        return new

    async def resume(self) -> None:
        """Begin to work on what was taken before a stop."""
        for delivery in await self._service.pending(self._channel):
            self._begin(delivery)

    async def drain(self, seconds: float) -> None:
        """Finish what was begun; what is not finished in time stays for the next start."""
        self._draining = True
        if not self._under_way:
            return
        _, late = await asyncio.wait(self._under_way.values(), timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _begin(self, delivery: Delivery) -> None:
        # What is kept while the channel stops is what the next start begins with.
        if not self._draining and delivery.id not in self._under_way:
            task = asyncio.create_task(self._work_off(delivery))
            self._under_way[delivery.id] = task
            task.add_done_callback(lambda _: self._under_way.pop(delivery.id))

    async def _work_off(self, delivery: Delivery) -> None:
        try:
            await self._work(delivery.body)
        except Exception as error:
            # Tried again it would fail again; what it holds stays out of the log.
            logger.error("%s: an update failed: %s", self._channel, type(error).__name__)
        # A kill between the reply and this line repeats the reply after the next start; the other
        # way round it would be lost.
        await self._service.finish(self._channel, delivery.id)

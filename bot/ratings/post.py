"""What the server does for ratings beside the channels: it takes events, and sends what is due."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Sequence

from starlette.routing import BaseRoute

from bot.channels.channel import Channel, ChannelError
from bot.message import Reply
from bot.ratings.deliveries import EVERY, Deliveries
from bot.ratings.dialogue import RatingDialogue
from bot.ratings.event_routes import event_routes
from bot.service import Service

logger = logging.getLogger(__name__)


class RatingPost:
    """Stands among the channels of the server; it reaches people through the others.

    Args:
        service: answers.
        channels: those that people are on.
        every: seconds between two looks at what is due.
    """

    name = "ratings"

    def __init__(self, service: Service, channels: Sequence[Channel], every: float = EVERY) -> None:
        desk = service.application.ratings
        self._texts = desk.texts
        self._channels = {channel.name: channel for channel in channels}
        self._every = every
        self.routes: Sequence[BaseRoute] = event_routes(desk, service.with_application)
        self._deliveries = Deliveries(
            RatingDialogue(desk), service.application.reports, service.with_application, self.send
        )
        self._loop: asyncio.Task[None] | None = None
        self._looking: asyncio.Future[int] | None = None

    async def start(self) -> str:
        """Begin to look at what is due."""
        self._loop = asyncio.create_task(self._look())
        return self._texts.serving

    async def send(self, user: str, reply: Reply) -> bool:
        """Write to a person on their channel; a channel that does not run may run later."""
        channel = self._channels.get(user.partition(":")[0])
        if channel is None:
            raise ChannelError(self._texts.serving)
        return await channel.send(user, reply)

    async def stop(self) -> None:
        """Look no more; what is being sent is finished first."""
        if self._loop is not None:
            self._loop.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._loop
        if self._looking is not None:
            await asyncio.wait([self._looking])

    async def _look(self) -> None:
        while True:
            # First the channels have to be there.
            await asyncio.sleep(self._every)
            try:
                # A look that has begun is not broken off between taking and sending.
                self._looking = asyncio.ensure_future(self._deliveries.once())
                await asyncio.shield(self._looking)
            except Exception as error:
                # The next look may succeed; whom it was about stays out of the log.
                logger.error("nothing was sent of what is due: %s", type(error).__name__)

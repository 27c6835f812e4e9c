"""What the running service does by itself once a day."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import date

HOUR = 3600.0  # seconds

logger = logging.getLogger(__name__)


class Housekeeping:
    """Does something at the start and then once on each day, until it is stopped.

    The day is looked at every hour, so neither a clock that jumps nor a machine that slept
    leaves out a day or does one twice.

    Args:
        work: what is done.
        today: the day.
        pause: seconds between two looks at the day.
    """

    def __init__(
        self,
        work: Callable[[], Awaitable[object]],
        today: Callable[[], date] = date.today,
        pause: float = HOUR,
    ) -> None:
        self._work = work
        self._today = today
        self._pause = pause
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, in the running event loop."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """End; what is being done is left to its own thread."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        done: date | None = None
        while True:
            if done is None or self._today() != done:
                day = self._today()
                if await self._succeeds():
                    done = day
            await asyncio.sleep(self._pause)

    async def _succeeds(self) -> bool:
        try:
            await self._work()
        except Exception as error:
            # The disk may be full, the database locked; whatever it is, old data must not be kept
            # for ever because of it, so the next look tries again.
            logger.error("daily work failed: %s", type(error).__name__)
            return False
        return True

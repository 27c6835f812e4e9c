"""Asking the Zalo Bot Platform for updates, one at a time.

Zalo offers no way to acknowledge an update there and may give the same one again.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.channels.refusals import Refusals
from bot.channels.zalo.bot_api import BotApi
from bot.channels.zalo.errors import BusyError, ZaloError
from bot.channels.zalo.webhook import RefusedError

REST = 60.0  # seconds before asking again where Zalo goes on refusing

logger = logging.getLogger(__name__)


class Polling:
    """Asks for one bot.

    Args:
        api: of the bot.
        take: takes an update; says whether it was new, raises RefusedError where it is none.
        refusals: counts what was not taken.
        pause: seconds before asking again where an answer came too soon or brought nothing new.
    """

    def __init__(
        self,
        api: BotApi,
        take: Callable[[Mapping[str, Any]], Awaitable[bool]],
        refusals: Refusals,
        pause: float,
    ) -> None:
        self._api = api
        self._take = take
        self._refusals = refusals
        self._pause = pause

    async def run(self) -> None:
        """Take in updates one by one, as long as the channel runs."""
        loop, trouble = asyncio.get_running_loop(), 0
        while True:
            began = loop.time()
            try:
                fresh = await self._poll()
                trouble = 0
            except ZaloError as error:
                trouble += 1
                await self._recover(error, trouble)
                continue
            if not fresh and loop.time() - began < self._pause:
                await asyncio.sleep(self._pause)

    async def _recover(self, error: ZaloError, trouble: int) -> None:
        if trouble == 2:  # the first is often mended below, and one line is enough
            logger.error("zalo_bot: Zalo gives no messages: %s", error)
        if not isinstance(error, BusyError):
            with contextlib.suppress(ZaloError):
                # Zalo refuses polling as long as a webhook is set.
                await self._api.call("deleteWebhook", tries=1)
        await asyncio.sleep(min(self._pause * 2 ** min(trouble, 10), REST))

    async def _poll(self) -> bool:
        """Take the next update; say whether there was a new one."""
        update = await self._api.update()
        if update is None:
            return False
        try:
            if not isinstance(update, dict):
                raise RefusedError(400, "malformed")
            return await self._take(update)
        except RefusedError as refused:
            self._refusals.note(refused.why)
            return False

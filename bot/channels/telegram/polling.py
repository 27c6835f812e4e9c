"""Long polling: the library asks, we keep what comes before the next question acknowledges it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from telegram import Update
from telegram.error import NetworkError, TelegramError
from telegram.ext import Updater

from bot.channels.telegram.client import Bot
from bot.channels.telegram.desk import KINDS
from bot.inbox import Delivery

ASKED_FOR = 30  # seconds that Telegram holds a question without news
CLOSING = 10.0  # seconds that the last question, which acknowledges what came, may take

logger = logging.getLogger(__name__)


class _Kept(asyncio.Queue[object]):
    """Stands where the library hands over updates: what is put in is kept before `put` returns.

    Args:
        take: keeps a delivery and begins to work on it.
    """

    def __init__(self, take: Callable[[Delivery], Awaitable[bool]]) -> None:
        super().__init__()
        self._take = take

    async def put(self, item: object) -> None:
        assert isinstance(item, Update), "only updates are asked for"
        try:
            await self._take(Delivery(str(item.update_id), item.to_json()))
        except Exception as error:
            # The library takes this for a failed question and asks again from the same update.
            raise NetworkError(f"not kept: {type(error).__name__}") from error


class Polling:
    """Asks Telegram for updates.

    Args:
        bot: makes the calls.
        take: keeps a delivery and begins to work on it.
    """

    def __init__(self, bot: Bot, take: Callable[[Delivery], Awaitable[bool]]) -> None:
        self._updater = Updater(bot, _Kept(take))
        self._trouble: type[TelegramError] | None = None

    async def start(self) -> None:
        """Begin to ask; an earlier webhook is given up.

        Raises:
            TelegramError: Telegram cannot be reached or does not take the token.
        """
        await self._updater.initialize()
        await self._updater.start_polling(
            timeout=ASKED_FOR, allowed_updates=list(KINDS), error_callback=self._tell
        )

    async def stop(self) -> None:
        """Stop asking."""
        if self._updater.running:
            with suppress(TelegramError, TimeoutError):
                await asyncio.wait_for(self._updater.stop(), CLOSING)

    def _tell(self, error: TelegramError) -> None:
        """Log a trouble once, not at every question; a conflict is another process's polling."""
        if type(error) is not self._trouble:
            self._trouble = type(error)
            logger.warning("telegram: asking for updates failed: %s", type(error).__name__)

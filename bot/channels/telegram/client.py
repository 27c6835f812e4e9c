"""The library's bot, set up: limits, time-outs, batches with something malformed in them."""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

from aiolimiter import AsyncLimiter
from telegram.error import NetworkError
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.channels.refusals import Refusals
from bot.channels.telegram.forms import is_readable, number_of

Bot = ExtBot[int]

PATIENCE = 60.0  # seconds for which the answer to a call is waited for; see retrying.py
POLL_PATIENCE = 10.0  # seconds beyond the time that a poll may take
BURST = 5  # messages to one chat that may go at once; then one a second
CHATS = 512  # chats whose messages are counted at a time
UNREADABLE = "an update that cannot be read"
_MESSAGES = frozenset({"sendMessage", "sendPhoto", "sendDocument"})
_UNCOUNTED = frozenset({"sendChatAction"})


def make_bot(token: str, api_url: str, per_second: int, refusals: Refusals) -> Bot:
    """Return the bot of a token; nothing is called yet.

    Args:
        token: as BotFather gave it.
        api_url: where the API is, "https://api.telegram.org".
        per_second: messages in all that Telegram takes a second.
        refusals: told of malformed updates.
    """
    # The library warns of its old way whenever Telegram asks to wait.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    # Addresses hold the token, and what the library logs can hold what people wrote.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("telegram").setLevel(logging.CRITICAL)
    return ExtBot(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=_Calling(read_timeout=PATIENCE, write_timeout=20, pool_timeout=PATIENCE),
        get_updates_request=_Polling(refusals),
        rate_limiter=_Limits(overall_max_rate=per_second),
    )


def is_token(token: str) -> bool:
    """Say whether a token can stand in an address; whether it is right only Telegram knows."""
    return token.isascii() and token.isprintable() and not set(token) & set(" /?#%")


class _Limits(AIORateLimiter):
    """Telegram's limits in all and for groups, as the library keeps them, and those of each chat.

    A call that Telegram refuses for its limits comes back at once: whoever made it waits, and the
    calls for other chats go on.
    """

    def __init__(self, overall_max_rate: float) -> None:
        super().__init__(overall_max_rate=overall_max_rate, max_retries=0)
        self._chats: dict[Any, AsyncLimiter] = {}

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        if endpoint in _UNCOUNTED:
            return await callback(*args, **kwargs)
        if endpoint in _MESSAGES:
            await self._of_chat(data.get("chat_id")).acquire()
        return await super().process_request(
            callback, args, kwargs, endpoint, data, rate_limit_args
        )

    def _of_chat(self, chat: Any) -> AsyncLimiter:
        if len(self._chats) > CHATS:
            full = {c: limiter for c, limiter in self._chats.items() if not _is_idle(limiter)}
            self._chats = full
        return self._chats.setdefault(chat, AsyncLimiter(BURST, BURST))


def _is_result(payload: bytes) -> bool:
    try:
        answer = json.loads(payload)
    except (ValueError, RecursionError):
        return False
    return isinstance(answer, dict) and answer.get("ok") is True and bool(answer.get("result"))


def _is_idle(limiter: AsyncLimiter) -> bool:
    return limiter.has_capacity(BURST)


class _Calling(HTTPXRequest):
    """Calls; what is no answer of Telegram's counts as none, whatever its status."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        code, payload = await super().do_request(*args, **kwargs)
        if code == HTTPStatus.OK and not _is_result(payload):
            raise NetworkError("no answer of Telegram's")
        return code, payload


class _Polling(HTTPXRequest):
    """Asks for updates; one that cannot be read does not hold up those beside and behind it.

    Args:
        refusals: told of each such update.
    """

    def __init__(self, refusals: Refusals) -> None:
        super().__init__(connection_pool_size=1, read_timeout=POLL_PATIENCE)
        self._refusals = refusals

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        code, payload = await super().do_request(*args, **kwargs)
        return code, await self._readable(payload) if code == 200 else payload

    async def _readable(self, payload: bytes) -> bytes:
        """Return the batch with nothing but its number left of an update that cannot be read."""
        try:
            batch = json.loads(payload)
            found = [self._checked(update) for update in batch["result"]]
        except (ValueError, LookupError, TypeError, RecursionError):
            return payload  # no batch at all; the library makes an error of it
        if found and not any(found):
            await asyncio.sleep(1)  # it cannot be acknowledged and would come again at once
        return json.dumps({"ok": True, "result": [update for update in found if update]}).encode()

    def _checked(self, update: Any) -> Any:
        if is_readable(update):
            return update
        self._refusals.note(UNREADABLE)
        number = number_of(update)
        return None if number is None else {"update_id": number}

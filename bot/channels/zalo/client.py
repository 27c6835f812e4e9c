"""Calls to Zalo's servers, with patience where waiting helps."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import httpx

from bot.channels.zalo.errors import BusyError, ZaloError

# Seconds between the attempts of one call: an answer outlives some hours without Zalo. What takes
# longer is left to the next start, which works off whatever is still unanswered.
DELAYS = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0)
SOME = 4  # tries where somebody waits for the outcome
TIMEOUT = httpx.Timeout(30, read=60, connect=10)
JITTER = 0.2

# Says what is wrong with a reply's HTTP status and body; None where all is well.
Judge = Callable[[int, Mapping[str, Any]], ZaloError | None]


class Client:
    """Posts to Zalo and reads its replies.

    What is cut off before any answer most likely never arrived whole, and is sent again. Where the
    answer is only late, Zalo has the message and works on it: it is taken for sent, as there is no
    key by which a second one would be known as the same. The time-out is long for that reason.

    Args:
        delays: seconds to wait between the attempts of one call.
        secret: what stands in addresses and must not stand in the log of the HTTP library.
    """

    def __init__(self, delays: Sequence[float] = DELAYS, secret: str = "") -> None:
        self._delays = tuple(delays)
        self._http = httpx.AsyncClient(timeout=TIMEOUT)
        self._mask = _Mask(secret)
        if secret:
            logging.getLogger("httpx").addFilter(self._mask)

    async def post(
        self,
        url: str,
        judge: Judge,
        *,
        tries: int = 0,
        repeatable: bool = True,
        **content: Any,
    ) -> Any:
        """Post and return the body of the reply.

        Args:
            url: where to.
            judge: tells a good reply from a bad one.
            tries: how often at most; 0 is as often as there is patience.
            repeatable: whether doing it twice is the same as doing it once.
            content: `json`, `data`, `files`, `headers`, `timeout` as httpx takes them.

        Raises:
            BusyError: it did not work however often it was tried.
            ZaloError: Zalo refused.
        """
        delays = self._delays if not tries else self._delays[: tries - 1]
        for delay in delays:
            try:
                return await self._once(url, judge, repeatable, content)
            except BusyError:
                # Spread out, so that what failed together does not come back together.
                await asyncio.sleep(delay * random.uniform(1 - JITTER, 1 + JITTER))
        return await self._once(url, judge, repeatable, content)

    async def _once(
        self, url: str, judge: Judge, repeatable: bool, content: Mapping[str, Any]
    ) -> Any:
        try:
            response = await self._http.post(url, **content)
        except httpx.ReadTimeout:
            if not repeatable:
                return {}
            raise BusyError(0, "ReadTimeout") from None
        except httpx.HTTPError as error:
            # Without its cause: the address in it may hold the token.
            raise BusyError(0, type(error).__name__) from None
        status = response.status_code
        try:
            body = response.json()
        except (ValueError, RecursionError):
            body = None
        if not isinstance(body, dict):
            kind = BusyError if status >= 500 or status in (200, 408, 429) else ZaloError
            raise kind(status, "no JSON object")
        wrong = judge(status, body)
        if wrong is not None:
            raise wrong
        return body

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()
        logging.getLogger("httpx").removeFilter(self._mask)


class _Mask(logging.Filter):
    """Takes a secret out of log lines: httpx logs whole addresses."""

    def __init__(self, secret: str) -> None:
        super().__init__()
        self._secret = secret

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if self._secret in said:
            record.msg, record.args = said.replace(self._secret, "***"), ()
        return True

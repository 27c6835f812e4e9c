"""Calling Telegram until it has taken what is to be said, and not twice.

What went wrong decides:

- 429: nothing was done; wait as long as Telegram asks, then call again.
- Not connected, or cut off before any answer: Telegram most likely never had the request whole (a
  connection that was kept open is closed at the other end now and then); call again, after a while.
- 5xx: Telegram says itself that it failed; call again, after a while.
- Time-out while waiting for the answer: the request lies with Telegram, which works on it although
  nobody listens any more. The API has no key by which a second call would be known as the same, so
  a new message is taken for sent: a person who got no reply asks again, one who got it twice
  wonders. The time-out is long, so that a slow server is waited for. What can be repeated without
  harm, an edit above all, is called again.
- 400, 401, 403, 404: calling again would not help; the error goes to the caller.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

import httpx
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut

FIRST_PAUSE = 0.5  # seconds; each further one is twice as long
LONGEST_PAUSE = 30.0
LONGEST_WAIT = 60.0  # seconds that Telegram may ask for where only some tries are made

T = TypeVar("T")


class TakenForSent(Exception):  # noqa: N818 - nothing went wrong for certain
    """A message that Telegram has most likely sent although it did not say so in time."""


async def carried(
    call: Callable[[], Awaitable[T]], *, repeatable: bool, tries: int | None = None
) -> T:
    """Return what `call` returns, calling it until it goes through.

    Args:
        call: one call of the API.
        repeatable: whether doing it twice is the same as doing it once.
        tries: how often it is called at most; without, as long as it takes.

    Raises:
        TakenForSent: it may have gone through and must not be repeated.
        TelegramError: it cannot go through, or has not within `tries`.
    """
    pause, done = FIRST_PAUSE, 0
    while True:
        done += 1
        try:
            return await call()
        except RetryAfter as error:
            wait = _seconds(error.retry_after)
            if tries is not None and (done >= tries or wait > LONGEST_WAIT):
                raise
            await asyncio.sleep(wait)
            continue
        except BadRequest:
            raise
        except TimedOut as error:
            if not repeatable and isinstance(error.__cause__, httpx.ReadTimeout):
                raise TakenForSent from error
            if done == tries:
                raise
        except NetworkError:
            if done == tries:
                raise
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


def _seconds(wait: int | timedelta) -> float:
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)

"""The tokens of an Official Account: how a new pair is got, one at a time, without losing it.

An access token lasts about a day. A refresh token buys one new pair, and the old pair dies with it.
So between the moment when Zalo makes a pair and the moment when it is on our disk, a kill costs the
pair. What can be done about that, and is done here:

- that a renewal begins is written first. Where the disk is full or read-only, no token is used up;
- the new pair is on the disk before anything is called with it;
- the old pair is kept until then, and tried again after a kill: Zalo may not have seen the request;
- a renewal is finished even where whoever asked for it is cancelled, so a stop loses nothing;
- one process renews at a time, and the others take what it got;
- where the pair is lost all the same, the message says so and what to put where.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from filelock import FileLock, Timeout

from bot.channels.zalo.client import Client
from bot.channels.zalo.errors import BusyError, LostError, ZaloError
from bot.channels.zalo.token_file import Stored, TokenFile
from config.zalo_texts import ZaloTexts

ADDRESS = "/v4/oa/access_token"
EARLY = 3600.0  # seconds before the end of an access token when it is renewed
LASTS = 90_000.0  # seconds, where Zalo does not say
REFUSED_FOR = 300.0  # seconds during which a token that was refused is not tried again
LOCK_SECONDS = 120.0  # how long another process may take to renew

T = TypeVar("T")
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class App:
    """The application that acts for the account.

    Attributes:
        app_id, secret: from Zalo's page for developers.
        first: the refresh token to begin with.
    """

    app_id: str
    secret: str = field(repr=False)
    first: str = field(repr=False)


class Tokens:
    """Gives the access token that counts now.

    Args:
        file: where the pair is kept.
        app: whose tokens they are.
        client: posts.
        oauth_url: where tokens are renewed.
        texts: what the operator is told.
        clock: seconds since 1970.
    """

    def __init__(
        self,
        file: TokenFile,
        app: App,
        client: Client,
        oauth_url: str,
        texts: ZaloTexts,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._file = file
        self._app = app
        self._client = client
        self._url = oauth_url + ADDRESS
        self._texts = texts
        self._clock = clock
        self._held = Stored()
        self._unwritten: Stored | None = None
        self._refused: dict[str, float] = {}
        self._renewal: asyncio.Task[str] | None = None

    async def current(self) -> str:
        """Return the access token, a new one where it ends soon.

        Raises:
            LostError: there is none and none can be had.
            BusyError: Zalo's server cannot be reached now.
        """
        if not self._lasts(self._held):
            self._held = await self._on_disk(self._file.read)
        if self._lasts(self._held):
            return self._held.access
        return await self.renewed(self._held.access)

    async def renewed(self, stale: str) -> str:
        """Return an access token other than `stale`, which does not count any more.

        Raises:
            LostError, BusyError: as in `current`.
        """
        if self._renewal is None or self._renewal.done():
            self._renewal = asyncio.create_task(self._renew(stale))
        # Whoever waits may be cancelled; what Zalo has sent must be stored nevertheless.
        return await asyncio.shield(self._renewal)

    async def close(self) -> None:
        """Let a renewal under way come to its end."""
        if self._renewal is not None:
            await asyncio.gather(self._renewal, return_exceptions=True)
        try:
            await self._store_leftover()
        except LostError as error:
            logger.error("zalo_oa: %s", error)

    def _lasts(self, stored: Stored) -> bool:
        began_here = stored.began_with == _digest(self._app.first)
        return bool(stored.access) and began_here and stored.expires_at - EARLY > self._clock()

    async def _renew(self, stale: str) -> str:
        lock = FileLock(self._file.path.with_suffix(".lock"), thread_local=False)
        try:
            await asyncio.to_thread(lock.acquire, timeout=LOCK_SECONDS)
        except Timeout:
            raise BusyError(0, "another process is renewing the tokens") from None
        except OSError as error:
            raise self._unusable() from error
        try:
            await self._store_leftover()
            stored = await self._on_disk(self._file.read)
            if self._lasts(stored) and stored.access != stale:
                self._held = stored
            else:
                self._held = await self._bought(stored)
            return self._held.access
        finally:
            lock.release()

    async def _bought(self, stored: Stored) -> Stored:
        """Get a new pair for the best of the refresh tokens that are left, and store it."""
        for refresh in self._candidates(stored):
            noted = replace(stored, renewing=_digest(refresh))
            await self._on_disk(self._file.write, noted)
            try:
                body = await self._ask(refresh)
            except BusyError:
                raise
            except ZaloError as error:
                logger.warning("zalo_oa: a refresh token was refused (%s)", error.code)
                self._refused[_digest(refresh)] = self._clock() + REFUSED_FOR
                await self._on_disk(self._file.write, stored)
                continue
            self._unwritten = pair = self._pair(body, refresh)
            await self._store_leftover()
            return pair
        raise LostError(self._lost(stored))

    async def _store_leftover(self) -> None:
        """Store the pair that was received; where the disk refuses, it is kept for another try."""
        if self._unwritten is not None:
            await self._on_disk(self._file.write, self._unwritten)
            self._unwritten = None

    async def _on_disk(self, work: Callable[..., T], *args: Stored) -> T:
        try:
            return await asyncio.to_thread(work, *args)
        except OSError as error:
            raise self._unusable() from error

    def _unusable(self) -> LostError:
        return LostError(self._texts.oa_unwritten.format(path=self._file.path))

    def _lost(self, stored: Stored) -> str:
        texts = self._texts
        return f"{texts.oa_interrupted} {texts.oa_lost}" if stored.renewing else texts.oa_lost

    def _candidates(self, stored: Stored) -> Iterator[str]:
        """Yield the refresh tokens to try.

        The configured one comes first only where it is not the one that the stored pair goes back
        to: then somebody has brought a new one.
        """
        first = _digest(self._app.first)
        tokens = (
            [stored.refresh] if stored.began_with == first else [self._app.first, stored.refresh]
        )
        for token in tokens:
            if token and self._refused.get(_digest(token), 0.0) <= self._clock():
                yield token

    async def _ask(self, refresh: str) -> Mapping[str, Any]:
        form = {
            "refresh_token": refresh,
            "app_id": self._app.app_id,
            "grant_type": "refresh_token",
        }
        # A token that may have been used up already is worth few tries.
        body: Mapping[str, Any] = await self._client.post(
            self._url, _judge, tries=3, data=form, headers={"secret_key": self._app.secret}
        )
        return body

    def _pair(self, body: Mapping[str, Any], refresh: str) -> Stored:
        try:
            lasts = float(body.get("expires_in", LASTS))
        except (TypeError, ValueError):
            lasts = LASTS
        return Stored(
            body["access_token"],
            str(body.get("refresh_token") or refresh),
            self._clock() + lasts,
            _digest(self._app.first),
        )


def _judge(status: int, body: Mapping[str, Any]) -> ZaloError | None:
    token = body.get("access_token")
    if isinstance(token, str) and token:
        return None
    code = body.get("error")
    is_nonsense = status == 200 and not isinstance(code, int)
    if status == 429 or status >= 500 or code == -32 or is_nonsense:
        return BusyError(status)
    return ZaloError(code if isinstance(code, int) else status)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

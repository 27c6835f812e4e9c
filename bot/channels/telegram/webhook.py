"""The address that Telegram calls: checks a delivery, keeps it, answers at once."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.refusals import Refusals
from bot.channels.telegram.client import UNREADABLE
from bot.channels.telegram.forms import is_readable, number_of
from bot.inbox import Delivery

HEADER = "X-Telegram-Bot-Api-Secret-Token"
MOST = 1 << 20  # bytes of a delivery; Telegram's are a few thousand
WRONG_SECRET = "a delivery without the secret"
WRONG_TYPE = "a delivery that is no JSON"
TOO_LARGE = "a delivery that is too large"


class Webhook:
    """Takes deliveries over HTTP.

    Args:
        token: of the bot; path and secret are derived from it, so that a new token changes both.
        take: keeps a delivery and begins to work on it.
        refusals: told of what is turned away.

    Attributes:
        is_open: whether deliveries are taken now.
    """

    def __init__(
        self,
        token: str,
        take: Callable[[Delivery], Awaitable[bool]],
        refusals: Refusals,
    ) -> None:
        self.path = f"/telegram/{_derived(token, 'path')[:24]}"
        self.secret = _derived(token, "secret")
        self._take = take
        self.is_open = False
        self._refusals = refusals
        self.route = Route(self.path, self._receive, methods=["POST"])

    async def _receive(self, request: Request) -> Response:
        given = request.headers.get(HEADER, "").encode("latin-1")
        if not secrets.compare_digest(given, self.secret.encode()):
            return self._refuse(403, WRONG_SECRET)
        if request.headers.get("content-type") != "application/json":
            return self._refuse(415, WRONG_TYPE)
        try:
            body = await _body(request)
        except ClientDisconnect:
            return Response(status_code=408)  # nobody reads it; Telegram comes again
        if body is None:
            return self._refuse(413, TOO_LARGE)
        update = _parsed(body)
        number = number_of(update)
        if number is None:
            return self._refuse(400, UNREADABLE)
        if not is_readable(update):
            # As in polling it is acknowledged: refused it would come again, before all others.
            return self._refuse(200, UNREADABLE)
        if not self.is_open:
            return Response(status_code=503)  # Telegram comes again
        # One that came before is fine as well: Telegram has to stop sending it.
        await self._take(Delivery(str(number), body.decode("utf-8")))
        return Response()

    def _refuse(self, status: int, reason: str) -> Response:
        self._refusals.note(reason)
        return Response(status_code=status)


async def _body(request: Request) -> bytes | None:
    """Return the body, None for one that is too large, whatever its headers say."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST:
            return None
    return bytes(body)


def _parsed(body: bytes) -> Any:
    """Return what a body holds, None where it is no JSON in UTF-8."""
    try:
        return json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        return None


def _derived(token: str, purpose: str) -> str:
    return hmac.new(token.encode(), f"cchc {purpose}".encode(), hashlib.sha256).hexdigest()

"""`POST /api/ask`: the assistant for the page and for other programs."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from bot.channels.web.asking import Asking, BusyError
from bot.channels.web.drawing import drawn
from bot.channels.web.headers import api_headers, preflight_headers
from bot.channels.web.request import RequestError, read_asked
from bot.channels.web.sessions import device_of, user_of
from bot.message import Message
from config.texts import Texts
from knowledge.places import Places

MINUTE = 60.0  # seconds after which who sent too much is heard again


class AskApi:
    """Answers questions over HTTP; an ASGI application.

    Args:
        asking: gives the replies.
        texts: what is said when a request is wrong.
        places: what a request's place may be.
        origins: pages of other origins whose scripts may ask.
        today: gives the day that answers are to hold for.
    """

    def __init__(
        self,
        asking: Asking,
        texts: Texts,
        places: Places,
        origins: Sequence[str],
        today: Callable[[], date] = date.today,
    ) -> None:
        self._asking = asking
        self._texts = texts
        self._places = places
        self._origins = origins
        self._today = today

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        origin = request.headers.get("origin")
        if request.method == "OPTIONS":
            response = Response(status_code=204, headers=preflight_headers(origin, self._origins))
            response.headers["Allow"] = "OPTIONS, POST"
        else:
            pause: float | None = None
            try:
                status, content = 200, await self._answered(request)
            except RequestError as error:
                status, content = error.status, {"error": str(error)}
                pause = error.pause
            except ClientDisconnect:
                return
            response = JSONResponse(content, status, api_headers(origin, self._origins))
            if status == 405:
                response.headers["Allow"] = "OPTIONS, POST"
            elif pause is not None:
                response.headers["Retry-After"] = str(max(math.ceil(pause), 1))
        await response(scope, receive, send)

    async def _answered(self, request: Request) -> dict[str, Any]:
        texts = self._texts.api
        if request.method != "POST":
            raise RequestError(405, texts.method)
        asked = await read_asked(request, texts, self._places)
        begun = time.perf_counter()
        message = Message(
            user_of(asked.session),
            asked.text,
            self._today(),
            asked.place,
            asked.turn,
            device=_device(request),
        )
        try:
            reply = await self._asking.ask(message, asked.id)
        except BusyError as busy:
            raise RequestError(429, texts.busy, busy.wait) from None
        if reply is None:
            raise RequestError(429, self._texts.guard.too_many, MINUTE)
        return drawn(reply, (time.perf_counter() - begun) * 1000, self._texts.validity)


def _device(request: Request) -> str | None:
    address = request.client.host if request.client else None
    return device_of(address, request.headers.get("user-agent", ""))

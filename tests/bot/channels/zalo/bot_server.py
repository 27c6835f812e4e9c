"""A local Zalo Bot Platform that behaves as the real one is known to.

One update a poll and no acknowledgement; an idle poll ends as 408; a wrong token is HTTP 200 with
error_code 401; 400 for a poll while a webhook is set.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "getMe": (),
    "getUpdates": ("timeout",),
    "sendMessage": ("chat_id", "text", "parse_mode"),
    "sendPhoto": ("chat_id", "photo", "caption"),
    "sendSticker": ("chat_id", "sticker"),
    "sendChatAction": ("chat_id", "action"),
    "setWebhook": ("url", "secret_token"),
    "deleteWebhook": (),
    "getWebhookInfo": (),
}


class ApiError(Exception):
    """The envelope of an error; the HTTP status is the code unless it is said otherwise."""

    def __init__(self, code: int, description: str, status: int | None = None) -> None:
        super().__init__(description)
        self.code, self.description = code, description
        self.status = code if status is None else status


class BotPlatform:
    """The server.

    Attributes:
        sent: (chat_id, text) of all messages that were accepted.
        calls: the names of all methods that were called.
        strange: parameters that the documentation does not name.
        next_failures: what the next calls of sendMessage meet: an ApiError, a Response, or "cut".
        repeats: how often each update is given again.
    """

    def __init__(self, token: str = "12345:secret-of-the-bot") -> None:
        self.token = token
        self.sent: list[tuple[str, str]] = []
        self.calls: list[str] = []
        self.strange: list[str] = []
        self.next_failures: deque[ApiError | Response | str] = deque()
        self.blocked: set[str] = set()
        self.webhook: dict[str, str] | None = None
        self.repeats = 0
        self._updates: deque[dict[str, Any]] = deque()
        self._news = asyncio.Event()
        self._number = 0
        route = Route("/bot{token}/{method}", self._call, methods=["GET", "POST"])
        self.app = Starlette(routes=[route])

    def message(self, text: str = "", person: str = "6ede", **changed: Any) -> dict[str, Any]:
        """Return an update with a new message.

        Args:
            text: of the message.
            person: who sends it.
            changed: `event_name`, or fields of the message.
        """
        self._number += 1
        event = changed.pop("event_name", "message.text.received")
        message = {
            "from": {"id": person, "display_name": "Ted", "is_bot": False},
            "chat": {"id": person, "chat_type": "PRIVATE"},
            "message_id": f"m{self._number}",
            "date": 1750316131602,
            **({"text": text} if text else {}),
            **changed,
        }
        return {"event_name": event, "message": message}

    def offer(self, update: dict[str, Any]) -> None:
        """Give an update to whoever polls."""
        self._updates.extend([update] * (1 + self.repeats))
        self._news.set()

    def texts(self, person: str = "6ede") -> list[str]:
        """Return what a person was sent."""
        return [text for chat, text in self.sent if chat == person]

    async def _call(self, request: Request) -> Response:
        method = request.path_params["method"]
        self.calls.append(method)
        try:
            if request.path_params["token"] != self.token:
                raise ApiError(401, "Unauthorized", status=200)
            if method not in PARAMETERS:
                raise ApiError(404, "Not Found")
            given = await _parameters(request)
            self.strange += [name for name in given if name not in PARAMETERS[method]]
            result = await getattr(self, f"_{method}")(given)
        except ApiError as error:
            body = {"ok": False, "description": error.description, "error_code": error.code}
            return JSONResponse(body, error.status)
        if isinstance(result, Response):
            return result
        return JSONResponse({"ok": True} if result is None else {"ok": True, "result": result})

    async def _getMe(self, given: Mapping[str, Any]) -> Any:
        return {
            "id": "1459232241454765289",
            "account_name": "bot.VDKyGxQvc",
            "account_type": "BASIC",
            "can_join_groups": False,
        }

    async def _getUpdates(self, given: Mapping[str, Any]) -> Any:
        if self.webhook:
            raise ApiError(400, "Bad Request: webhook is set")
        deadline = time.monotonic() + float(given.get("timeout", 30))
        while not self._updates:
            self._news.clear()
            left = deadline - time.monotonic()
            try:
                await asyncio.wait_for(self._news.wait(), max(left, 0))
            except TimeoutError:
                raise ApiError(408, "Request timeout") from None
        return self._updates.popleft()

    async def _sendMessage(self, given: Mapping[str, Any]) -> Any:
        if self.next_failures:
            failure = self.next_failures.popleft()
            if isinstance(failure, ApiError):
                raise failure
            return _Cut() if isinstance(failure, str) else failure
        chat, text = _words(given, "chat_id"), _words(given, "text")
        if len(text) > 2000:
            raise ApiError(400, "Bad Request: text is too long")
        if chat in self.blocked:
            raise ApiError(403, "Forbidden")
        self.sent.append((chat, text))
        return self._receipt()

    async def _sendPhoto(self, given: Mapping[str, Any]) -> Any:
        if urlsplit(_words(given, "photo")).scheme not in ("http", "https"):
            raise ApiError(400, "Bad Request: photo must be a URL")
        if len(str(given.get("caption", ""))) > 2000:
            raise ApiError(400, "Bad Request: caption is too long")
        self.sent.append((_words(given, "chat_id"), str(given.get("caption", ""))))
        return self._receipt()

    async def _sendSticker(self, given: Mapping[str, Any]) -> Any:
        self.sent.append((_words(given, "chat_id"), _words(given, "sticker")))
        return self._receipt()

    async def _sendChatAction(self, given: Mapping[str, Any]) -> Any:
        if _words(given, "action") != "typing":
            raise ApiError(400, "Bad Request: unknown action")

    async def _setWebhook(self, given: Mapping[str, Any]) -> Any:
        if not _words(given, "url").startswith("https://"):
            raise ApiError(400, "Bad Request: url must be https")
        if not 8 <= len(_words(given, "secret_token")) <= 256:
            raise ApiError(400, "Bad Request: secret_token")
        self.webhook = {"url": given["url"], "secret": given["secret_token"]}
        return await self._getWebhookInfo(given)

    async def _deleteWebhook(self, given: Mapping[str, Any]) -> Any:
        self.webhook = None
        return {"url": "", "updated_at": 1750633372026}

    async def _getWebhookInfo(self, given: Mapping[str, Any]) -> Any:
        if not self.webhook:
            raise ApiError(404, "Not Found")
        return {"url": self.webhook["url"], "updated_at": 1750633372026}

    def _receipt(self) -> dict[str, Any]:
        self._number += 1
        return {"message_id": f"s{self._number}", "date": int(time.time() * 1000)}


class _Cut(Response):
    """A connection that ends in the middle of the answer."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        headers = [(b"content-length", b"100"), (b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"ok":', "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _parameters(request: Request) -> dict[str, Any]:
    """Return parameters that came as query, form or JSON."""
    given: dict[str, Any] = dict(request.query_params)
    data = await request.body()
    kind = request.headers.get("content-type", "").partition(";")[0]
    if kind == "application/json":
        given |= json.loads(data or b"{}")
    elif kind == "application/x-www-form-urlencoded":
        given |= dict(parse_qsl(data.decode(), strict_parsing=bool(data)))
    elif data:
        raise ApiError(400, "Bad Request: content type")
    return given


def _words(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name)
    if not isinstance(value, str) or not value:
        raise ApiError(400, f"Bad Request: {name} is empty")
    return value

"""An event loop whose clock jumps to what happens next, and messengers with bad hours.

Nothing here waits: an hour of trouble passes in seconds.
"""

from __future__ import annotations

import asyncio
import json
import random
import selectors
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

import httpx

Answer = tuple[int, Any]


class SimulatedLoop(asyncio.SelectorEventLoop):
    """Runs what is due without waiting for it."""

    def __init__(self) -> None:
        selector = selectors.DefaultSelector()
        super().__init__(selector)
        self._now = 0.0
        look = selector.select

        def select(timeout: float | None = None) -> Any:
            self._now += timeout or 0.0
            return look(0 if timeout is not None else None)

        selector.select = select  # type: ignore[method-assign]

    def time(self) -> float:
        """Return the seconds that have passed."""
        return self._now


class Messenger(httpx.AsyncBaseTransport):
    """A messenger's servers, as an HTTP client sees them.

    Args:
        kind: "telegram", "zalo_bot" or "zalo_oa": how its calls and answers look.
        mood: gives what goes wrong at a time: "calm", "slow", "failing", "limiting", "cutting",
            "lying".
        clock: seconds.

    Attributes:
        got: texts of the messages that it took → how often.
        calls: how many messages were brought, taken or not.
        early: how many came before the time that it had asked to wait was over.
    """

    def __init__(self, kind: str, mood: Callable[[float], str], clock: Callable[[], float]) -> None:
        self.got: Counter[str] = Counter()
        self.calls = 0
        self.early = 0
        self._kind = kind
        self._mood = mood
        self._clock = clock
        self._chance = random.Random(kind)
        self._not_before: dict[str, float] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a call, or fail."""
        method = request.url.path.rpartition("/")[2]
        if method not in ("sendMessage", "cs"):
            return httpx.Response(200, json=_OTHER.get(method, {"ok": True, "result": True}))
        self.calls += 1
        chat, text = _message(self._kind, request.content)
        mood = self._mood(self._clock())
        status, body = await getattr(self, f"_{mood}")(request, chat, text)
        if isinstance(body, str):
            return httpx.Response(status, text=body)
        return httpx.Response(status, json=body)

    async def _calm(self, _: httpx.Request, chat: str, text: str) -> Answer:
        self.early += self._clock() < self._not_before.get(chat, 0.0)
        self.got[text] += 1
        return 200, _TAKEN[self._kind]

    async def _slow(self, request: httpx.Request, chat: str, text: str) -> Answer:
        taken = await self._calm(request, chat, text)
        patience, takes = request.extensions["timeout"]["read"], self._chance.uniform(0, 90)
        await asyncio.sleep(min(takes, patience))
        if takes > patience:
            raise httpx.ReadTimeout("", request=request)
        return taken

    async def _failing(self, request: httpx.Request, chat: str, text: str) -> Answer:
        if self._chance.random() < 0.2:
            return await self._calm(request, chat, text)
        status = self._chance.choice((500, 502, 503, 504))
        return status, self._chance.choice(("<html>Bad Gateway</html>", _error(self._kind, status)))

    async def _limiting(self, request: httpx.Request, chat: str, text: str) -> Answer:
        if self._chance.random() < 0.3:
            return await self._calm(request, chat, text)
        self.early += self._clock() < self._not_before.get(chat, 0.0)
        wait = self._chance.choice((3, 20, 60))
        if self._kind == "telegram":  # Zalo does not say how long
            self._not_before[chat] = self._clock() + wait
        if self._kind == "zalo_oa":
            return 200, {"error": -32, "message": "rate"}
        return 429, {**_error(self._kind, 429), "parameters": {"retry_after": wait}}

    async def _cutting(self, request: httpx.Request, chat: str, text: str) -> Answer:
        if self._chance.random() < 0.2:
            return await self._calm(request, chat, text)
        kind = self._chance.choice((httpx.ConnectError, httpx.ConnectTimeout, httpx.ReadError))
        raise kind("", request=request)

    async def _lying(self, request: httpx.Request, chat: str, text: str) -> Answer:
        if self._chance.random() < 0.2:
            return await self._calm(request, chat, text)
        return 200, self._chance.choice(_NONSENSE)


_NONSENSE: tuple[Any, ...] = (
    *("", "<html>Đăng nhập Wi-Fi</html>", "{", "null", "0", '"ok"', "[" * 10_000),
    *({}, [], {"ok": None}, {"result": {}}, {"message": "Success"}, {"error": "0"}),
)
_TAKEN: Mapping[str, Any] = {
    "telegram": {
        "ok": True,
        "result": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}},
    },
    "zalo_bot": {"ok": True, "result": {"message_id": "m"}},
    "zalo_oa": {"error": 0, "message": "Success", "data": {"message_id": "m"}},
}
_OTHER: Mapping[str, Any] = {
    "getMe": {"ok": True, "result": {"id": 9, "is_bot": True, "first_name": "Bot"}},
    "access_token": {"access_token": "a", "refresh_token": "b", "expires_in": "90000"},
}


def _error(kind: str, status: int) -> dict[str, Any]:
    if kind == "zalo_oa":
        return {"error": -1, "message": "error"}
    return {"ok": False, "error_code": status, "description": "trouble"}


def _message(kind: str, content: bytes) -> tuple[str, str]:
    """Return to whom a call writes, and what."""
    if kind == "telegram":
        fields: dict[str, Any] = dict(parse_qsl(content.decode()))
        return fields["chat_id"], fields["text"]
    body = json.loads(content)
    if kind == "zalo_bot":
        return body["chat_id"], body["text"]
    return body["recipient"]["user_id"], body["message"]["text"]

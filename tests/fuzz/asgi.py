"""Posting to an ASGI application without a network, as fast as the application itself."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass
class Answered:
    """What an application answered."""

    status: int = 0
    body: bytes = b""


async def post(app: Any, path: str, body: bytes, headers: Mapping[str, bytes]) -> Answered:
    """Post and return the answer.

    Args:
        app: an ASGI application.
        path: where to.
        body: comes in two pieces.
        headers: names in small letters.
    """
    half = len(body) // 2
    pieces = [
        {"type": "http.request", "body": body[:half], "more_body": True},
        {"type": "http.request", "body": body[half:], "more_body": False},
    ]
    answered = Answered()

    async def receive() -> dict[str, Any]:
        if pieces:
            return pieces.pop(0)
        await asyncio.sleep(3600)
        raise AssertionError("nobody waits that long")

    async def send(message: Mapping[str, Any]) -> None:
        answered.status = message.get("status", answered.status)
        answered.body += message.get("body", b"")

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(name.encode(), value) for name, value in headers.items()],
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 1),
    }
    await app(scope, receive, send)
    return answered

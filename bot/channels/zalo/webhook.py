"""Taking in what Zalo posts: bounded in size and time, refused without a word of it in the log."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

LARGEST = 256 * 1024  # bytes of a delivery; real ones have a few thousand at most
SECONDS = 10.0  # how long one may take to arrive


class RefusedError(Exception):
    """A delivery is not taken.

    Args:
        status: HTTP status of the answer.
        why: a few words for the log.
    """

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


def answer(status: int = 200) -> Response:
    """Return the answer to a delivery; Zalo looks at the status only."""
    return JSONResponse({"ok": status < 400}, status)


async def raw_body(request: Request) -> bytes:
    """Return what was posted.

    Raises:
        RefusedError: it is too large, too slow, or the connection was cut.
    """
    data = bytearray()
    try:
        async with asyncio.timeout(SECONDS):
            async for piece in request.stream():
                data += piece
                if len(data) > LARGEST:
                    raise RefusedError(413, "too large")
    except TimeoutError:
        raise RefusedError(408, "too slow") from None
    except ClientDisconnect:
        raise RefusedError(400, "cut off") from None
    return bytes(data)


def parsed(request: Request, data: bytes) -> Mapping[str, Any]:
    """Return a posted JSON object.

    Raises:
        RefusedError: it says that it is something else, or is.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise RefusedError(415, "wrong content type")
    try:
        body = json.loads(data)
    except (ValueError, RecursionError):
        raise RefusedError(400, "malformed") from None
    if not isinstance(body, dict):
        raise RefusedError(400, "malformed")
    return body


def same(given: str, expected: str) -> bool:
    """Compare secrets in a time that does not tell how much of them is right."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())


def mac_of(app_id: str, data: bytes, timestamp: str, key: str) -> str:
    """Return the signature of an Official Account's webhook.

    A plain SHA-256 over application, body as it came, time and key, in Zalo's own order.
    """
    signed = app_id.encode() + data + timestamp.encode("utf-8", "replace") + key.encode()
    return "mac=" + hashlib.sha256(signed).hexdigest()

"""What a program sends to the API: read within limits and checked."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from bot.row_texts import written
from bot.streams import readable
from config.web_texts import ApiTexts
from knowledge.places import Places

LONGEST_BODY = 128 * 1024  # bytes; the longest text with every character escaped fits in
LONGEST_TEXT = 10_000  # characters; the assistant has a lower limit and says it politely
LONGEST_NAME = 200  # characters of a session, a turn, a request's id, a place
READ_WITHIN = 20.0  # seconds for the body to arrive


class RequestError(Exception):
    """A request cannot be answered.

    Args:
        status: HTTP status.
        message: one Vietnamese sentence.
        pause: seconds after which asking again makes sense; None where it never does.
    """

    def __init__(self, status: int, message: str, pause: float | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.pause = pause


@dataclass(frozen=True)
class Asked:
    """A request as checked; `id` names it, so that asked again it counts once."""

    text: str
    session: str
    turn: str | None
    place: str | None
    id: str | None


async def read_asked(request: Request, texts: ApiTexts, places: Places) -> Asked:
    """Return what a request asks.

    Raises:
        RequestError: it is no JSON, too large or not of the right form.
        ClientDisconnect: the other side hung up.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != (
        "application/json"
    ):
        raise RequestError(415, texts.media_type)
    try:
        async with asyncio.timeout(READ_WITHIN):
            body = await _body(request, texts)
    except TimeoutError:
        raise RequestError(408, texts.too_slow) from None
    return _checked(_parsed(body, texts), texts, places)


async def _body(request: Request, texts: ApiTexts) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BODY:
            raise RequestError(413, texts.too_large)
    return bytes(body)


def _parsed(body: bytes, texts: ApiTexts) -> dict[str, Any]:
    try:
        data = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise RequestError(400, texts.not_json) from None
    if not isinstance(data, dict):
        raise RequestError(400, texts.not_object)
    return data


def _checked(data: dict[str, Any], texts: ApiTexts, places: Places) -> Asked:
    text, session = data.get("text"), _name("session", data, texts)
    if not isinstance(text, str) or len(text) > LONGEST_TEXT:
        raise RequestError(400, texts.text.format(limit=written(LONGEST_TEXT)))
    if session is None:
        raise RequestError(400, texts.name.format(name="session", limit=LONGEST_NAME))
    place = _name("place", data, texts)
    if place is not None:
        known = places.resolve(place)
        if known is None:
            raise RequestError(400, texts.place.format(place=place))
        place = known
    turn, request_id = _name("turn", data, texts), _name("id", data, texts)
    return Asked(readable(text), session, turn, place, request_id)


def _name(name: str, data: dict[str, Any], texts: ApiTexts) -> str | None:
    value = data.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or not value or len(value) > LONGEST_NAME:
        raise RequestError(400, texts.name.format(name=name, limit=LONGEST_NAME))
    # JSON can carry halves of characters, which neither UTF-8 nor the store can.
    return readable(value)

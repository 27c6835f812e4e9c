"""`POST /api/service-events`: where the one-stop software says what became of a case."""

from __future__ import annotations

import logging
import os
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.ratings.desk import RatingDesk
from bot.ratings.events import EventError, Events

PATH = "/api/service-events"
VARIABLE = "CCHC_EVENTS_SECRET"
SENT_AT, SIGNATURE = "x-cchc-timestamp", "x-cchc-signature"

logger = logging.getLogger(__name__)


def event_routes(
    desk: RatingDesk,
    run: Callable[..., Awaitable[Any]],
    secret: str | None = None,
) -> list[Route]:
    """Return the routes for events.

    Args:
        desk: the ratings of the home.
        run: runs a function with its arguments in the thread of the desk's database.
        secret: shared with the one-stop software; None takes the one of the environment.
    """
    shared = os.environ.get(VARIABLE, "") if secret is None else secret
    events = Events(desk, shared.encode())
    limit = desk.settings.events.max_bytes

    async def take(request: Request) -> Response:
        body = await _body(request, limit)
        try:
            news, answer = await run(
                events.take,
                body,
                request.headers.get(SENT_AT, ""),
                request.headers.get(SIGNATURE, ""),
            )
        except EventError as error:
            # What was sent stays out of the log.
            logger.warning("service event refused: %s", error.status)
            return JSONResponse({"error": str(error)}, error.status)
        return JSONResponse(answer, 201 if news else 200)

    return [Route(PATH, take, methods=["POST"])]


async def _body(request: Request, limit: int) -> bytes:
    """Return the body, or a little more than `limit` of one that is longer."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            break
    return body

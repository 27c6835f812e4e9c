"""Attempts to get in: counted before anything is looked at, refused where there were too many."""

from __future__ import annotations

from datetime import timedelta

from starlette.requests import Request

from bot.accounts.throttle import Key
from bot.channels.web.office.cookies import KNOWN, cookie
from bot.channels.web.office.frame import Frame


class WrongError(Exception):
    """What was typed cannot be taken.

    Args:
        sentence: why.
        status: of HTTP.
        pause: seconds after which trying again makes sense.
    """

    def __init__(self, sentence: str, status: int = 403, pause: int = 0) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status
        self.pause = pause


async def begin_attempt(frame: Frame, request: Request, counted: str, account: str) -> list[Key]:
    """Count an attempt and return what it counts for, which is taken back when it succeeds.

    Args:
        frame: reaches the application.
        request: where it comes from.
        counted: what it counts for beside the address; "" for nothing.
        account: whose browser it may be.

    Raises:
        WrongError: there were too many.
    """
    throttle = frame.service.application.accounts.throttle
    address = request.client.host if request.client else ""
    mark = request.cookies.get(cookie(KNOWN, frame.secure), "")
    keys = throttle.keys(account, address, mark if account == counted else "")
    keys = [("account", counted) if kind == "account" else (kind, name) for kind, name in keys]
    keys = [key for key in keys if key != ("account", "")]
    wait = await frame.work(lambda one: one.accounts.throttle.begin(keys))
    if wait > timedelta():
        minutes = -(-int(wait.total_seconds() + 1) // 60)
        sentence = frame.words["entrance"]["locked"].format(minutes=minutes)
        raise WrongError(sentence, 429, int(wait.total_seconds()) + 1)
    return keys

"""Logging out."""

from __future__ import annotations

from starlette.responses import Response

from bot.channels.web.office.cookies import SESSION, delete_cookie
from bot.channels.web.office.gate import LOGIN
from bot.channels.web.office.page import Page
from bot.channels.web.office.visit import Visit


async def _show(visit: Visit) -> Response:
    return await visit.go("")


async def _log_out(visit: Visit) -> Response:
    """End the session; the browser forgets it and everything it may have kept of the pages."""
    token = visit.person.token
    await visit.work(lambda one: one.accounts.sessions.end(token))
    response = await visit.go(LOGIN)
    delete_cookie(response, SESSION, visit.frame.secure)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


PAGES = (Page("dang-xuat", "frame", _show, _log_out),)

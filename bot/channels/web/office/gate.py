"""The gate before every page: an open session, a role that holds now, a form of our own."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot.application import Application
from bot.channels.web.office.cookies import SESSION, cookie
from bot.channels.web.office.forms import (
    FormError,
    check_origin,
    check_token,
    read_form,
    typed_in,
)
from bot.channels.web.office.frame import BusyError, Frame
from bot.channels.web.office.page import FORM, Page
from bot.channels.web.office.visit import Person, Visit

LOGIN = "dang-nhap"


class Gate:
    """One page as an ASGI application.

    Args:
        frame: renders and reaches the application.
        page: what is shown to who may see it.
    """

    def __init__(self, frame: Frame, page: Page) -> None:
        self._frame = frame
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        try:
            response = await self._answer(request)
        except ClientDisconnect:
            return
        except Exception as error:
            response = self._frame.failed(request, error)
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        words = self._frame.words["frame"]
        visit = await self._visit(request)
        if isinstance(visit, Response):
            over = request.method == "POST" and visit.status_code == 303
            return (await self._given_back(request) if over else None) or visit
        try:
            if request.method in ("GET", "HEAD"):
                return await self._page.show(visit)
            if request.method != "POST" or self._page.act is None:
                return visit.refuse(words["no_form"], 405)
            form = await self._form(request, visit.person)
            # Sending may have taken a while; what was withdrawn meanwhile no longer counts.
            again = await self._visit(request)
            if isinstance(again, Response):
                return again
            return await self._page.act(again.sent(form))
        except FormError as error:
            return visit.refuse(error.sentence, error.status, error.typed)
        except BusyError:
            return visit.refuse(words["busy"], 503)
        finally:
            await request.close()

    async def _given_back(self, request: Request) -> Response | None:
        """Return what was typed to whose session ended meanwhile, None where nothing was."""
        words = self._frame.words["frame"]
        try:
            check_origin(request, self._frame.service.channels.server.public_url, words)
            typed = typed_in(await read_form(request, FORM, words))
        except FormError:
            return None
        if not typed:
            return None
        values = {"sentence": words["over"], "typed": typed}
        return self._frame.page(request, "sentence.html", 403, values)

    async def _visit(self, request: Request) -> Visit | Response:
        """Return the visit, or what is said to who may not make it."""
        frame, words = self._frame, self._frame.words
        token = request.cookies.get(cookie(SESSION, frame.secure), "")
        shows = request.method == "GET"
        person = await frame.work(_person, token, shows) if token else None
        if person is None:
            return frame.lead(request, LOGIN)
        visit = Visit(request, frame, person, words[self._page.words])
        if not person.holders:
            return visit.refuse(words["frame"]["withdrawn"], 403)
        if not person.may(self._page.role):
            return visit.refuse(words["frame"]["refused"], 403)
        return visit

    async def _form(self, request: Request, person: Person) -> FormData:
        words = self._frame.words["frame"]
        check_origin(request, self._frame.service.channels.server.public_url, words)
        form = await read_form(request, self._page.largest, words)
        sessions = self._frame.service.application.accounts.sessions
        check_token(form, sessions.form_token(person.token), words)
        return form


def _person(application: Application, token: str, shows: bool) -> Person | None:
    """Return whose session a secret names, with the roles that they hold now."""
    accounts = application.accounts
    session = accounts.sessions.find(token)
    if session is None:
        return None
    person = Person(session.account, token, ())
    holders = tuple(application.desk.roles.of(person.user))
    told = accounts.sessions.told(token) if shows else ""
    return Person(session.account, token, holders, told)

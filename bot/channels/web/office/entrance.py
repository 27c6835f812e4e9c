"""The pages in front of the login: logging in, opening an account by a code, a new password."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.accounts.accounts import CodeRefusedError, NameTakenError, account_name
from bot.accounts.throttle import Key
from bot.application import Application
from bot.channels.web.office.attempts import WrongError, begin_attempt
from bot.channels.web.office.cookies import (
    BEFORE,
    KNOWN,
    KNOWN_FOR,
    SESSION,
    cookie,
    delete_cookie,
    set_cookie,
)
from bot.channels.web.office.forms import FormError, check_origin, check_token, read_form
from bot.channels.web.office.frame import ROOT, BusyError, Frame
from bot.channels.web.office.gate import LOGIN
from bot.channels.web.office.new_password import flaw_of
from bot.roles import Redeeming

OPEN, RENEW = "ma", "dat-lai"
LARGEST = 16 * 1024  # bytes of a form

Step = Callable[[Request, FormData], Awaitable[Response]]


class Entrance:
    """Lets people in.

    Args:
        frame: renders and reaches the application.
    """

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._steps: Mapping[str, Step] = {
            LOGIN: self._log_in,
            OPEN: self._open,
            RENEW: self._renew,
        }
        self.routes: list[BaseRoute] = [
            Route(f"{ROOT}/{path}", self._serve, methods=["GET", "POST"]) for path in self._steps
        ]

    async def _serve(self, request: Request) -> Response:
        path = request.url.path.rpartition("/")[2]
        if request.method != "POST":
            return self._form_page(request, path)
        words = self._frame.words
        try:
            form = await self._read(request)
        except (FormError, ClientDisconnect) as error:
            sentence = getattr(error, "sentence", words["frame"]["no_form"])
            return self._form_page(request, path, {}, sentence, getattr(error, "status", 400))
        try:
            return await self._steps[path](request, form)
        except WrongError as error:
            return self._form_page(request, path, form, error.sentence, error.status, error.pause)
        except BusyError:
            return self._form_page(request, path, form, words["frame"]["busy"], 503)
        except Exception as error:
            return self._frame.failed(request, error)

    async def _read(self, request: Request) -> FormData:
        words = self._frame.words["frame"]
        check_origin(request, self._frame.service.channels.server.public_url, words)
        form = await read_form(request, LARGEST, words)
        check_token(form, self._expected(self._before(request)), words)
        return form

    def _form_page(
        self,
        request: Request,
        path: str,
        form: Mapping[str, Any] | None = None,
        problem: str = "",
        status: int = 200,
        pause: int = 0,
    ) -> Response:
        """Return a form, with what was typed but the secrets, and what is wrong with it."""
        before = self._before(request) or secrets.token_urlsafe(32)
        kept = {name: str((form or {}).get(name, "")) for name in ("name", "called", "code")}
        values = {
            "t": self._frame.words["entrance"],
            "token": self._frame.token_field(before),
            "problem": problem,
            **kept,
        }
        response = self._frame.page(request, f"{path}.html", status, values)
        set_cookie(response, BEFORE, before, self._frame.secure)
        if pause:
            response.headers["Retry-After"] = str(pause)
        return response

    async def _log_in(self, request: Request, form: FormData) -> Response:
        words, frame = self._frame.words["entrance"], self._frame
        typed = _field(form, "name").strip().lower()[:40]
        keys = await begin_attempt(frame, request, typed, typed)
        kept = await frame.work(lambda one: one.accounts.password(typed))
        passwords = frame.service.application.accounts.passwords
        right = await frame.aside(passwords.right, kept, _field(form, "password"))
        if not right or kept is None:
            raise WrongError(words["wrong"])
        token = await frame.work(_let_in, typed, kept, keys)
        if token is None:
            raise WrongError(words["wrong"])
        return await self._entered(request, typed, token)

    async def _open(self, request: Request, form: FormData) -> Response:
        words, frame = self._frame.words["entrance"], self._frame
        code, called = _field(form, "code"), _field(form, "called").strip()
        keys = await begin_attempt(frame, request, "", "")
        if not await frame.work(lambda one: one.desk.roles.opens(code)):
            raise WrongError(words["wrong_code"])
        await frame.work(lambda one: one.accounts.throttle.passed(keys))
        name = account_name(_field(form, "name"))
        if name is None:
            raise WrongError(words["bad_name"], 422)
        password = await self._new_password(form, (name, called))
        try:
            await frame.work(lambda one: one.accounts.open(name, password, code, called))
        except CodeRefusedError as error:
            no_name = error.why is Redeeming.NO_NAME
            raise WrongError(words["no_called" if no_name else "wrong_code"], 422) from None
        except NameTakenError:
            raise WrongError(words["taken"].format(name=name), 409) from None
        token = await frame.work(lambda one: one.accounts.log_in(name, password))
        return await self._entered(request, name, token or "")

    async def _renew(self, request: Request, form: FormData) -> Response:
        words, frame = self._frame.words["entrance"], self._frame
        code, name = _field(form, "code"), _field(form, "name").strip().lower()[:40]
        keys = await begin_attempt(frame, request, f"reset {name}", name)
        if not await frame.work(lambda one: one.accounts.resets.opens(name, code)):
            raise WrongError(words["wrong_reset"])
        await frame.work(lambda one: one.accounts.throttle.passed(keys))
        password = await self._new_password(form, (name,))
        if not await frame.work(lambda one: one.accounts.resets.redeem(name, password, code)):
            raise WrongError(words["wrong_reset"])
        token = await frame.work(lambda one: one.accounts.log_in(name, password))
        return await self._entered(request, name, token or "")

    async def _new_password(self, form: FormData, words: tuple[str, ...]) -> str:
        password, again = _field(form, "password"), _field(form, "again")
        problem = await flaw_of(self._frame, password, again, words)
        if problem:
            raise WrongError(problem, 422)
        passwords = self._frame.service.application.accounts.passwords
        return await self._frame.aside(passwords.hashed, password)

    async def _entered(self, request: Request, name: str, token: str) -> Response:
        """Lead in with a session of its own; whatever the browser had before ends."""
        frame = self._frame
        old = request.cookies.get(cookie(SESSION, frame.secure), "")
        if old:
            await frame.work(lambda one: one.accounts.sessions.end(old))
        response = frame.lead(request, "")
        set_cookie(response, SESSION, token, frame.secure)
        mark = frame.service.application.accounts.throttle.mark(name)
        set_cookie(response, KNOWN, mark, frame.secure, KNOWN_FOR)
        delete_cookie(response, BEFORE, frame.secure)
        return response

    def _before(self, request: Request) -> str:
        return request.cookies.get(cookie(BEFORE, self._frame.secure), "")

    def _expected(self, secret: str) -> str:
        # Without the cookie no token is right.
        if not secret:
            return secrets.token_hex()
        return self._frame.service.application.accounts.sessions.form_token(secret)


def _let_in(application: Application, name: str, kept: str, keys: list[Key]) -> str | None:
    token = application.accounts.log_in(name, kept)
    if token is not None:
        application.accounts.throttle.passed(keys)
    return token


def _field(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""

"""What all pages for officials stand in: templates, words, headers, the way to each other."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any, Concatenate, ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.application import Application
from bot.channels.web.office.menu import MenuItem
from bot.channels.web.office.visit import Person
from bot.clock import time_of, written_day
from bot.ratings.reports.writing import decimal, whole
from bot.service import Service
from config.office_pages import Words, load_office_pages

ROOT = "/can-bo"
logger = logging.getLogger(__name__)

WAITING = 20  # slow pieces of work that wait at most

P = ParamSpec("P")
T = TypeVar("T")

_POLICY = (
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "; ".join(_POLICY),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not less: with "no-referrer" browsers hide the Origin of forms, which is checked.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}


class BusyError(Exception):
    """Too much slow work is waiting."""


class Frame:
    """Renders pages and reaches the application.

    Args:
        service: of the channels.
        version: of the static files.
    """

    def __init__(self, service: Service, version: str) -> None:
        self.service = service
        self.words: Mapping[str, Words] = load_office_pages(service.application.overrides)
        self._version = version
        self._slow = CapacityLimiter(1)
        self._templates = Environment(
            loader=PackageLoader("bot.channels.web.office"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters |= {
            "day": written_day,
            "time": time_of,
            "whole": whole,
            "decimal": decimal,
        }
        self.menu: tuple[MenuItem, ...] = ()

    @property
    def secure(self) -> bool:
        """Whether people come by https, so that cookies may travel by nothing else."""
        return self.service.channels.server.public_url.startswith("https://")

    async def work(
        self, work: Callable[Concatenate[Application, P], T], *args: P.args, **named: P.kwargs
    ) -> T:
        """Return what `work(application, …)` gives, run where the store may be used."""
        application = self.service.application
        return await self.service.with_application(lambda: work(application, *args, **named))

    async def aside(self, work: Callable[..., T], *args: Any) -> T:
        """Return what slow `work(…)` gives; one at a time, beside the thread that answers.

        Raises:
            BusyError: too much is waiting.
        """
        if self._slow.statistics().tasks_waiting >= WAITING:
            raise BusyError
        return await to_thread.run_sync(work, *args, limiter=self._slow)

    def page(
        self, request: Request, template: str, status: int, values: Mapping[str, Any]
    ) -> Response:
        """Return a page.

        Args:
            request: which page is asked for.
            template: its file.
            status: of HTTP.
            values: for the template; with `person` the menu and the forms are theirs.
        """
        person: Person | None = values.get("person")
        given = {
            "frame": self.words["frame"],
            "menu": [item for item in self.menu if person is not None and person.may(item.role)],
            "here": self._below(request).partition("/")[0],
            "root": self.root(request),
            "static": f"{self.root(request)}../static/{self._version}/",
            "token": self._token(person.token) if person else "",
            "title": self.service.channels.web.title,
            "person": None,
            "typed": "",
            "role_name": self.service.texts.roles.name,
            "told": "",
        }
        written = self._templates.get_template(template).render({**given, **values})
        return HTMLResponse(written, status, HEADERS)

    def failed(self, request: Request, error: Exception) -> Response:
        """Return a page that says that something went wrong; the log gets what, not about whom."""
        logger.error("%s below %s: %s", request.method, ROOT, type(error).__name__)
        values = {"sentence": self.words["frame"]["failed"]}
        return self.page(request, "sentence.html", 500, values)

    def lead(self, request: Request, path: str) -> Response:
        """Lead on to another page.

        Args:
            request: where from.
            path: below `/can-bo/`.
        """
        return RedirectResponse(self.root(request) + path, 303, HEADERS)

    def token_field(self, secret: str) -> Markup:
        """Return the hidden field of forms that belong to a secret of the browser."""
        return self._token(secret)

    def root(self, request: Request) -> str:
        """Return what leads from the page that is asked for to `/can-bo/`."""
        return "../" * self._below(request).count("/") or "./"

    def _below(self, request: Request) -> str:
        return request.url.path.partition(f"{ROOT}/")[2]

    def _token(self, secret: str) -> Markup:
        token = self.service.application.accounts.sessions.form_token(secret)
        return Markup('<input type="hidden" name="token" value="{}">').format(token)

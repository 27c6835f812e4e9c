"""The addresses of the pages for officials."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from bot.channels.web.office.entrance import Entrance
from bot.channels.web.office.frame import HEADERS, ROOT, Frame
from bot.channels.web.office.gate import Gate
from bot.channels.web.office.menu import MenuItem
from bot.channels.web.office.pages import all_pages
from bot.service import Service


def office_routes(service: Service, version: str) -> list[BaseRoute]:
    """Return the addresses of all pages for officials.

    Args:
        service: of the channels.
        version: of the static files.
    """
    frame = Frame(service, version)
    labels = frame.words["menu"]
    pages = list(all_pages())
    frame.menu = tuple(
        MenuItem(page.path, labels[page.menu], page.role) for page in pages if page.menu
    )
    return [
        Route(ROOT, _to_start),
        *Entrance(frame).routes,
        *(Route(f"{ROOT}/{page.path}", Gate(frame, page)) for page in pages),
        Route(f"{ROOT}/{{rest:path}}", _Missing(frame)),
    ]


class _Missing:
    """Says of every other address that there is nothing; an ASGI application.

    Args:
        frame: renders.
    """

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        values = {"sentence": self._frame.words["frame"]["missing"]}
        response = self._frame.page(request, "sentence.html", 404, values)
        await response(scope, receive, send)


async def _to_start(request: Request) -> Response:
    # Relative, as the server need not be mounted at the top of its site.
    return RedirectResponse(f"{ROOT.removeprefix('/')}/", 307, HEADERS)

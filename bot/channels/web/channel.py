"""The web page as a channel: its addresses on the server."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.channels.web.api import AskApi
from bot.channels.web.asking import Asking
from bot.channels.web.files import File, read_files, version_of
from bot.channels.web.headers import (
    ASKED_AGAIN,
    KEPT_FOR_AN_HOUR,
    KEPT_FOR_EVER,
    api_headers,
    file_headers,
    page_headers,
)
from bot.channels.web.office.office import office_routes
from bot.channels.web.page import Within, page, portal_script
from bot.channels.web.sessions import CHANNEL
from bot.message import Reply
from bot.service import Service
from knowledge.places import Places

EMBEDDED = "nhung"  # “?nhung=1” makes the page fit into a frame


class WebChannel:
    """The page, its files, the portal's button and the API.

    Args:
        service: gives the replies, and has the settings and the words.
    """

    name = CHANNEL

    def __init__(self, service: Service) -> None:
        web, texts = service.channels.web, service.texts
        self._server = service.channels.server
        self._texts = texts
        self._files = read_files()
        self._version = version_of(self._files)
        template = self._files.pop("index.html").content.decode("utf-8")
        # The pages of officials are drawn after other things and fetch the style.
        style, early = self._files["style.css"], self._files.pop("early.js")
        within = Within(style.content.decode("utf-8"), early.content.decode("utf-8"))
        self._headers = page_headers(web.embed_origins, within.style, within.early)
        self._pages = {
            embedded: _html(
                page(template, within, texts.web, web.title, self._version, embedded=embedded)
            )
            for embedded in (False, True)
        }
        script = self._files.pop("embed.js").content.decode("utf-8")
        self._script = File.of(portal_script(script, texts.web, web.title).encode(), ".js")
        self._description = File.of(described(service.places), ".json")
        self._asking = Asking(service.reply, service.expected_wait)
        api = AskApi(self._asking, texts, service.places, web.embed_origins)
        self.routes: list[BaseRoute] = [
            Route("/", self._page),
            Route("/embed", self._page),
            Route("/embed.js", self._portal_script),
            Route("/static/{version}/{name}", self._file),
            Route("/api/openapi.json", self._openapi),
            Route("/api/ask", api),
            *office_routes(service, self._version),
        ]

    async def start(self) -> str:
        """Say where the page is; the server does the rest."""
        host = "127.0.0.1" if self._server.host == "0.0.0.0" else self._server.host
        address = self._server.public_url or f"http://{host}:{self._server.port}"
        return self._texts.web.running.format(url=f"{address}/")

    async def send(self, user: str, reply: Reply) -> bool:
        """Say that it was not taken: a page that is closed cannot be written to."""
        return False

    async def stop(self) -> None:
        """Finish the requests that are being answered."""
        await self._asking.finish()

    async def _page(self, request: Request) -> Response:
        embedded = request.url.path.endswith("/embed") or request.query_params.get(EMBEDDED) == "1"
        return self._pages[embedded].response(request, self._headers)

    async def _portal_script(self, request: Request) -> Response:
        return self._script.response(request, file_headers(KEPT_FOR_AN_HOUR, for_others=True))

    async def _file(self, request: Request) -> Response:
        file = self._files.get(request.path_params["name"])
        if file is None:
            return PlainTextResponse(
                self._texts.api.not_found, 404, headers=file_headers(ASKED_AGAIN)
            )
        current = request.path_params["version"] == self._version
        return file.response(request, file_headers(KEPT_FOR_EVER if current else ASKED_AGAIN))

    async def _openapi(self, request: Request) -> Response:
        headers = {**api_headers(None, ()), "Access-Control-Allow-Origin": "*"}
        return self._description.response(request, {**headers, "Cache-Control": ASKED_AGAIN})


def _html(text: str) -> File:
    return File.of(text.encode("utf-8"), ".html")


def described(places: Places) -> bytes:
    """Return the description of the API, with the names that a place may have.

    Args:
        places: the provinces and cities, then and now.
    """
    text = files("bot.channels.web").joinpath("openapi.json").read_text("utf-8")
    description: dict[str, Any] = json.loads(text)
    question: Mapping[str, Any] = description["components"]["schemas"]["Question"]
    names = [name for name in places.names() if places.resolve(name) == name]
    question["properties"]["place"]["enum"] = [*names, None]
    return json.dumps(description, ensure_ascii=False, indent=2).encode("utf-8")

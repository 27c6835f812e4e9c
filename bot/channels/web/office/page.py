"""What a page for officials is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.responses import Response

from bot.channels.web.office.visit import Visit
from bot.roles import Role

FORM = 256 * 1024  # bytes of a form without files

Handler = Callable[[Visit], Awaitable[Response]]


@dataclass(frozen=True)
class Page:
    """A page.

    Attributes:
        path: below `/can-bo/`, with parameters as Starlette writes them: "hang-cho/{group:int}".
        words: its table in `office_pages.toml`.
        show: answers GET.
        act: answers POST; None where nothing can be changed.
        role: who may see it beside administrators; None for everybody who has a role.
        menu: its key in `[menu]` of `office_pages.toml`; "" for a page that is not in the menu.
        largest: bytes of a form at most.
    """

    path: str
    words: str
    show: Handler
    act: Handler | None = None
    role: Role | None = None
    menu: str = ""
    largest: int = FORM

"""One request of somebody who is logged in: who it is, what was sent, how it is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from bot.accounts.accounts import user_of
from bot.application import Application
from bot.roles import Holder, Role
from config.office_pages import Words
from index.text import clean

if TYPE_CHECKING:
    from bot.channels.web.office.frame import Frame

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Person:
    """Somebody who is logged in.

    Attributes:
        account: what they typed to log in.
        token: secret of the session.
        holders: the roles that they hold.
        told: a sentence that the last page left for this one.
    """

    account: str
    token: str
    holders: tuple[Holder, ...]
    told: str = ""

    @property
    def user(self) -> str:
        """What they are called where `Message.user` is wanted."""
        return user_of(self.account)

    @property
    def name(self) -> str:
        """Their display name."""
        return self.holders[0].name if self.holders else self.account

    def may(self, role: Role | None) -> bool:
        """Say whether they may do what a role may; None stands for any role."""
        held = {holder.role for holder in self.holders}
        return bool(held) if role is None else role in held or Role.ADMINISTRATOR in held


@dataclass(frozen=True)
class Visit:
    """A request to a page.

    Attributes:
        request: as it came.
        frame: renders and knows the service.
        person: who asks.
        t: the words of the page.
        form: what was sent; empty for GET.
    """

    request: Request
    frame: Frame
    person: Person
    t: Words
    form: FormData = field(default_factory=FormData)

    @property
    def user(self) -> str:
        """The name of the person where `Message.user` is wanted."""
        return self.person.user

    async def work(
        self, work: Callable[Concatenate[Application, P], T], *args: P.args, **named: P.kwargs
    ) -> T:
        """Return what `work(application, …)` gives, run where the store may be used."""
        return await self.frame.work(work, *args, **named)

    async def aside(self, work: Callable[..., T], *args: Any) -> T:
        """Return what slow `work(…)` gives that needs no store, without holding up answers.

        Raises:
            BusyError: too much of that is waiting.
        """
        return await self.frame.aside(work, *args)

    def text(self, name: str, longest: int = 10_000) -> str:
        """Return a field as people would type it in a chat: NFC, without invisible characters.

        Line breaks stay; what goes beyond `longest` characters is cut off.
        """
        said = self.form.get(name)
        if not isinstance(said, str):
            return ""
        lines = clean(said.replace("\r\n", "\n")).split("\n")
        return "\n".join(line.rstrip() for line in lines).strip()[:longest]

    def number(self, name: str) -> int:
        """Return a field that names a row by its number, 0 for what is none."""
        said = self.text(name, 16)
        return int(said) if said.isascii() and said.isdigit() and len(said) < 16 else 0

    def file(self, name: str) -> UploadFile | None:
        """Return a file that was sent, None where none was chosen."""
        sent = self.form.get(name)
        return sent if isinstance(sent, UploadFile) and sent.filename else None

    def value(self, name: str) -> Any:
        """Return a parameter of the path."""
        return self.request.path_params[name]

    def asked(self, name: str) -> str:
        """Return a parameter of the query, "" where there is none."""
        return clean(self.request.query_params.get(name, "")).strip()[:200]

    def render(self, template: str, status: int = 200, **values: Any) -> Response:
        """Return a page.

        Args:
            template: its file.
            status: of HTTP.
            values: what the template names beside `t`, `root`, `token` and `person`.
        """
        return self.frame.page(self.request, template, status, self._values(values))

    def refuse(self, sentence: str, status: int = 404, typed: str = "") -> Response:
        """Return a page that says one sentence, and gives back what was typed."""
        return self.render("sentence.html", status, sentence=sentence, typed=typed)

    async def go(self, path: str, sentence: str = "") -> Response:
        """Lead on to another page, which will say a sentence."""
        if sentence:
            token = self.person.token
            await self.work(lambda one: one.accounts.sessions.tell(token, sentence))
        return self.frame.lead(self.request, path)

    def sent(self, form: FormData) -> Visit:
        """Return the visit with what was sent."""
        return replace(self, form=form)

    def _values(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {"t": self.t, "person": self.person, "told": self.person.told, **values}

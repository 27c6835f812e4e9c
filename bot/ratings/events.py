"""News from the one-stop software: a case was received, is done, was withdrawn.

Each is taken once, in whatever order it comes: the same news again changes nothing and gets the
same answer, and older news never overwrites newer.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.ratings.cases import Case, CaseState
from bot.ratings.code import PREFIX, SHORT_PREFIX
from bot.ratings.desk import RatingDesk
from bot.ratings.invitations import FOLLOWED
from bot.ratings.transaction import writing

AHEAD = timedelta(minutes=5)  # how far the other clock may be ahead of ours
CODE_LASTS = timedelta(days=30)  # after a case is done
_UNREADABLE = (
    ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError
)  # fmt: skip
# Those on which people can be written to.
CHANNELS = ("telegram", "zalo_bot", "zalo_oa")
LONGEST = 200  # characters of a case's number or a person's id


class EventError(Exception):
    """An event is refused.

    Attributes:
        status: HTTP status, 400 for what cannot be read, 401, 409, 413, 422, 503.
    """

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True)
class Event:
    """One piece of news.

    Attributes:
        case: number of the case in the one-stop software.
        office, service: their ids.
        state: what became of it.
        at: when.
        user: whom to ask, as in `Message.user`, where the software knows; None where not.
    """

    case: str
    office: str
    service: str
    state: CaseState
    at: datetime
    user: str | None


def sign(secret: bytes, sent_at: str, body: bytes) -> str:
    """Return the signature of a request: hexadecimal HMAC-SHA-256 of "sent_at.body".

    Args:
        secret: shared with the one-stop software.
        sent_at: seconds since 1970, as in the header.
        body: as it is sent.
    """
    return hmac.new(secret, sent_at.encode() + b"." + body, hashlib.sha256).hexdigest()


class Events:
    """Takes in events.

    Args:
        desk: the ratings of the home.
        secret: shared with the one-stop software; empty refuses everything.
    """

    def __init__(self, desk: RatingDesk, secret: bytes) -> None:
        self._desk = desk
        self._secret = secret

    def take(self, body: bytes, sent_at: str, signature: str) -> tuple[bool, dict[str, Any]]:
        """Take in one event.

        Args:
            body: JSON.
            sent_at: seconds since 1970 when it was sent, as the sender wrote them.
            signature: see `sign`.

        Returns:
            Whether it was news, and the answer: the case's code with its links.

        Raises:
            EventError: it is refused; nothing was stored.
        """
        self._check_signature(body, sent_at, signature)
        event = self._read(body)
        desk, texts = self._desk, self._desk.texts
        subject = desk.catalogue.subject(event.office, event.service)
        if subject is None:
            raise EventError(422, texts.event_unknown)
        if event.at > desk.clock() + AHEAD:
            raise EventError(422, texts.event_future)
        key = desk.sessions.case(event.case)
        with writing(desk.db):
            known = desk.cases.known(key)
            if known is not None and (known.office, known.service) != (event.office, event.service):
                raise EventError(409, texts.event_case)
            case = Case(key, event.office, event.service, event.state)
            news = desk.cases.note(case, event.at)
            if news:
                self._follow_up(event, case)
            elif event.user is not None and known is not None:
                self._ask(event.user, event, known)
            # A receipt is scanned as long as the case may take.
            code = desk.codes.make(event.office, event.service, FOLLOWED, key)
            standing = desk.cases.known(key) or case
        long_code = f"{PREFIX}{desk.codes.long(code)}"
        links = desk.settings.links
        return news, {
            "state": standing.state.value,
            "code": long_code,
            "typed": f"{SHORT_PREFIX} {desk.codes.short(code)}",
            "links": {
                name: link.replace("{code}", long_code)
                for name, link in (("telegram", links.telegram), ("page", links.page))
                if link
            },
        }

    def _follow_up(self, event: Event, case: Case) -> None:
        if event.user is not None:
            self._ask(event.user, event, case)
        if event.state is CaseState.COMPLETED:
            self._desk.codes.prolong(case.key, CODE_LASTS)
            self._desk.invitations.case_done(case.key, event.at)
        elif event.state is CaseState.CANCELLED:
            self._desk.invitations.case_cancelled(case.key)

    def _ask(self, user: str, event: Event, case: Case) -> None:
        subject = self._desk.catalogue.subject(case.office, case.service)
        if subject is None or self._desk.sessions.rated(case.key):
            return
        if case.state is CaseState.RECEIVED:
            self._desk.invitations.follow(user, subject, case.key)
        elif case.state is CaseState.COMPLETED:
            self._desk.invitations.schedule(user, subject, case.key, event.at)

    def _check_signature(self, body: bytes, sent_at: str, signature: str) -> None:
        texts, settings = self._desk.texts, self._desk.settings.events
        if not self._secret:
            raise EventError(503, texts.event_off)
        if len(body) > settings.max_bytes:
            raise EventError(413, texts.event_large)
        expected = sign(self._secret, sent_at, body)
        given = signature.strip().lower().removeprefix("sha256=")
        # Compared as bytes: a header may hold anything.
        right = hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace"))
        if not right or not sent_at.isdecimal() or len(sent_at) > 12:
            raise EventError(401, texts.event_signature)
        age = abs(self._desk.clock().timestamp() - int(sent_at))
        if age > settings.tolerance.total_seconds():
            raise EventError(401, texts.event_signature)

    def _read(self, body: bytes) -> Event:
        texts = self._desk.texts
        try:
            data = json.loads(body)
        except _UNREADABLE as error:
            raise EventError(400, texts.event_body) from error
        if not isinstance(data, dict):
            raise EventError(400, texts.event_body)
        case, office, service, name = (
            self._field(data, field) for field in ("case", "office", "service", "event")
        )
        if name not in set(CaseState):
            raise EventError(400, texts.event_field.format(field="event"))
        user = None if data.get("user") is None else self._field(data, "user")
        if user is not None and not user.startswith(tuple(f"{one}:" for one in CHANNELS)):
            known = ", ".join(f"{channel}:" for channel in CHANNELS)
            raise EventError(400, texts.event_user.format(channels=known))
        return Event(case, office, service, CaseState(name), self._time(data), user)

    def _field(self, data: Mapping[str, Any], field: str) -> str:
        try:
            return _text(data.get(field))
        except ValueError as error:
            raise EventError(400, self._desk.texts.event_field.format(field=field)) from error

    def _time(self, data: Mapping[str, Any]) -> datetime:
        try:
            at = datetime.fromisoformat(data["at"])
            at.astimezone(UTC)  # fails for years that no clock shows
        except _UNREADABLE as error:
            raise EventError(400, self._desk.texts.event_at) from error
        if at.tzinfo is None:  # it could be meant in two ways
            raise EventError(400, self._desk.texts.event_at)
        return at


def _text(value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value.strip()) <= LONGEST:
        raise ValueError(value)
    value.encode()  # fails for halves of letters, which JSON can hold and nothing else
    return value.strip()

"""How a rating begins: by a code, by oneself, by an invitation."""

from __future__ import annotations

import re

from bot.message import Reply, Status
from bot.ratings.cases import CaseState
from bot.ratings.code import (
    SHORT_PREFIX,
    Code,
    CodeError,
    CodeKind,
    ExpiredCodeError,
    ForgedCodeError,
    WithdrawnCodeError,
)
from bot.ratings.desk import RatingDesk
from bot.ratings.outbox import Invitation
from bot.ratings.session import Visit, Way
from bot.ratings.sessions import AlreadyRatedError, TooManyError
from bot.ratings.subjects import Subject
from bot.ratings.talk import Talk
from bot.ratings.typed import is_number

OFFERED = 9  # each has to be one digit to type
# Whole, with or without its two letters; cut short only with them and alone, so that it is not
# taken for the number of a street.
_GROUP = "[0-9a-z]{4}"
_TYPED_CODE = re.compile(
    rf"(?:{SHORT_PREFIX}[\s:.-]*{_GROUP}[\s-]?{_GROUP}[\s-]?{_GROUP}\b"
    rf"|(?=\D*\d){_GROUP}-{_GROUP}-{_GROUP}$"
    rf"|{SHORT_PREFIX}[\s:.-]*(?=\D*\d){_GROUP}(?:[\s-]?{_GROUP})?(?:[\s-]?[0-9a-z]{{1,3}})?$)",
    re.IGNORECASE,
)


class Starting:
    """Opens sessions.

    Args:
        desk: the ratings of the home.
        talk: what is said.
    """

    def __init__(self, desk: RatingDesk, talk: Talk) -> None:
        self._desk = desk
        self._talk = talk

    def code_in(self, text: str) -> str | None:
        """Return the code typed off a card that a message begins with, None where it has none."""
        found = _TYPED_CODE.match(text.strip())
        return None if found is None else found[0]

    def by_code(self, user: str, text: str, device: str | None = None) -> Reply:
        """Begin by a code that was scanned or typed.

        Args:
            user: as in `Message.user`.
            text: the long form, with or without "r_", or the short one.
            device: as in `Message.device`.
        """
        desk, texts = self._desk, self._desk.texts
        now = desk.clock()
        if not desk.misuse.may_try_codes(user, now):
            return self._refused(texts.too_many_codes)
        try:
            code = desk.codes.read(text)
            subject = desk.catalogue.subject(code.office, code.service)
            if subject is None:
                raise ForgedCodeError
        except CodeError as error:
            if isinstance(error, ForgedCodeError):
                desk.misuse.wrong_code(user, now)
            return self._refused(_sentence(error, desk))
        if code.kind is CodeKind.CASE:
            return self._by_case(user, code, subject)
        once = desk.sessions.counter(user, code.office, code.service)
        return self._opened(user, Visit(subject, Way.CODE, once, False), device)

    def by_oneself(self, user: str, words: str, device: str | None = None) -> Reply:
        """Begin without a code.

        Args:
            user: as in `Message.user`.
            words: what stood behind the command: a code, a service, an office, or nothing.
            device: as in `Message.device`.
        """
        desk = self._desk
        code = words if words.startswith("r_") else self.code_in(words)
        if code is not None:
            return self.by_code(user, code, device)
        current = desk.sessions.current(user)
        if not words and current is not None and current.progress.next() is not None:
            return self._opened(user, current.visit, device)
        found = desk.catalogue.subjects_called(words)
        if len(found) == 1:
            return self.of(user, found[0], device)
        before = "" if found else desk.texts.unknown_subject
        offered = (found or desk.catalogue.subjects_called(""))[:OFFERED]
        desk.picks.offer(desk.sessions.person(user), offered)
        return self._talk.pick(offered, before)

    def of(self, user: str, subject: Subject, device: str | None = None) -> Reply:
        """Begin with what a person chose."""
        desk = self._desk
        desk.picks.forget(desk.sessions.person(user))
        later = desk.invitations.asked_later(user, subject.service.id)
        if later is not None:
            return self._opened(user, Visit(subject, Way.LATER, later, False), invited=True)
        once = desk.sessions.counter(user, subject.office.id, subject.service.id)
        return self._opened(user, Visit(subject, Way.SELF, once, False), device)

    def by_invitation(self, invitation: Invitation) -> Reply | None:
        """Return what invites a person, None where they have answered meanwhile.

        Who agreed to be asked after a question was at one of the offices, nobody knows which.
        """
        if invitation.way is Way.LATER and len(self._desk.catalogue.offices) > 1:
            return self._asked_where(invitation)
        visit = Visit(invitation.subject, invitation.way, invitation.once, invitation.bound)
        try:
            session = self._desk.sessions.open(invitation.user, visit, invited=True)
        except (AlreadyRatedError, TooManyError):
            return None
        question = session.progress.next()
        if session.rating is not None or question is None:
            return None
        return self._talk.invite(session, question, invitation)

    def at_office(self, user: str, service: str, number: str) -> Reply | None:
        """Begin with the office that was chosen; None for what was not offered.

        Args:
            user: as in `Message.user`.
            service: id of the service that was asked about.
            number: of the office in the order of the configuration, from "1".
        """
        offered = self._desk.catalogue.subjects_called(service)[:OFFERED]
        if not is_number(number) or not 1 <= int(number) <= len(offered):
            return None
        return self.of(user, offered[int(number) - 1])

    def _asked_where(self, invitation: Invitation) -> Reply:
        desk = self._desk
        offered = desk.catalogue.subjects_called(invitation.subject.service.id)[:OFFERED]
        person = desk.sessions.person(invitation.user)
        desk.picks.offer(person, offered, desk.settings.invitations.expire_after)
        return self._talk.invite_where(invitation, offered)

    def _by_case(self, user: str, code: Code, subject: Subject) -> Reply:
        desk, texts = self._desk, self._desk.texts
        case = desk.cases.known(code.id)
        if case is None:
            return self._refused(texts.forged)
        if case.state is CaseState.CANCELLED:
            return self._refused(texts.cancelled)
        if case.state is CaseState.RECEIVED:
            desk.invitations.follow(user, subject, case.key)
            names = {"service": subject.service.name, "office": subject.office.name}
            return self._talk.note(texts.following.format(**names))
        return self._opened(user, Visit(subject, Way.CODE, case.key, True))

    def _opened(
        self, user: str, visit: Visit, device: str | None = None, *, invited: bool = False
    ) -> Reply:
        try:
            session = self._desk.sessions.open(user, visit, device, invited)
        except AlreadyRatedError:
            return self._refused(self._desk.texts.already)
        except TooManyError:
            return self._refused(self._desk.texts.too_many)
        question = session.progress.next()
        return self._talk.thank(session) if question is None else self._talk.ask(session, question)

    def _refused(self, sentence: str) -> Reply:
        return self._talk.note(sentence, Status.REFUSED)


def _sentence(error: CodeError, desk: RatingDesk) -> str:
    if isinstance(error, ExpiredCodeError):
        return desk.texts.expired
    if isinstance(error, WithdrawnCodeError):
        return desk.texts.withdrawn
    return desk.texts.forged

"""Made-up people who answer through the dialogue, as channels would bring them."""

from __future__ import annotations

from datetime import date

from bot.message import Message, Reply
from bot.ratings.desk import RatingDesk
from bot.ratings.dialogue import RatingDialogue
from bot.ratings.outbox import Invitation
from bot.ratings.session import Way
from bot.ratings.talk import turn_of

DAY = date(2026, 1, 5)


def score_of(number: int) -> int:
    """Return the level that a made-up person gives, 1 to 5."""
    return number * 7 % 5 + 1


def reason_of(number: int) -> int:
    """Return the place of the reason that a made-up person gives, 1 to 8."""
    return number * 5 % 8 + 1


class Crowd:
    """Answers for one person after the other, each about a case of their own.

    Args:
        desk: the ratings of a home made for this.
    """

    def __init__(self, desk: RatingDesk) -> None:
        self._desk = desk
        self._dialogue = RatingDialogue(desk)
        office, service = next(iter(desk.catalogue.offices)), next(iter(desk.catalogue.services))
        subject = desk.catalogue.subject(office, service)
        assert subject is not None, "both are in the configuration"
        self._subject = subject

    @staticmethod
    def user(number: int) -> str:
        """Return the name of a made-up person."""
        return f"load:{number}"

    def invite(self, number: int) -> Reply | None:
        """Ask a person; None where they have answered."""
        case = self._desk.sessions.case(f"case {number}")
        user = self.user(number)
        invitation = Invitation("", user, self._subject, Way.EVENT, case, True, False)
        return self._dialogue.starting.by_invitation(invitation)

    def say(self, number: int, text: str, turn: str | None) -> Reply | None:
        """Bring what a person says."""
        return self._dialogue.reply(Message(self.user(number), text, DAY, turn=turn))

    def rate(self, number: int) -> int:
        """Let a person rate by buttons, or finish what they had begun; return the taps."""
        taps = 0
        asked = self.invite(number)
        if asked is not None:
            self.say(number, str(score_of(number)), asked.turn)
            taps += 1
        session = self._desk.sessions.current(self.user(number))
        question = session.progress.next() if session else None
        if session is not None and question is not None:
            self.say(number, str(reason_of(number)), turn_of(session, question))
            taps += 1
        return taps

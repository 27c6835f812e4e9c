"""What an answer does: it is stored, and the next question or the thanks are said."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.message import Reply, Status
from bot.personal_data import MASK, without_personal_data
from bot.ratings.desk import RatingDesk
from bot.ratings.session import Session, State
from bot.ratings.sessions import AlreadyRatedError
from bot.ratings.talk import Talk
from config.survey import SKIPPED, Question
from index.text import clean, syllables

WRITING_FOR = timedelta(minutes=30)  # later words are no comment any more


class Answers:
    """Stores answers and says what follows.

    Args:
        desk: the ratings of the home.
        talk: what is said.
    """

    def __init__(self, desk: RatingDesk, talk: Talk) -> None:
        self._desk = desk
        self._talk = talk

    def answer(self, session: Session, question: Question, value: str) -> Reply:
        """Store the answer to a question.

        Args:
            session: whose.
            question: what is answered.
            value: id of the option, or SKIPPED.

        Raises:
            GoneError: it can no longer be changed.
        """
        try:
            session = self._desk.store.answer(session, question, value)
        except AlreadyRatedError:
            self._desk.sessions.drop(session)
            return self._talk.note(self._desk.texts.already, Status.REFUSED)
        following = session.progress.next()
        if following is None:
            return self._talk.thank(session)
        return self._talk.ask(session, following)

    def skip(self, session: Session) -> Reply | None:
        """Pass over what is asked; None where it has to be answered.

        Raises:
            GoneError: the session is over.
        """
        if session.state is not State.ASKED:
            self._desk.sessions.move(session, State.DONE)
            written = session.state is State.CHANGING
            return (
                self._talk.thank(session)
                if written
                else self._talk.note(self._desk.texts.not_written)
            )
        question = session.progress.next()
        if question is None or not question.optional:
            return None
        return self.answer(session, question, SKIPPED)

    def postpone(self, user: str, session: Session | None) -> Reply | None:
        """Ask again some days later, for the thing is not done yet; None where nothing was asked.

        Args:
            user: as in `Message.user`.
            session: of the invitation; None where the office was asked for first.
        """
        desk = self._desk
        once = desk.invitations.asked_later(user) if session is None else session.visit.once
        if once is None or (session is not None and session.rating is not None):
            return None
        if session is not None:
            desk.store.take_back(session)
        days = desk.invitations.postpone(user, once)
        return self._talk.note(desk.texts.postponed.format(days=days))

    def comment(self, session: Session, typed: str) -> Reply | None:
        """Store what was written, without personal data; None where it came too late for that.

        Raises:
            GoneError: it can no longer be changed.
        """
        desk = self._desk
        if desk.clock() - datetime.fromisoformat(session.touched) > WRITING_FOR:
            return None
        limit = desk.settings.answers.comment_characters
        text = clean(typed.encode("utf-8", "ignore").decode()).strip()
        if not syllables(text):
            return self._talk.note(desk.texts.comment_empty, Status.REFUSED)
        # Masked before it is cut, so that no half of a number is left at the end.
        masked = desk.people.without_names(without_personal_data(text), MASK)
        session = desk.store.comment(session, masked[:limit].rstrip())
        cut = limit if len(masked) > limit else None
        return self._talk.commented(session, cut, masked != text)

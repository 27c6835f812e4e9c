"""The dialogue of ratings: what a message means to the survey under way, and what is said to it.

A message is looked at in this order: a button of ours, a word of ours ("góp ý", "rút phiếu"), the
number of something offered, an answer to the question that was asked last. What is none of these
belongs to the others; from then on numbers that are typed do too, until a question is asked again.
"""

from __future__ import annotations

from bot.message import Message, Reply, Status
from bot.ratings.answers import Answers
from bot.ratings.desk import RatingDesk
from bot.ratings.session import Session, State, Way
from bot.ratings.sessions import GoneError
from bot.ratings.starting import Starting
from bot.ratings.talk import PICK, TURN, WHERE, Talk
from bot.ratings.typed import is_number, is_word
from config.survey import Question
from index.text import clean

HOUR = 3600
AWAITING = (State.ASKED, State.CHANGING, State.WRITING)


class RatingDialogue:
    """Takes the messages that belong to a rating.

    Args:
        desk: the ratings of the home.
    """

    def __init__(self, desk: RatingDesk) -> None:
        self._desk = desk
        hours = int(desk.settings.answers.change_for.total_seconds() // HOUR)
        self.desk = desk
        self.talk = Talk(desk.texts, hours)
        self.starting = Starting(desk, self.talk)
        self._answers = Answers(desk, self.talk)

    def reply(self, message: Message) -> Reply | None:
        """Return the reply to a message of a rating, None where it belongs to the others."""
        if message.sent is not None:
            return None
        session = self._desk.sessions.current(message.user)
        try:
            reply = self._pressed(message) if message.turn else self._typed(message, session)
        except GoneError:
            return self.talk.note(self._desk.texts.gone, Status.REFUSED)
        if reply is None:
            self._set_aside(message.user, session)
        return reply

    def _pressed(self, message: Message) -> Reply | None:
        kind, _, rest = (message.turn or "").partition(".")
        if kind != TURN:
            return None
        if message.turn == PICK:
            return self._picked(message) or self._gone()
        session_id, _, place = rest.partition(".")
        if session_id == WHERE:
            word = self._word(message.user, None, message.text)
            chosen = word or self.starting.at_office(message.user, place, message.text.strip())
            return chosen or self._gone()
        session = self._desk.sessions.find(message.user, session_id)
        if session is None:
            return self._gone()
        reply = self._word(message.user, session, message.text)
        if reply is not None:
            return reply
        questions = session.progress.survey.questions
        if not is_number(place) or int(place) >= len(questions):
            return self._gone()
        question = questions[int(place)]
        number = message.text.strip()
        known = {str(n): option.id for n, option in enumerate(question.options, 1)}
        if number not in known or question not in session.progress.path():
            return self._gone()
        return self._answers.answer(session, question, known[number])

    def _typed(self, message: Message, session: Session | None) -> Reply | None:
        text = " ".join(clean(message.text).split())
        if not text or text.startswith("/"):
            return None
        user = message.user
        code = self.starting.code_in(text)
        if code is not None:
            return self.starting.by_code(user, code, message.device)
        reply = self._word(user, session, text) or self._picked(message)
        if reply is not None or session is None:
            return reply
        if session.state is State.WRITING:
            return self._answers.comment(session, message.text)
        if session.state is State.CHANGING:
            return self._read(session, session.progress.survey.questions[0], text)
        question = session.progress.next()
        if session.state is State.ASKED and question is not None:
            return self._read(session, question, text)
        return None

    def _read(self, session: Session, question: Question, text: str) -> Reply | None:
        """Take an answer that was typed; ask again once where it is not clear.

        The second time it is only said that nothing was written down, and only of what can be
        nothing but an answer; after that, words belong to the others.
        """
        meant = self._desk.understanding.answer(question, text)
        if meant is not None:
            return self._answers.answer(session, question, meant)
        if session.unclear == 0 and self._desk.understanding.is_attempt(question, text):
            self._desk.sessions.move(session, session.state, unclear=1)
            return self.talk.ask(session, question, [self._desk.texts.unclear])
        if session.unclear == 1 and self._desk.understanding.is_certain_attempt(question, text):
            self._desk.sessions.move(session, session.state, unclear=2)
            most = len(question.options)
            return self.talk.note(self._desk.texts.still_unclear.format(most=most))
        return None

    def _word(self, user: str, session: Session | None, text: str) -> Reply | None:
        """Do what one of our words says."""
        texts, desk = self._desk.texts, self._desk
        if is_word(text, [texts.show]):
            return self.show(user)
        if is_word(text, [texts.stop]):
            desk.invitations.stop(user)
            return self.talk.note(texts.stopped.format(word=texts.resume))
        if is_word(text, [texts.resume]):
            desk.invitations.resume(user)
            return self.talk.note(texts.resumed)
        later = session is None or session.visit.way is Way.LATER
        if later and is_word(text, [texts.not_done]):
            return self._answers.postpone(user, session)
        if session is None:
            known = [texts.comment, texts.change, texts.take_back]
            return self.show(user) if is_word(text, known) else None
        if is_word(text, [texts.skip]) and session.state in AWAITING:
            return self._answers.skip(session)
        if session.rating is None:
            return None
        if is_word(text, [texts.comment]):
            desk.sessions.move(session, State.WRITING)
            return self.talk.ask_comment(session)
        if is_word(text, [texts.change]):
            desk.sessions.move(session, State.CHANGING)
            return self.talk.ask(session, session.progress.survey.questions[0])
        if is_word(text, [texts.take_back]):
            desk.store.take_back(session)
            return self.talk.note(texts.taken_back)
        return None

    def _picked(self, message: Message) -> Reply | None:
        desk = self._desk
        offered = desk.picks.offered(desk.sessions.person(message.user))
        number = message.text.strip().rstrip(".)")
        if not is_number(number) or not 1 <= int(number) <= len(offered):
            return None
        return self.starting.of(message.user, offered[int(number) - 1], message.device)

    def show(self, user: str) -> Reply:
        """Show a person what is kept of them."""
        found = [one for one in self._desk.sessions.of(user) if one.rating is not None]
        return self.talk.shown([(one, self._desk.store.comment_of(one)) for one in found])

    def _set_aside(self, user: str, session: Session | None) -> None:
        desk = self._desk
        desk.picks.forget(desk.sessions.person(user))
        if session is not None and session.state in AWAITING:
            desk.sessions.move(session, State.ASIDE)

    def _gone(self) -> Reply:
        return self.talk.note(self._desk.texts.gone, Status.REFUSED)

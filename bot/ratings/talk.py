"""What is said about ratings: questions, thanks, what was kept. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.message import Action, Choice, Reply, Status
from bot.offers import numbered
from bot.ratings.outbox import Invitation
from bot.ratings.session import Session, Way
from bot.ratings.subjects import Subject
from config.office import VIETNAM
from config.rating_texts import RatingTexts
from config.survey import Question

TURN = "r"  # first part of the turns of ratings
PICK = f"{TURN}.pick"
WHERE = "where"  # "r.where.1.004222": which office a service was done at


def turn_of(session: Session, question: Question) -> str:
    """Return what names a question of a session on a button: "r.1f3a9c02bd.0"."""
    return f"{TURN}.{session.id}.{session.progress.survey.questions.index(question)}"


class Talk:
    """Puts ratings into words.

    Args:
        texts: the sentences.
        change_hours: how long an answer can be changed.
    """

    def __init__(self, texts: RatingTexts, change_hours: int) -> None:
        self._texts = texts
        self._hours = change_hours

    def ask(self, session: Session, question: Question, before: Sequence[str] = ()) -> Reply:
        """Ask a question.

        Args:
            session: whose.
            question: which.
            before: sentences that go before it.
        """
        subject = session.visit.subject
        asked = question.text.format(office=subject.office.name, service=subject.service.name)
        options = enumerate(question.options, 1)
        choices = tuple(Choice(str(n), option.label, option.label) for n, option in options)
        lines = [*before, asked, *numbered(choices), self._texts.how]
        return Reply(
            Status.CLARIFY,
            "\n".join(lines),
            choices=choices,
            actions=tuple(self._beside(session, question)),
            turn=turn_of(session, question),
        )

    def _beside(self, session: Session, question: Question) -> Iterable[Action]:
        if question.optional:
            yield _action(self._texts.skip)
        if session.rating is None and session.visit.way is Way.LATER:
            yield _action(self._texts.not_done)
        if session.rating is None and session.visit.way in (Way.EVENT, Way.LATER):
            yield _action(self._texts.stop)

    def invite(self, session: Session, question: Question, invitation: Invitation) -> Reply:
        """Invite a person, or remind them."""
        return self.ask(session, question, [self._intro(invitation)])

    def invite_where(self, invitation: Invitation, subjects: Sequence[Subject]) -> Reply:
        """Invite a person of whom only the service is known; ask for the office first."""
        texts = self._texts
        choices = tuple(
            Choice(str(n), one.office.name, one.office.name) for n, one in enumerate(subjects, 1)
        )
        lines = [self._intro(invitation), texts.where, *numbered(choices), texts.how]
        return Reply(
            Status.CLARIFY,
            "\n".join(lines),
            choices=choices,
            actions=(_action(texts.not_done), _action(texts.stop)),
            turn=f"{TURN}.{WHERE}.{invitation.subject.service.id}",
        )

    def _intro(self, invitation: Invitation) -> str:
        texts, subject = self._texts, invitation.subject
        sentence = texts.asked_later if invitation.way is Way.LATER else texts.invited
        if invitation.reminder:
            sentence = texts.reminded
        return sentence.format(service=subject.service.name, office=subject.office.name)

    def thank(self, session: Session) -> Reply:
        """Say what was kept at the end, and what can still be done."""
        texts = self._texts
        survey = session.progress.survey
        lines = [
            survey.thanks,
            texts.kept.format(answers=answers_of(session)),
            texts.can_change.format(hours=self._hours),
        ]
        actions = [_action(texts.change), _action(texts.take_back)]
        if survey.words() is not None and session.comment is None:
            actions.insert(0, _action(texts.comment))
        return self._said("\n".join(lines), session, actions)

    def ask_comment(self, session: Session) -> Reply:
        """Ask for the comment."""
        words = session.progress.survey.words()
        said = words.text if words else self._texts.write
        return self._said(said, session, [_action(self._texts.skip)])

    def commented(self, session: Session, limit: int | None, masked: bool) -> Reply:
        """Say that a comment was stored, cut to `limit` characters where it is given."""
        texts = self._texts
        lines = [texts.commented]
        if limit is not None:
            lines.append(texts.comment_cut.format(limit=f"{limit:,}".replace(",", ".")))
        if masked:
            lines.append(texts.comment_masked)
        actions = [_action(texts.change), _action(texts.take_back)]
        return self._said(" ".join(lines), session, actions)

    def pick(self, subjects: Sequence[Subject], before: str = "") -> Reply:
        """Ask what is to be rated."""
        several = len({one.office.id for one in subjects}) > 1
        choices = tuple(
            Choice(str(n), label, label)
            for n, label in enumerate((_called(one, several) for one in subjects), 1)
        )
        texts = self._texts
        lines = [before, texts.pick, *numbered(choices), texts.pick_more]
        said = "\n".join(line for line in lines if line)
        return Reply(Status.CLARIFY, said, choices=choices, turn=PICK)

    def shown(self, sessions: Sequence[tuple[Session, str]]) -> Reply:
        """Show what is kept of a person.

        Args:
            sessions: those with a rating, each with its comment, "" for none.
        """
        texts = self._texts
        if not sessions:
            return Reply(Status.SMALLTALK, texts.nothing_kept.format(hours=self._hours))
        lines = []
        for session, comment in sessions:
            subject = session.visit.subject
            until = datetime.fromisoformat(session.until).astimezone(VIETNAM)
            lines.append(
                texts.shown.format(
                    service=subject.service.name,
                    office=subject.office.name,
                    answers=answers_of(session),
                    time=f"{until:%H:%M}",
                    day=f"{until:%d/%m/%Y}",
                )
            )
            if comment:
                lines.append(texts.shown_comment.format(text=comment))
        actions = [_action(texts.change), _action(texts.take_back)]
        return self._said("\n".join(lines), sessions[0][0], actions)

    def note(self, sentence: str, status: Status = Status.SMALLTALK) -> Reply:
        """Say one sentence."""
        return Reply(status, sentence)

    def _said(self, text: str, session: Session, actions: Sequence[Action]) -> Reply:
        turn = turn_of(session, session.progress.survey.questions[0])
        return Reply(Status.SMALLTALK, text, actions=tuple(actions), turn=turn)


def answers_of(session: Session) -> str:
    """Return the answers in words: "Hài lòng", or of several questions each with its name."""
    said = []
    for question, label in session.progress.given():
        said.append(f"{question.factor}: {label.lower()}" if question.factor else label)
    return "; ".join(said)


def _called(subject: Subject, with_office: bool) -> str:
    if with_office:
        return f"{subject.service.name} ({subject.office.name})"
    return subject.service.name


def _action(word: str) -> Action:
    return Action(word, word[:1].upper() + word[1:])

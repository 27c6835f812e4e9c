"""Ratings: every answer is stored in one transaction, the moment it is given."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.clock import Clock, day_of, stamp
from bot.ratings.misuse import Misuse
from bot.ratings.session import Session, State
from bot.ratings.sessions import AlreadyRatedError, GoneError, Sessions
from bot.ratings.survey import Progress
from bot.ratings.transaction import writing
from config.survey import SKIPPED, Question

CASE_KEPT = timedelta(days=400)  # how long a case counts as rated
COUNTER_KEPT = timedelta(days=2)  # the hash holds the day, so more is not needed


class RatingStore:
    """Keeps ratings apart from the people who gave them.

    Args:
        db: the home's database, migrated.
        sessions: who is answering.
        misuse: sees where ratings come from.
        change_for: how long an answer can be changed after the first one.
        clock: the time.

    Attributes:
        told: told the stars of each new rating; by default nobody is.
    """

    def __init__(
        self,
        db: Database,
        sessions: Sessions,
        misuse: Misuse,
        change_for: timedelta,
        clock: Clock,
    ) -> None:
        self._db = db
        self._sessions = sessions
        self._misuse = misuse
        self._change_for = change_for
        self._clock = clock
        self.told: Callable[[int], None] = lambda _: None

    def answer(self, session: Session, question: Question, value: str) -> Session:
        """Store an answer, new or changed, durably.

        Args:
            session: as it was shown.
            question: what is answered.
            value: id of the option, or SKIPPED.

        Raises:
            AlreadyRatedError: somebody else has rated the case meanwhile.
            GoneError: it can no longer be changed.
            ValueError: the survey does not ask this here.
        """
        now = self._clock()
        with writing(self._db):
            session = self._sessions.again(session)
            progress = session.progress.answered(question, value)
            is_first = session.rating is None
            if is_first:
                session = self._first(session, progress, now)
            self._write(session, progress)
            skipped = [name for name, given in progress.answers.items() if given == SKIPPED]
            self._sessions.set(
                session,
                skipped=json.dumps(skipped),
                state=State.ASKED if progress.next() else State.DONE,
                unclear=0,
                touched=stamp(now),
            )
            stored = self._sessions.again(session)
        if is_first:
            self.told(int(progress.answers[progress.survey.overall]))
        return stored

    def comment(self, session: Session, text: str) -> Session:
        """Store a comment, new or changed, from which personal data has been taken out.

        Raises:
            GoneError: it can no longer be changed, or nothing was answered yet.
        """
        with writing(self._db):
            session = self._sessions.again(session)
            if session.rating is None:
                raise GoneError
            number = session.comment or _random()
            self._db.execute(
                "INSERT OR REPLACE INTO rating_comments SELECT ?, subject, channel, day, score, ?,"
                " flagged FROM ratings WHERE id = ?",
                [number, text, session.rating],
            )
            state = State.ASKED if session.progress.next() else State.DONE
            self._sessions.set(session, comment=number, state=state, touched=stamp(self._clock()))
            return self._sessions.again(session)

    def comment_of(self, session: Session) -> str:
        """Return the comment of a session, "" where there is none."""
        row = self._db.execute(
            "SELECT text FROM rating_comments WHERE id = ?", [session.comment]
        ).fetchone()
        return "" if row is None else str(row[0])

    def take_back(self, session: Session) -> None:
        """Delete a rating with all its answers and its comment; the visit may be rated again.

        Raises:
            GoneError: it can no longer be taken back.
        """
        with writing(self._db):
            self._delete(self._sessions.again(session))

    def forget(self, user: str) -> None:
        """Delete everything that still hangs on a person, ratings of the last day included."""
        with writing(self._db):
            for session in self._sessions.of(user):
                self._delete(session)
            self._db.execute(
                "DELETE FROM rating_sessions WHERE person = ?", [self._sessions.person(user)]
            )

    def purge(self) -> None:
        """Cut the ties that are a day old, and forget what limits need no more."""
        now = self._clock()
        with writing(self._db):
            self._db.execute("DELETE FROM rating_sessions WHERE until <= ?", [stamp(now)])
            self._db.execute("DELETE FROM rating_once WHERE until <= ?", [stamp(now)])
            self._misuse.purge(now)

    def _first(self, session: Session, progress: Progress, now: datetime) -> Session:
        """Make the rating and use up the visit."""
        visit = session.visit
        kept = CASE_KEPT if visit.bound else COUNTER_KEPT
        until = stamp(now + kept)
        if self._sessions.rated(visit.once):
            raise AlreadyRatedError
        self._db.execute("INSERT OR REPLACE INTO rating_once VALUES (?, ?)", [visit.once, until])
        number = _random()
        self._db.execute(
            "INSERT INTO ratings (id, subject, channel, way, survey, day, score)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                number,
                session.number,
                session.channel,
                visit.way,
                progress.survey.name,
                day_of(now).isoformat(),
                int(progress.answers[progress.survey.overall]),
            ],
        )
        change_until = stamp(now + self._change_for)
        self._sessions.set(session, rating=number, until=change_until)
        self._db.execute(
            "UPDATE rating_invitations SET state = 'answered', user = NULL, due = NULL"
            " WHERE person = ? AND once = ?",
            [session.person, visit.once],
        )
        if not visit.bound:
            subject = visit.subject
            self._misuse.flag_burst(subject.office.id, subject.service.id, number, now)
        return self._sessions.again(session)

    def _write(self, session: Session, progress: Progress) -> None:
        """Write all answers of a rating anew."""
        survey = progress.survey
        self._db.execute("DELETE FROM rating_answers WHERE rating = ?", [session.rating])
        score = int(progress.answers[survey.overall])
        self._db.execute(
            "UPDATE ratings SET score = ? WHERE id = ? AND score <> ?",
            [score, session.rating, score],
        )
        if session.comment is not None:
            self._db.execute(
                "UPDATE rating_comments SET score = ? WHERE id = ?", [score, session.comment]
            )
        for name, given in progress.answers.items():
            if name != survey.overall and given != SKIPPED:
                self._db.execute(
                    "INSERT INTO rating_answers SELECT id, ?, ?, survey, subject, channel, day,"
                    " flagged FROM ratings WHERE id = ?",
                    [name, given, session.rating],
                )

    def _delete(self, session: Session) -> None:
        if session.rating is not None:
            self._db.execute("DELETE FROM ratings WHERE id = ?", [session.rating])
            self._db.execute("DELETE FROM rating_answers WHERE rating = ?", [session.rating])
            self._db.execute("DELETE FROM rating_comments WHERE id = ?", [session.comment])
            self._db.execute("DELETE FROM rating_once WHERE key = ?", [session.visit.once])
            self._misuse.forget(session.rating)
        self._db.execute("DELETE FROM rating_sessions WHERE id = ?", [session.id])
        self._db.execute(
            "UPDATE rating_invitations SET state = 'taken_back', user = NULL, due = NULL"
            " WHERE person = ? AND once = ?",
            [session.person, session.visit.once],
        )


def _random() -> int:
    """Return a number for a row that tells nothing of when it was made."""
    return secrets.randbits(62) + 1

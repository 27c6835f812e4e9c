"""What is to be sent now: invitations that are due, by day, each taken by one process.

An invitation is marked as sent right before it is sent. A process that is killed in between loses
that one, and the reminder follows a day later; nobody is ever asked twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from bot.clock import Clock, after_quiet, day_of, is_quiet, stamp
from bot.ratings.session import Way
from bot.ratings.stage import Stage
from bot.ratings.subjects import Catalogue, Subject, Subjects
from bot.ratings.transaction import writing
from config.ratings import InvitationSettings

RETRY = timedelta(minutes=10)  # after a messenger could not be reached


@dataclass(frozen=True)
class Invitation:
    """An invitation that is to be sent now.

    Attributes:
        id: names it.
        user: to whom, as in `Message.user`.
        subject: what is to be rated.
        way: by an event, or because the person agreed to be asked later.
        once: keyed hash of the visit.
        bound: whether the visit is a case.
        reminder: whether it is the reminder.
    """

    id: str
    user: str
    subject: Subject
    way: Way
    once: bytes
    bound: bool
    reminder: bool


class Outbox:
    """The invitations that are due, for every process that serves a home.

    Args:
        db: the home's database, migrated.
        catalogue: offices and services.
        subjects: their numbers.
        settings: when people are asked.
        clock: the time.
    """

    def __init__(
        self,
        db: Database,
        catalogue: Catalogue,
        subjects: Subjects,
        settings: InvitationSettings,
        clock: Clock,
    ) -> None:
        self._db = db
        self._catalogue = catalogue
        self._subjects = subjects
        self._settings = settings
        self._clock = clock

    def take(self) -> Invitation | None:
        """Return the next one that is to be sent now, marked as sent; None at night."""
        now = self._clock()
        if is_quiet(now, self._settings.quiet_from, self._settings.quiet_until):
            return None
        with writing(self._db):
            self._expire(now)
            while (row := self._first_due(now)) is not None:
                if (taken := self._taken(row, now)) is not None:
                    return taken
        return None

    def delivered(self, invitation: Invitation) -> None:
        """Forget whom to write to once nothing more is to be sent."""
        if invitation.reminder:
            with writing(self._db):
                self._db.execute(
                    "UPDATE rating_invitations SET user = NULL WHERE id = ?", [invitation.id]
                )

    def failed(self, invitation: Invitation) -> None:
        """Try again later what certainly was not sent."""
        before = Stage.SENT if invitation.reminder else Stage.WAITING
        due = self._due(self._clock() + RETRY)
        with writing(self._db):
            self._db.execute(
                "UPDATE rating_invitations SET state = ?, due = ?,"
                " sent_on = CASE WHEN ? THEN sent_on END WHERE id = ? AND state IN (?, ?)",
                [before, due, invitation.reminder, invitation.id, Stage.SENT, Stage.REMINDED],
            )

    def drop(self, invitation: Invitation) -> None:
        """Write no more about it: the person cannot be reached, or there is nothing to ask.

        It does not count as an invitation.
        """
        with writing(self._db):
            self._db.execute(
                "UPDATE rating_invitations SET state = ?, user = NULL, due = NULL, sent_on = NULL"
                " WHERE id = ?",
                [Stage.OVER, invitation.id],
            )

    def _first_due(self, now: datetime) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = self._db.execute(
            "SELECT id, person, user, office, service, kind, once, bound, state"
            " FROM rating_invitations WHERE due <= ? AND user IS NOT NULL ORDER BY due LIMIT 1",
            [stamp(now)],
        ).fetchone()
        return row

    def _taken(self, row: tuple[Any, ...], now: datetime) -> Invitation | None:
        found, person, user, office, service, way, once, bound, state = row
        subject = self._catalogue.subject(office, service)
        reminder = state == Stage.SENT
        if subject is None or (not reminder and self._is_asked(person, office, service, now)):
            # The office no longer offers it, or the person has been asked about another case.
            self._db.execute(
                "UPDATE rating_invitations SET state = ?, user = NULL, due = NULL WHERE id = ?",
                [Stage.OVER, found],
            )
            return None
        self._db.execute(
            "UPDATE rating_invitations SET state = ?, due = ?, subject = ?,"
            " sent_on = coalesce(sent_on, ?) WHERE id = ?",
            [
                Stage.REMINDED if reminder else Stage.SENT,
                None if reminder else self._due(now + self._settings.remind_after),
                self._subjects.number(subject),
                day_of(now).isoformat(),
                found,
            ],
        )
        visit = Way(way), bytes(once), bool(bound)
        return Invitation(found, user, subject, *visit, reminder)

    def _is_asked(self, person: bytes, office: str, service: str, now: datetime) -> bool:
        """Say whether a person has an invitation for the same service that waits for an answer."""
        row = self._db.execute(
            "SELECT 1 FROM rating_invitations WHERE person = ? AND office = ? AND service = ?"
            " AND state IN (?, ?) AND expires > ?",
            [person, office, service, Stage.SENT, Stage.REMINDED, stamp(now)],
        ).fetchone()
        return row is not None

    def _expire(self, now: datetime) -> None:
        self._db.execute(
            "UPDATE rating_invitations SET user = NULL, due = NULL,"
            " state = CASE state WHEN ? THEN ? WHEN ? THEN ? ELSE state END"
            " WHERE expires <= ? AND user IS NOT NULL",
            [Stage.WAITING, Stage.OVER, Stage.FOLLOWING, Stage.OVER, stamp(now)],
        )

    def _due(self, at: datetime) -> str:
        return stamp(after_quiet(at, self._settings.quiet_from, self._settings.quiet_until))

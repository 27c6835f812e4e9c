"""Who is to be asked about what, and when: once for a service, never who does not want it."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.clock import Clock, after_quiet, day_of, stamp
from bot.ratings.keys import Keys
from bot.ratings.session import Way
from bot.ratings.stage import Stage
from bot.ratings.subjects import Catalogue, Subject
from bot.ratings.transaction import writing
from config.ratings import InvitationSettings

FOLLOWED = timedelta(days=180)  # how long a case may take until it is done


class Invitations:
    """The invitations of one home.

    Args:
        db: the home's database, migrated.
        keys: hash people.
        catalogue: offices and services.
        settings: when people are asked.
        clock: the time.
    """

    def __init__(
        self,
        db: Database,
        keys: Keys,
        catalogue: Catalogue,
        settings: InvitationSettings,
        clock: Clock,
    ) -> None:
        self._db = db
        self._keys = keys
        self._catalogue = catalogue
        self._settings = settings
        self._clock = clock

    def follow(self, user: str, subject: Subject, case_key: bytes) -> bool:
        """Note that a person wants to be asked when a case is done; say whether that is new."""
        return self._insert(user, subject, case_key, True, Way.EVENT, None)

    def schedule(self, user: str, subject: Subject, case_key: bytes, done_at: datetime) -> bool:
        """Ask a person about a case that is done; say whether it is their first invitation."""
        due = done_at + self._settings.delay
        return self._insert(user, subject, case_key, True, Way.EVENT, due)

    def case_done(self, case_key: bytes, done_at: datetime) -> int:
        """Ask everyone who follows a case; return how many."""
        due = self._due(done_at + self._settings.delay)
        expires = stamp(self._clock() + self._settings.expire_after)
        with writing(self._db):
            done = self._db.execute(
                "UPDATE rating_invitations SET state = ?, due = ?, expires = ?"
                " WHERE once = ? AND state = ?",
                [Stage.WAITING, due, expires, case_key, Stage.FOLLOWING],
            )
        return int(done.rowcount)

    def case_cancelled(self, case_key: bytes) -> None:
        """Ask nobody about a case that was withdrawn."""
        with writing(self._db):
            self._db.execute(
                "UPDATE rating_invitations SET state = ?, user = NULL, due = NULL"
                " WHERE once = ? AND state IN (?, ?)",
                [Stage.OVER, case_key, Stage.FOLLOWING, Stage.WAITING],
            )

    def ask_later(self, user: str, procedure: str, days: int | None = None) -> bool:
        """Ask "đã làm xong chưa?" some days after a question, which the person agreed to.

        Args:
            user: as in `Message.user`.
            procedure: its code; the first office of the configuration is rated.
            days: in how many days; None for the configured number.

        Returns:
            Whether it was noted; False where it was before, where the person does not want to be
            asked, or where the service is unknown.
        """
        office = next(iter(self._catalogue.offices))
        subject = self._catalogue.subject(office, procedure)
        if subject is None:
            return False
        wait = self._settings.ask_later if days is None else timedelta(days=days)
        due = self._clock() + wait
        once = self._keys.hashed("later", user, procedure, day_of(due).isoformat()[:7])
        return self._insert(user, subject, once, False, Way.LATER, due)

    def postpone(self, user: str, once: bytes) -> int:
        """Ask a person again who has not done it yet; return in how many days."""
        due = self._clock() + self._settings.ask_later
        with writing(self._db):
            self._db.execute(
                "UPDATE rating_invitations SET state = ?, user = ?, due = ?, expires = ?"
                " WHERE person = ? AND once = ?",
                [
                    Stage.WAITING,
                    user,
                    self._due(due),
                    stamp(due + self._settings.expire_after),
                    self._person(user),
                    once,
                ],
            )
        return self._settings.ask_later.days

    def asked_later(self, user: str, service: str | None = None) -> bytes | None:
        """Return the keyed hash of what a person was asked later about and has not answered.

        Args:
            user: as in `Message.user`.
            service: its id, None for any.
        """
        row = self._db.execute(
            "SELECT once FROM rating_invitations WHERE person = ? AND kind = ?"
            " AND state IN (?, ?) AND expires > ? AND ? IN (service, '')"
            " ORDER BY expires DESC LIMIT 1",
            [
                self._person(user),
                Way.LATER,
                Stage.SENT,
                Stage.REMINDED,
                stamp(self._clock()),
                service or "",
            ],
        ).fetchone()
        return None if row is None else bytes(row[0])

    def stop(self, user: str) -> None:
        """Ask a person no more, about anything."""
        person = self._person(user)
        with writing(self._db):
            self._db.execute("INSERT OR IGNORE INTO rating_stopped VALUES (?)", [person])
            self._db.execute(
                "UPDATE rating_invitations SET state = ?, user = NULL, due = NULL"
                " WHERE person = ? AND user IS NOT NULL",
                [Stage.OVER, person],
            )

    def resume(self, user: str) -> None:
        """Ask a person again who had it stopped."""
        with writing(self._db):
            self._db.execute("DELETE FROM rating_stopped WHERE person = ?", [self._person(user)])

    def stopped(self, user: str) -> bool:
        """Say whether a person does not want to be asked."""
        row = self._db.execute(
            "SELECT 1 FROM rating_stopped WHERE person = ?", [self._person(user)]
        ).fetchone()
        return row is not None

    def forget(self, user: str) -> None:
        """Delete what hangs on a person; that they do not want to be asked stays, as a hash."""
        with writing(self._db):
            self._db.execute(
                "UPDATE rating_invitations SET person = randomblob(16), user = NULL, due = NULL"
                " WHERE person = ?",
                [self._person(user)],
            )

    def _insert(
        self,
        user: str,
        subject: Subject,
        once: bytes,
        bound: bool,
        way: Way,
        due: datetime | None,
    ) -> bool:
        lasts = self._settings.expire_after if due is not None else FOLLOWED
        with writing(self._db):
            if self.stopped(user):
                return False
            done = self._db.execute(
                "INSERT OR IGNORE INTO rating_invitations (id, person, user, once, bound, kind,"
                " office, service, state, due, expires, channel)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    secrets.token_hex(8),
                    self._person(user),
                    user,
                    once,
                    int(bound),
                    way,
                    subject.office.id,
                    subject.service.id,
                    Stage.FOLLOWING if due is None else Stage.WAITING,
                    None if due is None else self._due(due),
                    stamp((due or self._clock()) + lasts),
                    user.partition(":")[0],
                ],
            )
        return bool(done.rowcount)

    def _due(self, at: datetime) -> str:
        return stamp(after_quiet(at, self._settings.quiet_from, self._settings.quiet_until))

    def _person(self, user: str) -> bytes:
        return self._keys.hashed("person", user)

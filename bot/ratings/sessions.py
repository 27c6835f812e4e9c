"""Who is answering what: sessions under keyed hashes, each gone a day after its first answer."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from bot.clock import Clock, day_of, stamp
from bot.ratings.keys import Keys
from bot.ratings.misuse import Misuse
from bot.ratings.session import Session, State, Visit
from bot.ratings.session_rows import SessionRows
from bot.ratings.subjects import Subjects
from bot.ratings.transaction import writing
from config.survey import Survey
from config.surveys import survey_for


class AlreadyRatedError(Exception):
    """Someone has answered for this case, or this person for this counter today."""


class TooManyError(Exception):
    """The person or the device has sent as many ratings without a case as a day allows."""


class GoneError(Exception):
    """The session is over: its answers can no longer be changed."""


class Sessions:
    """The sessions of one home.

    Args:
        db: the home's database, migrated.
        keys: hash people and what may be rated once.
        subjects: services at offices.
        surveys: by name.
        misuse: says whether a person may begin.
        kept: how long a session waits for its first answer.
        clock: the time.
    """

    def __init__(
        self,
        db: Database,
        keys: Keys,
        subjects: Subjects,
        surveys: Mapping[str, Survey],
        misuse: Misuse,
        kept: timedelta,
        clock: Clock,
    ) -> None:
        self._db = db
        self._keys = keys
        self._subjects = subjects
        self._surveys = surveys
        self._misuse = misuse
        self._kept = kept
        self._clock = clock
        self._rows = SessionRows(db, subjects, surveys)

    def person(self, user: str) -> bytes:
        """Return the keyed hash of a person."""
        return self._keys.hashed("person", user)

    def case(self, case_id: str) -> bytes:
        """Return the keyed hash of a case of the one-stop software."""
        return self._keys.hashed("case", case_id)

    def counter(self, user: str, office: str, service: str) -> bytes:
        """Return the keyed hash of a person's visits to a counter today."""
        day = day_of(self._clock()).isoformat()
        return self._keys.hashed("visit", user, office, service, day)

    def open(
        self, user: str, visit: Visit, device: str | None = None, invited: bool = False
    ) -> Session:
        """Return the session for a visit, the one begun before or a new one.

        Args:
            user: as in `Message.user`.
            visit: what is to be rated.
            device: as in `Message.device`.
            invited: whether we asked the person, which no limit on people speaks against.

        Raises:
            AlreadyRatedError: it was rated, and this person cannot change it.
            TooManyError: today's measure is full.
        """
        now = self._clock()
        person = self.person(user)
        with writing(self._db):
            found = self._rows.one(
                "person = ? AND once = ? AND until > ?", [person, visit.once, now]
            )
            if self.rated(visit.once) and (found is None or found.rating is None):
                raise AlreadyRatedError
            if found is not None:
                state = State.ASKED if found.progress.next() else State.DONE
                self.set(found, state=state, touched=stamp(now), unclear=0)
                return self.again(found)
            free = visit.bound or invited
            if not free and not self._misuse.allows(user, device, now):
                raise TooManyError
            if not free:
                self._misuse.came(user, device, now)
            session_id = self._insert(user, person, visit, now)
            opened = self.find(user, session_id)
            assert opened is not None, "it was inserted just now"
            return opened

    def current(self, user: str) -> Session | None:
        """Return the session that a person dealt with last, None where there is none."""
        return self._rows.one(
            "person = ? AND until > ? ORDER BY touched DESC, id LIMIT 1",
            [self.person(user), self._clock()],
        )

    def find(self, user: str, session_id: str) -> Session | None:
        """Return a person's session by its id, None where it is over or somebody else's."""
        return self._rows.one(
            "person = ? AND id = ? AND until > ?", [self.person(user), session_id, self._clock()]
        )

    def of(self, user: str) -> list[Session]:
        """Return all sessions of a person that are not over, newest first."""
        return self._rows.all(
            "person = ? AND until > ? ORDER BY touched DESC, id",
            [self.person(user), self._clock()],
        )

    def move(self, session: Session, state: State, unclear: int = 0) -> None:
        """Note what the person's next words are to the survey."""
        with writing(self._db):
            changes: dict[str, Any] = {"state": state, "unclear": unclear}
            if state is not State.ASIDE:
                changes["touched"] = stamp(self._clock())
            self.set(session, **changes)

    def drop(self, session: Session) -> None:
        """Forget a session in which nothing was answered."""
        with writing(self._db):
            self._db.execute(
                "DELETE FROM rating_sessions WHERE id = ? AND rating IS NULL", [session.id]
            )

    def again(self, session: Session) -> Session:
        """Return a session as it is now.

        Raises:
            GoneError: it is over.
        """
        found = self._rows.one("id = ? AND until > ?", [session.id, self._clock()])
        if found is None:
            raise GoneError
        return found

    def set(self, session: Session, **changes: Any) -> None:
        """Change columns of a session's row."""
        names = ", ".join(f"{name} = ?" for name in changes)
        self._db.execute(
            f"UPDATE rating_sessions SET {names} WHERE id = ?", [*changes.values(), session.id]
        )

    def rated(self, once: bytes) -> bool:
        """Say whether a visit was rated, by whomever."""
        row = self._db.execute(
            "SELECT 1 FROM rating_once WHERE key = ? AND until > ?", [once, stamp(self._clock())]
        ).fetchone()
        return row is not None

    def _insert(self, user: str, person: bytes, visit: Visit, now: datetime) -> str:
        subject = visit.subject
        survey = survey_for(self._surveys, subject.service.id, subject.service.field)
        # Over, not purged yet.
        self._db.execute(
            "DELETE FROM rating_sessions WHERE person = ? AND once = ?", [person, visit.once]
        )
        session_id = secrets.token_hex(5)
        self._db.execute(
            "INSERT INTO rating_sessions (id, person, once, bound, subject, channel, way, survey,"
            " state, touched, until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                session_id,
                person,
                visit.once,
                int(visit.bound),
                self._subjects.number(subject),
                user.partition(":")[0],
                visit.way,
                survey.name,
                State.ASKED,
                stamp(now),
                stamp(now + self._kept),
            ],
        )
        return session_id

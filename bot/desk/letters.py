"""Letters to single people: an official's answer, a note to an official. Sent once, then erased.

A letter is sent by a messenger where the person's address is known and they can be reached, else it
goes with the reply to their next message.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.clock import Clock, stamp
from bot.parcel import Parcel
from bot.pseudonyms import Pseudonyms
from config.office import QueueSettings

RETRY = timedelta(minutes=10)
TRIES = 12
STUCK = timedelta(minutes=10)  # after which a letter under way is taken for one that was cut off
AGAIN = timedelta(minutes=5)  # how long the same message, delivered again, brings the same letters

WAITING, UNDER_WAY, AWAY, HANDED = "waiting", "under way", "away", "handed"


class Letters:
    """The letters of a home.

    Args:
        db: the home's database, migrated.
        pseudonyms: of this home.
        settings: how long a letter is kept.
        clock: the time.
    """

    def __init__(
        self, db: Database, pseudonyms: Pseudonyms, settings: QueueSettings, clock: Clock
    ) -> None:
        self._db = db
        self._pseudonyms = pseudonyms
        self._settings = settings
        self._clock = clock

    def write(self, person: str, address: str | None, text: str) -> None:
        """Keep a letter until it is sent.

        Args:
            person: pseudonym.
            address: as in `Message.user`; None where it is not known, so that it waits.
            text: what it says.
        """
        now = stamp(self._clock())
        state = AWAY if address is None else WAITING
        with self._db.atomic():
            self._db.execute(
                "INSERT INTO desk_letters (person, address, text, state, due, made_at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                [person, address, text, state, now, now],
            )

    def notify(self, user: str, text: str, due: datetime) -> None:
        """Write a note to an official unless one was written lately."""
        person, now = self._pseudonyms.of(user), self._clock()
        since = stamp(now - self._settings.notify)
        with self._db.atomic():
            self._db.execute(
                "INSERT INTO desk_letters (person, address, text, state, due, made_at, digest)"
                " SELECT ?1, ?2, ?3, ?4, ?5, ?6, 'note' WHERE NOT EXISTS (SELECT 1"
                " FROM desk_letters WHERE person = ?1 AND digest = 'note'"
                " AND (made_at > ?7 OR state = ?4))",
                [person, user, text, WAITING, stamp(due), stamp(now), since],
            )

    def hand_over(self, user: str, message: str) -> list[str]:
        """Return the letters that wait for a person who is writing now.

        The same message may be delivered again after a kill; then it brings the same letters.

        Args:
            user: as in `Message.user`.
            message: what they wrote.
        """
        person, now = self._pseudonyms.of(user), self._clock()
        waiting = "SELECT id FROM desk_letters WHERE person = ? AND digest IS NOT 'note'"
        if self._db.execute(f"{waiting} LIMIT 1", [person]).fetchone() is None:
            return []  # nearly always; and nothing has to be written then
        digest = hashlib.sha256(message.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        with self._db.atomic():
            self._db.execute(
                "DELETE FROM desk_letters WHERE person = ? AND state = ? AND (made_at < ?"
                " OR digest <> ?)",
                [person, HANDED, stamp(now - AGAIN), digest],
            )
            rows = self._db.execute(
                "UPDATE desk_letters SET state = ?1, address = NULL, digest = ?2,"
                " made_at = iif(state = ?1, made_at, ?3) WHERE person = ?4 AND digest IS NOT 'note'"
                " AND (state IN (?1, ?5, ?6) OR due < ?7) RETURNING id, text",
                [HANDED, digest, stamp(now), person, WAITING, AWAY, stamp(now - STUCK)],
            ).fetchall()
        return [str(text) for _, text in sorted(rows)]

    def take(self) -> Parcel | None:
        """Return a letter to be sent now, marked so that nobody else sends it."""
        now = self._clock()
        with self._db.atomic():  # a row that is returned is written with the transaction
            row = self._db.execute(
                "UPDATE desk_letters SET state = ?, due = ? WHERE id = (SELECT id FROM desk_letters"
                " WHERE state = ? AND due <= ? AND address IS NOT NULL ORDER BY due, id LIMIT 1)"
                " RETURNING id, address, text",
                [UNDER_WAY, stamp(now), WAITING, stamp(now)],
            ).fetchall()
        return Parcel(row[0][0], row[0][1], row[0][2]) if row else None

    def sent(self, parcel: Parcel) -> None:
        """Erase a letter that arrived; of a note stays for a while that it was written."""
        with self._db.atomic():
            self._db.execute(
                "DELETE FROM desk_letters WHERE id = ? AND digest IS NOT 'note'", [parcel.id]
            )
            self._db.execute(
                "UPDATE desk_letters SET state = ?, address = NULL WHERE id = ?", [AWAY, parcel.id]
            )

    def unreachable(self, parcel: Parcel) -> None:
        """Let a letter wait until the person writes."""
        with self._db.atomic():
            self._db.execute(
                "UPDATE desk_letters SET state = ?, address = NULL WHERE id = ? AND state = ?",
                [AWAY, parcel.id, UNDER_WAY],
            )

    def failed(self, parcel: Parcel) -> None:
        """Try again later what certainly was not sent; after many tries wait for the person."""
        due = stamp(self._clock() + RETRY)
        with self._db.atomic():
            self._db.execute(
                "UPDATE desk_letters SET tries = tries + 1, due = ?, state = iif(tries + 1 < ?,"
                " ?, ?) WHERE id = ? AND state = ?",
                [due, TRIES, WAITING, AWAY, parcel.id, UNDER_WAY],
            )

    def of(self, user: str) -> list[str]:
        """Return the letters that wait for a person."""
        rows = self._db.execute(
            "SELECT text FROM desk_letters WHERE person = ? ORDER BY id",
            [self._pseudonyms.of(user)],
        )
        return [str(text) for (text,) in rows.fetchall()]

    def expire(self) -> None:
        """Erase what could not be delivered for too long."""
        with self._db.atomic():
            self._db.execute(
                "DELETE FROM desk_letters WHERE made_at < ?",
                [stamp(self._clock() - self._settings.keep)],
            )

    def forget(self, user: str) -> None:
        """Erase the letters to a person."""
        with self._db.atomic():
            self._db.execute(
                "DELETE FROM desk_letters WHERE person = ?", [self._pseudonyms.of(user)]
            )

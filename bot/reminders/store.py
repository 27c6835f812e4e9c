"""Who wants to be reminded of what, and which reminders were written.

A reminder is marked before it is sent: a process that is killed in between loses that one; what is
certain is that nobody is reminded twice of the same day.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlite_utils import Database, Migrations

from bot.parcel import Parcel
from bot.pseudonyms import Pseudonyms
from knowledge.migrating import migrate

KEPT = timedelta(days=60)  # how long it is known what was written
TRIES = 5
RETRY = timedelta(minutes=10)

migrations = Migrations("reminders")


@migrations()
def create_reminders(db: Database) -> None:
    """Subscriptions with the address to write to, and the reminders of each day."""
    db.execute(
        "CREATE TABLE subscriptions (id INTEGER PRIMARY KEY, person TEXT NOT NULL,"
        " address TEXT NOT NULL, words TEXT NOT NULL, since TEXT NOT NULL, UNIQUE (person, words))"
    )
    db.execute(
        "CREATE TABLE reminders (id INTEGER PRIMARY KEY, subscription INTEGER NOT NULL"
        " REFERENCES subscriptions(id) ON DELETE CASCADE, key TEXT NOT NULL, text TEXT NOT NULL,"
        " due TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'pending',"
        " tries INTEGER NOT NULL DEFAULT 0, UNIQUE (subscription, key))"
    )
    db.execute("CREATE INDEX reminders_due ON reminders(state, due)")


@dataclass(frozen=True)
class Subscription:
    """What one person wants to be reminded of: the words of a look-up; "" means everything."""

    id: int
    address: str
    words: str


@dataclass(frozen=True)
class Reminder:
    """A reminder to write: `key` tells it from every other one of its subscription."""

    subscription: int
    key: str
    text: str


class ReminderStore:
    """The subscriptions and reminders of one home.

    Args:
        db: the home's database.
        pseudonyms: of this home.
    """

    def __init__(self, db: Database, pseudonyms: Pseudonyms) -> None:
        self._db = db
        self._pseudonyms = pseudonyms
        migrate(db, migrations)

    def subscribe(self, user: str, words: str) -> bool:
        """Note that a person wants reminders; say whether that is new."""
        row = [self._pseudonyms.of(user), user, words, date.today().isoformat()]
        with self._db.atomic():
            done = self._db.execute(
                "INSERT OR IGNORE INTO subscriptions (person, address, words, since)"
                " VALUES (?, ?, ?, ?)",
                row,
            )
        return bool(done.rowcount)

    def unsubscribe(self, user: str, subscription: int | None = None) -> int:
        """End one subscription of a person, or all; return how many there were."""
        with self._db.atomic():
            done = self._db.execute(
                "DELETE FROM subscriptions WHERE person = ? AND (? IS NULL OR id = ?)",
                [self._pseudonyms.of(user), subscription, subscription],
            )
        return int(done.rowcount)

    def of(self, user: str) -> list[Subscription]:
        """Return what a person is reminded of, the oldest first."""
        return self._subscriptions("WHERE person = ?", [self._pseudonyms.of(user)])

    def all(self) -> list[Subscription]:
        """Return the subscriptions of everybody."""
        return self._subscriptions("", [])

    def plan(self, reminders: Iterable[Reminder], now: datetime) -> int:
        """Put reminders into the queue, those that were there before left out; count the new."""
        planned = 0
        with self._db.atomic():
            for one in reminders:
                done = self._db.execute(
                    "INSERT OR IGNORE INTO reminders (subscription, key, text, due)"
                    " VALUES (?, ?, ?, ?)",
                    [one.subscription, one.key, one.text, _stamp(now)],
                )
                planned += done.rowcount
        return planned

    def take(self, now: datetime) -> Parcel | None:
        """Return the next reminder, marked as under way; None where there is none."""
        with self._db.atomic():
            rows = self._db.execute(
                "UPDATE reminders SET state = 'under way' WHERE id = (SELECT id FROM reminders"
                " WHERE state = 'pending' AND due <= ? ORDER BY due, id LIMIT 1)"
                " RETURNING id, subscription, text",
                [_stamp(now)],
            ).fetchall()
            if not rows:
                return None
            row = rows[0]
            found = self._db.execute(
                "SELECT address FROM subscriptions WHERE id = ?", [row[1]]
            ).fetchone()
        return Parcel(int(row[0]), str(found[0]), str(row[2]))

    def settle(self, reminder: int, state: str) -> None:
        """Note what became of a reminder."""
        with self._db.atomic():
            self._db.execute("UPDATE reminders SET state = ? WHERE id = ?", [state, reminder])

    def drop(self, reminder: int) -> None:
        """End the subscription of a person who cannot be reached any more."""
        with self._db.atomic():
            self._db.execute(
                "DELETE FROM subscriptions WHERE id ="
                " (SELECT subscription FROM reminders WHERE id = ?)",
                [reminder],
            )

    def retry(self, reminder: int, now: datetime) -> None:
        """Try a reminder again later, a few times."""
        with self._db.atomic():
            self._db.execute(
                "UPDATE reminders SET tries = tries + 1, due = ?,"
                " state = CASE WHEN tries + 1 < ? THEN 'pending' ELSE 'failed' END WHERE id = ?",
                [_stamp(now + RETRY), TRIES, reminder],
            )

    def expire(self, now: datetime) -> None:
        """Forget what was written long ago."""
        with self._db.atomic():
            self._db.execute("DELETE FROM reminders WHERE due < ?", [_stamp(now - KEPT)])

    def forget(self, user: str) -> None:
        """Forget the person."""
        self.unsubscribe(user)

    def _subscriptions(self, where: str, values: list[str]) -> list[Subscription]:
        rows = self._db.execute(
            f"SELECT id, address, words FROM subscriptions {where} ORDER BY id", values
        )
        return [Subscription(int(i), str(a), str(w)) for i, a, w in rows.fetchall()]


def key_of(document: str, task: str, day: date, ahead: int) -> str:
    """Return what tells one reminder from another: the task, its day, how far ahead."""
    said = f"{document}\n{task}\n{day.isoformat()}\n{ahead}"
    return hashlib.sha256(said.encode()).hexdigest()[:24]


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")

"""Notices to all who want them, or to those of one place: each person gets a notice once.

A message is marked before it is sent. A process that is killed in between loses that one message;
what is certain is that nobody is written to twice. Whoever stops taking notices is passed over,
also by one that is being sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlite_utils import Database, Migrations

from bot.audit import COMMAND_LINE, Action, Audit
from bot.clock import Clock, stamp
from bot.parcel import Parcel
from bot.pseudonyms import Pseudonyms
from config.office import SendingSettings
from knowledge.migrating import migrate

RETRY = timedelta(minutes=5)
TRIES = 12
KEPT = timedelta(days=90)  # how long it is known who got a notice
SHOWN = 5

PENDING, UNDER_WAY, SENT, FAILED, SKIPPED = "pending", "under way", "sent", "failed", "skipped"

migrations = Migrations("notices")


@migrations()
def create_notices(db: Database) -> None:
    """Who takes notices, the notices, and who gets which."""
    db.execute(
        "CREATE TABLE notice_readers (person TEXT PRIMARY KEY, address TEXT NOT NULL,"
        " since TEXT NOT NULL) WITHOUT ROWID"
    )
    db.execute(
        "CREATE TABLE notices (id INTEGER PRIMARY KEY, text TEXT NOT NULL, place TEXT,"
        " state TEXT NOT NULL, at TEXT NOT NULL)"
    )
    db.execute(
        "CREATE TABLE notice_copies (id INTEGER PRIMARY KEY, notice INTEGER NOT NULL"
        " REFERENCES notices(id) ON DELETE CASCADE, person TEXT NOT NULL, state TEXT NOT NULL,"
        " due TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0, UNIQUE (notice, person))"
    )
    db.execute("CREATE INDEX notice_copies_due ON notice_copies(state, due)")


class State(StrEnum):
    """How far a notice is."""

    WAITING = "waiting"
    DONE = "done"
    HALTED = "halted"


@dataclass(frozen=True)
class Notice:
    """A notice and how far it is.

    Attributes:
        id: names it.
        text: what it says.
        place: province or city whose people get it; None for everybody.
        state: how far it is.
        at: when it was sent off, ISO 8601.
        sent, count: how many got it so far, of how many.
    """

    id: int
    text: str
    place: str | None
    state: State
    at: str
    sent: int
    count: int


class Notices:
    """The notices of a home, and a box of their copies to send.

    Args:
        db: the home's database.
        pseudonyms: of this home.
        settings: the hours without messages.
        audit: where changes are noted.
        clock: the time.
    """

    def __init__(
        self,
        db: Database,
        pseudonyms: Pseudonyms,
        settings: SendingSettings,
        audit: Audit,
        clock: Clock,
    ) -> None:
        self._db = db
        self._pseudonyms = pseudonyms
        self._settings = settings
        self._audit = audit
        self._clock = clock
        migrate(db, migrations)

    def subscribe(self, user: str) -> None:
        """Note that a person wants notices; only then their address is kept."""
        with self._db.atomic():
            self._db.execute(
                "INSERT OR IGNORE INTO notice_readers VALUES (?, ?, ?)",
                [self._pseudonyms.of(user), user, stamp(self._clock())],
            )

    def unsubscribe(self, user: str) -> bool:
        """Erase the address of a person; say whether it was kept."""
        with self._db.atomic():
            done = self._db.execute(
                "DELETE FROM notice_readers WHERE person = ?", [self._pseudonyms.of(user)]
            )
        return bool(done.rowcount)

    def taken_by(self, user: str) -> bool:
        """Say whether a person wants notices."""
        row = self._db.execute(
            "SELECT 1 FROM notice_readers WHERE person = ?", [self._pseudonyms.of(user)]
        ).fetchone()
        return row is not None

    def readers(self, place: str | None = None) -> int:
        """Return how many people would get a notice now."""
        (count,) = self._db.execute(f"SELECT count(*) {_READERS}", [place]).fetchone()
        return int(count)

    def send(self, text: str, place: str | None = None, actor: str = COMMAND_LINE) -> Notice:
        """Send a notice to everybody who wants notices, or to those of one place.

        Args:
            text: what it says.
            place: province or city that people chose for theirs.
            actor: who sends it.
        """
        now = stamp(self._clock())
        with self._db.atomic():
            found = self._db.execute(
                "INSERT INTO notices (text, place, state, at) VALUES (?, ?, ?, ?)",
                [text, place, State.WAITING.value, now],
            ).lastrowid
            self._db.execute(
                "INSERT INTO notice_copies (notice, person, state, due)"
                f" SELECT ?2, r.person, ?3, ?4 {_READERS}",
                [place, found, PENDING, now],
            )
            self._audit.note(Action.NOTICE_SENT, f"b{found}", place or "", actor)
            self._finish()
        assert found is not None
        return self.notice(found)

    def stop(self, notice: int, actor: str = COMMAND_LINE) -> Notice:
        """Send no more copies of a notice.

        Raises:
            KeyError: there is no such notice under way.
        """
        with self._db.atomic():
            done = self._db.execute(
                "UPDATE notices SET state = ? WHERE id = ? AND state = ?",
                [State.HALTED.value, notice, State.WAITING.value],
            )
            if not done.rowcount:
                raise KeyError(notice)
            self._db.execute(
                "UPDATE notice_copies SET state = ? WHERE notice = ? AND state = ?",
                [SKIPPED, notice, PENDING],
            )
            self._audit.note(Action.NOTICE_STOPPED, f"b{notice}", "", actor)
        return self.notice(notice)

    def notice(self, notice: int) -> Notice:
        """Return a notice.

        Raises:
            KeyError: there is none of that id.
        """
        found = self._notices("WHERE n.id = ?", [notice])
        if not found:
            raise KeyError(notice)
        return found[0]

    def recent(self, most: int = SHOWN) -> list[Notice]:
        """Return the last notices, the newest first."""
        return self._notices("ORDER BY n.id DESC LIMIT ?", [most])

    def take(self) -> Parcel | None:
        """Return the next copy to send; nothing at night."""
        now = self._clock()
        if self._settings.quiet_at(now):
            return None
        while (copy := self._next(stamp(now))) is not None:
            if copy.user:
                return copy
            # Stopped taking notices meanwhile.
            self._settle(copy, SKIPPED)
        return None

    def sent(self, parcel: Parcel) -> None:
        """Note that a copy arrived."""
        self._settle(parcel, SENT)

    def unreachable(self, parcel: Parcel) -> None:
        """Forget the address of a person who blocked the assistant or is gone."""
        with self._db.atomic():
            self._settle(parcel, FAILED)
            self._db.execute("DELETE FROM notice_readers WHERE address = ?", [parcel.user])

    def failed(self, parcel: Parcel) -> None:
        """Try again later what certainly was not sent, unless the notice was stopped."""
        with self._db.atomic():
            self._db.execute(
                "UPDATE notice_copies SET tries = tries + 1, due = ?1, state = CASE"
                " WHEN tries + 1 >= ?2 THEN ?3 WHEN (SELECT state FROM notices n"
                " WHERE n.id = notice) = ?4 THEN ?5 ELSE ?6 END WHERE id = ?7 AND state = ?8",
                [
                    stamp(self._clock() + RETRY),
                    TRIES,
                    FAILED,
                    State.HALTED.value,
                    SKIPPED,
                    PENDING,
                    parcel.id,
                    UNDER_WAY,
                ],
            )

    def expire(self) -> None:
        """Forget who got old notices."""
        with self._db.atomic():
            self._db.execute(
                "DELETE FROM notice_copies WHERE notice IN (SELECT id FROM notices WHERE at < ?)",
                [stamp(self._clock() - KEPT)],
            )

    def forget(self, user: str) -> None:
        """Forget that a person wants or got notices; how many got one stays right."""
        person = self._pseudonyms.of(user)
        with self._db.atomic():
            self._db.execute("DELETE FROM notice_readers WHERE person = ?", [person])
            self._db.execute(
                "UPDATE notice_copies SET person = 'forgotten:' || id,"
                " state = iif(state = ?, ?, state) WHERE person = ?",
                [PENDING, SKIPPED, person],
            )

    def _next(self, now: str) -> Parcel | None:
        due = "SELECT id FROM notice_copies WHERE state = ? AND due <= ? ORDER BY due, id LIMIT 1"
        if self._db.execute(due, [PENDING, now]).fetchone() is None:
            self._finish()
            return None
        with self._db.atomic():  # a row that is returned is written with the transaction
            rows = self._db.execute(
                f"UPDATE notice_copies SET state = ? WHERE id = ({due})"
                " RETURNING id, (SELECT address FROM notice_readers r"
                " WHERE r.person = notice_copies.person), (SELECT text FROM notices n"
                " WHERE n.id = notice_copies.notice)",
                [UNDER_WAY, PENDING, now],
            ).fetchall()
        return Parcel(rows[0][0], rows[0][1] or "", rows[0][2]) if rows else None

    def _settle(self, parcel: Parcel, state: str) -> None:
        with self._db.atomic():
            self._db.execute(
                "UPDATE notice_copies SET state = ? WHERE id = ? AND state = ?",
                [state, parcel.id, UNDER_WAY],
            )

    def _finish(self) -> None:
        """Note which notices have no copy left to send."""
        if self._db.execute("SELECT 1 FROM notices WHERE state = 'waiting'").fetchone() is None:
            return
        with self._db.atomic():
            self._db.execute(
                "UPDATE notices SET state = ? WHERE state = ? AND id NOT IN"
                " (SELECT notice FROM notice_copies WHERE state = ?)",
                [State.DONE.value, State.WAITING.value, PENDING],
            )

    def _notices(self, rest: str, values: list[int]) -> list[Notice]:
        rows = self._db.execute(
            "SELECT n.id, n.text, n.place, n.state, n.at, (SELECT count(*) FROM notice_copies c"
            " WHERE c.notice = n.id AND c.state = 'sent'), (SELECT count(*) FROM notice_copies c"
            f" WHERE c.notice = n.id) FROM notices n {rest}",
            values,
        )
        return [
            Notice(found, text, place, State(state), at, sent, count)
            for found, text, place, state, at, sent, count in rows.fetchall()
        ]


# The place is the one that people chose with /diaphuong; it is kept beside their other data.
_READERS = (
    "FROM notice_readers r WHERE ?1 IS NULL"
    " OR r.person IN (SELECT user FROM people WHERE place = ?1)"
)

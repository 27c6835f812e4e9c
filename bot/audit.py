"""The audit list: who changed what and when, written in the transaction of the change itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from sqlite_utils import Database, Migrations

from bot.clock import Clock, stamp, utc_now
from bot.keeping import record
from bot.keeping.record import Record
from knowledge.migrating import migrate

COMMAND_LINE = "cchc"  # who acts where nobody is named

migrations = Migrations("audit")


@migrations()
def create_audit(db: Database) -> None:
    """One row a change; nothing is ever changed or deleted in it by the program."""
    db.execute(
        "CREATE TABLE audit (id INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL,"
        " action TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL)"
    )


class Action(StrEnum):
    """What is noted."""

    DOCUMENT_STORED = "document_stored"
    DOCUMENT_CORRECTED = "document_corrected"
    DOCUMENT_REPLACED = "document_replaced"
    DOCUMENT_ENDED = "document_ended"
    DOCUMENT_REMOVED = "document_removed"
    ROW_CORRECTED = "row_corrected"
    ROW_RESTORED = "row_restored"
    RESULT_STORED = "result_stored"
    CODE_MADE = "code_made"
    CODE_WITHDRAWN = "code_withdrawn"
    ROLE_TAKEN = "role_taken"
    ROLE_WITHDRAWN = "role_withdrawn"
    QUESTION_ANSWERED = "question_answered"
    QUESTION_DISMISSED = "question_dismissed"
    ANSWER_KEPT = "answer_kept"
    ANSWER_WITHDRAWN = "answer_withdrawn"
    NOTICE_SENT = "notice_sent"
    NOTICE_STOPPED = "notice_stopped"
    ACCOUNT_OPENED = "account_opened"
    ACCOUNT_REMOVED = "account_removed"
    PASSWORD_CHANGED = "password_changed"
    PASSWORD_RESET = "password_reset"
    PAUSED = "paused"
    RESUMED = "resumed"
    UNDONE = "undone"


@dataclass(frozen=True)
class Change:
    """One row of the list.

    Attributes:
        id: grows with time.
        at: ISO 8601, UTC.
        actor: display name of the person, or COMMAND_LINE.
        action: one of `Action`.
        subject: id of what was changed.
        detail: what it was changed to, in short.
    """

    id: int
    at: str
    actor: str
    action: str
    subject: str
    detail: str


@dataclass(frozen=True)
class Wanted:
    """Which changes are looked for; what is empty does not narrow.

    Attributes:
        action: one of `Action`.
        actor: display name.
        subject: id of what was changed.
        since, until: first time, and the one before which they were made, as stored.
        before: only those with a smaller id, for the next page.
    """

    action: str = ""
    actor: str = ""
    subject: str = ""
    since: str = ""
    until: str = ""
    before: int = 0


class Audit:
    """The audit list of a home.

    Args:
        db: the home's database; a note made inside a transaction is part of it.
        clock: the time.
    """

    def __init__(self, db: Database, clock: Clock = utc_now) -> None:
        self._db = db
        self.clock = clock
        migrate(db, migrations)
        migrate(db, record.migrations)

    def note(
        self, action: Action, subject: object, detail: str = "", actor: str = COMMAND_LINE
    ) -> int:
        """Add a row and return its number.

        Args:
            action: what was done.
            subject: id of what it was done to.
            detail: what is to be known about it, without personal data.
            actor: who did it.
        """
        row = [stamp(self.clock()), actor, action.value, str(subject), detail]
        with self._db.atomic():
            done = self._db.execute(
                "INSERT INTO audit (at, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?)", row
            )
        assert done.lastrowid is not None
        return done.lastrowid

    @contextmanager
    def change(
        self, action: Action, subject: object, detail: str = "", actor: str = COMMAND_LINE
    ) -> Iterator[Record]:
        """Note a change that can be undone; what is done meanwhile is one transaction with it.

        The note comes first: it takes the lock under which the states before are read.

        Args:
            action, subject, detail, actor: as `note` takes them.

        Yields:
            What is told of each thing before it is changed.
        """
        with self._db.atomic():
            number = self.note(action, subject, detail, actor)
            watching = Record(self._db, number, stamp(self.clock()))
            yield watching
            watching.close()

    def get(self, number: int) -> Change | None:
        """Return one change, None where there is none of that number."""
        row = self._db.execute(
            "SELECT id, at, actor, action, subject, detail FROM audit WHERE id = ?", [number]
        ).fetchone()
        return None if row is None else Change(*row)

    def changes(self, most: int = 50, wanted: Wanted | None = None) -> list[Change]:
        """Return the last changes, the newest first.

        Args:
            most: how many.
            wanted: what narrows them.
        """
        asked = wanted or Wanted()
        rows = self._db.execute(
            "SELECT id, at, actor, action, subject, detail FROM audit"
            " WHERE (?1 = '' OR subject = ?1) AND (?2 = '' OR action = ?2)"
            " AND (?3 = '' OR actor = ?3) AND at >= ?4 AND (?5 = '' OR at < ?5)"
            " AND (?6 = 0 OR id < ?6) ORDER BY id DESC LIMIT ?7",
            [
                asked.subject,
                asked.action,
                asked.actor,
                asked.since,
                asked.until,
                asked.before,
                most,
            ],
        )
        return [Change(*row) for row in rows.fetchall()]

    def count(self, subject: str) -> int:
        """Return how often something was changed.

        Args:
            subject: its id.
        """
        return int(self._db["audit"].count_where("subject = ?", [subject]))

    def highest(self, action: Action) -> int:
        """Return the highest number that what an action was done to has had, 0 for none."""
        ((number,),) = self._db.execute(
            "SELECT coalesce(max(CAST(subject AS INTEGER)), 0) FROM audit WHERE action = ?",
            [action.value],
        ).fetchall()
        return int(number)

    def actors(self) -> list[str]:
        """Return everybody who changed something."""
        rows = self._db.execute("SELECT DISTINCT actor FROM audit ORDER BY actor")
        return [str(actor) for (actor,) in rows.fetchall()]

"""The audit list: who changed what and when, written in the transaction of the change itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlite_utils import Database, Migrations

from bot.clock import Clock, stamp, utc_now
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
    DOCUMENT_REMOVED = "document_removed"
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


class Audit:
    """The audit list of a home.

    Args:
        db: the home's database; a note made inside a transaction is part of it.
        clock: the time.
    """

    def __init__(self, db: Database, clock: Clock = utc_now) -> None:
        self._db = db
        self._clock = clock
        migrate(db, migrations)

    def note(
        self, action: Action, subject: object, detail: str = "", actor: str = COMMAND_LINE
    ) -> None:
        """Add a row.

        Args:
            action: what was done.
            subject: id of what it was done to.
            detail: what is to be known about it, without personal data.
            actor: who did it.
        """
        row = [stamp(self._clock()), actor, action.value, str(subject), detail]
        with self._db.atomic():
            self._db.execute(
                "INSERT INTO audit (at, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?)", row
            )

    def changes(self, most: int = 50, subject: str | None = None) -> list[Change]:
        """Return the last changes, the newest first.

        Args:
            most: how many.
            subject: only those of what has this id.
        """
        rows = self._db.execute(
            "SELECT id, at, actor, action, subject, detail FROM audit"
            " WHERE ?1 IS NULL OR subject = ?1 ORDER BY id DESC LIMIT ?2",
            [subject, most],
        )
        return [Change(*row) for row in rows.fetchall()]

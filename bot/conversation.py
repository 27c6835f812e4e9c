"""What the assistant remembers of a conversation: the last turn, for a quarter of an hour."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from sqlite_utils import Database, Migrations

from bot.message import Choice
from knowledge.migrating import migrate

migrations = Migrations("bot")


@migrations()
def create_conversations(db: Database) -> None:
    """The last turn of each person, and the questions that could not be answered."""
    db.execute(
        "CREATE TABLE turns (user TEXT PRIMARY KEY, turn TEXT NOT NULL, at TEXT NOT NULL)"
        " WITHOUT ROWID"
    )
    db.execute(
        "CREATE TABLE unanswered (id INTEGER PRIMARY KEY, question TEXT NOT NULL,"
        " confidence REAL NOT NULL, asked_at TEXT NOT NULL)"
    )


@dataclass(frozen=True)
class Turn:
    """What a follow-up question may refer to.

    Attributes:
        question: the last question as understood.
        places, years: what it fixed.
        document: id of the document that answered.
        code: code of the procedure that answered, if one did.
        choices: what was offered.
        name: how the document that answered is called.
        base: the question that "còn … thì sao?" builds on.
    """

    question: str
    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    document: str | None = None
    code: str | None = None
    choices: tuple[Choice, ...] = ()
    name: str | None = None
    base: str | None = None

    def dump(self) -> str:
        """Return the turn as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def load(cls, text: str) -> Turn | None:
        """Return the turn that `dump` wrote; None for one that another version wrote."""
        try:
            values = json.loads(text)
            choices = tuple(Choice(**choice) for choice in values.pop("choices"))
            places, years = tuple(values.pop("places")), tuple(values.pop("years"))
            return cls(places=places, years=years, choices=choices, **values)
        except (ValueError, LookupError, TypeError, AttributeError):
            return None


class Conversations(Protocol):
    """Remembers turns and questions without an answer."""

    def last(self, user: str) -> Turn | None:
        """Return the last turn of `user`, None when there was none or it is too old."""
        ...

    def keep(self, user: str, turn: Turn) -> None:
        """Remember the last turn of `user`."""
        ...

    def keep_unanswered(self, question: str, confidence: float) -> None:
        """Keep a question that could not be answered, for the officials."""
        ...


class StoredConversations:
    """Conversations in the home's database, shared by every process that serves it.

    Args:
        db: the home's database.
        minutes: how long a turn is remembered.
    """

    def __init__(self, db: Database, minutes: int) -> None:
        self._db = db
        self._kept_for = timedelta(minutes=minutes)
        migrate(db, migrations)

    def last(self, user: str) -> Turn | None:
        row = self._db.execute(
            "SELECT turn FROM turns WHERE user = ? AND at >= ?", [user, self._oldest()]
        ).fetchone()
        return None if row is None else Turn.load(row[0])

    def keep(self, user: str, turn: Turn) -> None:
        row = [user, turn.dump(), datetime.now(UTC).isoformat()]
        with self._db.atomic():
            self._db.execute("DELETE FROM turns WHERE at < ?", [self._oldest()])
            self._db.execute("INSERT OR REPLACE INTO turns VALUES (?, ?, ?)", row)

    def _oldest(self) -> str:
        """Return the time before which turns are forgotten."""
        return (datetime.now(UTC) - self._kept_for).isoformat()

    def keep_unanswered(self, question: str, confidence: float) -> None:
        row = [question, round(confidence, 4), datetime.now(UTC).isoformat(timespec="seconds")]
        with self._db.atomic():
            self._db.execute(
                "INSERT INTO unanswered (question, confidence, asked_at) VALUES (?, ?, ?)", row
            )


class FreshConversation:
    """A conversation that begins anew with every question and leaves no trace: for measuring."""

    def last(self, user: str) -> Turn | None:
        return None

    def keep(self, user: str, turn: Turn) -> None:
        """Forget at once."""

    def keep_unanswered(self, question: str, confidence: float) -> None:
        """Keep nothing."""

"""What the assistant remembers of a conversation: the last turns, for follow-ups and buttons."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from sqlite_utils import Database, Migrations

from bot.message import Choice
from bot.pseudonyms import Pseudonyms
from knowledge.durability import outliving_kills
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


@migrations()
def name_turns(db: Database) -> None:
    """Several turns of a person, each with a name that its buttons carry."""
    db.execute("DROP TABLE turns")
    db.execute(
        "CREATE TABLE turns (user TEXT NOT NULL, id TEXT NOT NULL, turn TEXT NOT NULL,"
        " at TEXT NOT NULL, PRIMARY KEY (user, id)) WITHOUT ROWID"
    )
    db.execute("CREATE INDEX turns_at ON turns(at)")


BUTTONS_FOR = timedelta(days=1)  # how long a button of an older reply works
TURNS = 12  # replies of one person whose buttons work


@dataclass(frozen=True)
class Shown:
    """A passage that a reply quotes or can go on to.

    Attributes:
        document: id of the document.
        start, end: `text[start:end]` of the document is the passage.
        answering: spans within it for bold type.
        heading: heading path of its section.
        score: confidence between 0 and 1.
    """

    document: str
    start: int
    end: int
    answering: tuple[tuple[int, int], ...] = ()
    heading: tuple[str, ...] = ()
    score: float = 0.0


@dataclass(frozen=True)
class Turn:
    """What a follow-up question or a button may refer to.

    Attributes:
        question: the last question as understood.
        places, years: what it fixed.
        document: id of the document that answered.
        code: code of the procedure that answered, if one did.
        choices: what was offered.
        name: how the document that answered is called.
        base: the question that "còn … thì sao?" builds on.
        passages: what answers, best first.
        at: which of them was shown last.
        reading: span of the document that is being read page by page.
        page: page of it that was shown last; 0 for the passage itself.
    """

    question: str
    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    document: str | None = None
    code: str | None = None
    choices: tuple[Choice, ...] = ()
    name: str | None = None
    base: str | None = None
    passages: tuple[Shown, ...] = ()
    at: int = 0
    reading: tuple[int, int] | None = None
    page: int = 0

    def dump(self) -> str:
        """Return the turn as JSON."""
        return json.dumps(self, default=vars, ensure_ascii=False)

    @classmethod
    def load(cls, text: str) -> Turn | None:
        """Return the turn that `dump` wrote; None for one that another version wrote."""
        try:
            values = json.loads(text)
            choices = tuple(Choice(**choice) for choice in values.pop("choices"))
            places, years = tuple(values.pop("places")), tuple(values.pop("years"))
            passages = tuple(_shown(passage) for passage in values.pop("passages"))
            reading = values.pop("reading")
            values["reading"] = None if reading is None else (int(reading[0]), int(reading[1]))
            return cls(places=places, years=years, choices=choices, passages=passages, **values)
        except (ValueError, LookupError, TypeError, AttributeError):
            return None


def _shown(values: dict[str, Any]) -> Shown:
    answering = tuple((int(start), int(end)) for start, end in values.pop("answering"))
    return Shown(answering=answering, heading=tuple(values.pop("heading")), **values)


class Conversations(Protocol):
    """Remembers turns and questions without an answer."""

    def last(self, user: str) -> Turn | None:
        """Return the last turn of `user`, None when there was none or it is too old."""
        ...

    def turn(self, user: str, name: str) -> Turn | None:
        """Return the turn of `user` whose button was pressed, None when it is too old."""
        ...

    def keep(self, user: str, turn: Turn) -> str:
        """Remember the last turn of `user` and return its name."""
        ...

    def keep_unanswered(self, question: str, confidence: float) -> None:
        """Keep a question that could not be answered, for the officials."""
        ...

    def forget(self, user: str) -> None:
        """Forget all turns of `user`."""
        ...


class StoredConversations:
    """Conversations in the home's database, shared by every process that serves it.

    Args:
        db: the home's database.
        minutes: how long a turn is remembered for follow-up questions.
        pseudonyms: the names under which people are kept.
    """

    def __init__(self, db: Database, minutes: int, pseudonyms: Pseudonyms) -> None:
        self._db = db
        self._followed_for = timedelta(minutes=minutes)
        self._pseudonyms = pseudonyms
        migrate(db, migrations)

    def last(self, user: str) -> Turn | None:
        row = self._db.execute(
            "SELECT turn FROM turns WHERE user = ? AND at >= ? ORDER BY at DESC LIMIT 1",
            [self._pseudonyms.of(user), _ago(self._followed_for)],
        ).fetchone()
        return None if row is None else Turn.load(row[0])

    def turn(self, user: str, name: str) -> Turn | None:
        if not name.isascii():  # forged: half a character is more than the database can compare
            return None
        row = self._db.execute(
            "SELECT turn FROM turns WHERE user = ? AND id = ? AND at >= ?",
            [self._pseudonyms.of(user), name, _ago(BUTTONS_FOR)],
        ).fetchone()
        return None if row is None else Turn.load(row[0])

    def keep(self, user: str, turn: Turn) -> str:
        who, name = self._pseudonyms.of(user), secrets.token_hex(4)
        with outliving_kills(self._db):
            self._db.execute("DELETE FROM turns WHERE at < ?", [_ago(BUTTONS_FOR)])
            self._db.execute(
                "INSERT OR REPLACE INTO turns VALUES (?, ?, ?, ?)",
                [who, name, turn.dump(), datetime.now(UTC).isoformat()],
            )
            self._db.execute(
                "DELETE FROM turns WHERE user = ?1 AND id NOT IN"
                " (SELECT id FROM turns WHERE user = ?1 ORDER BY at DESC LIMIT ?2)",
                [who, TURNS],
            )
        return name

    def keep_unanswered(self, question: str, confidence: float) -> None:
        row = [question, round(confidence, 4), datetime.now(UTC).isoformat(timespec="seconds")]
        with self._db.atomic():
            self._db.execute(
                "INSERT INTO unanswered (question, confidence, asked_at) VALUES (?, ?, ?)", row
            )

    def forget(self, user: str) -> None:
        with self._db.atomic():
            self._db.execute("DELETE FROM turns WHERE user = ?", [self._pseudonyms.of(user)])


def _ago(time: timedelta) -> str:
    return (datetime.now(UTC) - time).isoformat()


class FreshConversation:
    """A conversation that begins anew with every question and leaves no trace: for measuring."""

    def last(self, user: str) -> Turn | None:
        return None

    def turn(self, user: str, name: str) -> Turn | None:
        return None

    def keep(self, user: str, turn: Turn) -> str:
        """Forget at once."""
        return ""

    def keep_unanswered(self, question: str, confidence: float) -> None:
        """Keep nothing."""

    def forget(self, user: str) -> None:
        """Nothing is kept."""

"""What is kept of a person beside the conversation: where they live, what they found wrong."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol

from sqlite_utils import Database, Migrations

from bot.pseudonyms import Pseudonyms
from knowledge.migrating import migrate

migrations = Migrations("people")


@migrations()
def create_people(db: Database) -> None:
    """The place of each person, and what was said to be right or wrong."""
    db.execute("CREATE TABLE people (user TEXT PRIMARY KEY, place TEXT NOT NULL) WITHOUT ROWID")
    db.execute(
        "CREATE TABLE verdicts (id INTEGER PRIMARY KEY, user TEXT NOT NULL,"
        " question TEXT NOT NULL, document TEXT NOT NULL, start INTEGER NOT NULL,"
        ' "end" INTEGER NOT NULL, right INTEGER NOT NULL, at TEXT NOT NULL)'
    )
    db.execute("CREATE UNIQUE INDEX verdicts_once ON verdicts(user, question, document, start)")


class People(Protocol):
    """Remembers what people said of themselves and of answers."""

    def place(self, user: str) -> str | None:
        """Return the province or city that `user` asks for, None where it was not said.

        "" is said as well: none of them.
        """
        ...

    def live_in(self, user: str, place: str | None) -> None:
        """Note the place that `user` asks for; None forgets it."""
        ...

    def judge(self, user: str, question: str, quoted: tuple[str, int, int], right: bool) -> None:
        """Note whether a quote answered a question; a later word of the same person counts.

        Args:
            user: who says so.
            question: as understood, without personal data.
            quoted: id of the document, first and last character of the quote.
            right: whether it answered.
        """
        ...

    def forget(self, user: str) -> None:
        """Forget the person; what was said of answers stays without a trace of who said it."""
        ...


class StoredPeople:
    """People in the home's database, under pseudonyms.

    Args:
        db: the home's database.
        pseudonyms: of this home.
    """

    def __init__(self, db: Database, pseudonyms: Pseudonyms) -> None:
        self._db = db
        self._pseudonyms = pseudonyms
        migrate(db, migrations)

    def place(self, user: str) -> str | None:
        row = self._db.execute(
            "SELECT place FROM people WHERE user = ?", [self._pseudonyms.of(user)]
        ).fetchone()
        return None if row is None else str(row[0])

    def live_in(self, user: str, place: str | None) -> None:
        name = self._pseudonyms.of(user)
        with self._db.atomic():
            if place is None:
                self._db.execute("DELETE FROM people WHERE user = ?", [name])
            else:
                self._db.execute("INSERT OR REPLACE INTO people VALUES (?, ?)", [name, place])

    def judge(self, user: str, question: str, quoted: tuple[str, int, int], right: bool) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        row = [self._pseudonyms.of(user), question, *quoted, int(right), now]
        with self._db.atomic():
            self._db.execute(
                'INSERT OR REPLACE INTO verdicts (user, question, document, start, "end", right,'
                " at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                row,
            )

    def forget(self, user: str) -> None:
        name = self._pseudonyms.of(user)
        with self._db.atomic():
            self._db.execute("DELETE FROM people WHERE user = ?", [name])
            # One name for everybody who asked to be forgotten would merge their verdicts.
            self._db.execute("UPDATE verdicts SET user = 'forgotten:' || id WHERE user = ?", [name])


class Strangers:
    """People of whom nothing is kept: for measuring and for questions of other programs."""

    def place(self, user: str) -> str | None:
        return None

    def live_in(self, user: str, place: str | None) -> None:
        """Forget at once."""

    def judge(self, user: str, question: str, quoted: tuple[str, int, int], right: bool) -> None:
        """Keep nothing."""

    def forget(self, user: str) -> None:
        """Nothing is kept."""

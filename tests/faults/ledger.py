"""What workers promised and people received, held against what a home keeps."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from bot.operations.copying import broken
from knowledge.store import FILE
from tests.faults.errands import READERS

_QUESTION = re.compile(r"Câu hỏi \d+k\d+")

#: Kinds of promises, and where each is kept exactly once.
ONCE = {
    "document": "SELECT id FROM documents",
    "content": "SELECT digest FROM documents",
    "delivery": "SELECT id FROM deliveries",
    "finished": "SELECT id FROM deliveries WHERE body IS NULL",
    "verdict": "SELECT question FROM verdicts",
    "unanswered": "SELECT question FROM unanswered WHERE question GLOB '[0-9]*-[0-9]*'",
    "notice": "SELECT text FROM notices",
    "reminder": "SELECT key FROM reminders",
    "invitation": "SELECT lower(hex(once)) FROM rating_invitations",
}


@dataclass
class Ledger:
    """What was said so far.

    Attributes:
        said: kind → names that the workers promised to have kept.
        arrived: what messengers were given → how often.
        problems: what workers found wrong themselves.
    """

    said: dict[str, set[str]] = field(default_factory=dict)
    arrived: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def note(self, kind: str, name: str) -> None:
        """Take down what a worker said."""
        if kind == "problem":
            self.problems.append(name)
        elif kind == "arrived":
            self.arrived[name] += 1
        else:
            self.said.setdefault(kind, set()).add(name)

    def counts(self) -> dict[str, int]:
        """Return how much of each kind was acknowledged, and how much arrived."""
        counts = {kind: len(names) for kind, names in sorted(self.said.items())}
        return {**counts, "arrived": self.arrived.total()}

    def wrong(self, home: Path) -> Iterator[str]:
        """Yield what is wrong with a home after a kill."""
        yield from self.problems
        if not (home / FILE).exists():
            if self.said.keys() - {"ready"}:
                yield "the database is gone"
            return
        if problem := broken(home / FILE):
            yield f"the database is broken: {problem}"
            return
        with closing(sqlite3.connect(home / FILE)) as db:
            yield from self._not_once(db)
            yield from self._ratings(db)
            yield from self._letters(db)
            yield from self._copies(db)
        yield from (f"{what} arrived {n} times" for what, n in self.arrived.items() if n > 1)

    def cut_off(self, home: Path) -> dict[str, int]:
        """Return how many messages of each box were under way at a kill and are not sent again.

        Whether they had gone out nobody can know; the other choice would be to write twice.
        """
        with closing(sqlite3.connect(home / FILE)) as db:
            return {
                table: len(_column(db, f"SELECT id FROM {table} WHERE state = 'under way'"))
                for table in ("notice_copies", "desk_letters", "reminders")
            }

    def _names(self, kind: str) -> set[str]:
        return self.said.get(kind, set())

    def _not_once(self, db: sqlite3.Connection) -> Iterator[str]:
        for kind, query in ONCE.items():
            kept = Counter(_column(db, query))
            for name in self._names(kind):
                if kept[name] != 1:
                    yield f"{kind} {name} was acknowledged and is there {kept[name]} times"
            yield from (f"{kind} {name} is there {n} times" for name, n in kept.items() if n > 1)

    def _ratings(self, db: sqlite3.Connection) -> Iterator[str]:
        kept, least = len(_column(db, "SELECT id FROM ratings")), len(self._names("rating"))
        if not least <= kept <= len(self._names("rating begun")):
            begun = len(self._names("rating begun"))
            yield f"{kept} ratings for {least} that were acknowledged and {begun} that were begun"

    def _letters(self, db: sqlite3.Connection) -> Iterator[str]:
        """Yield questions to an official that neither wait nor were answered."""
        there = "\n".join(
            _column(db, "SELECT question || ';' FROM desk_questions")
            + _column(db, "SELECT text || ';' FROM desk_letters")
            + [*self.arrived]
        )
        known = set(_QUESTION.findall(there))
        for question in self._names("asked") - known:
            yield f"{question} neither waits nor was answered"

    def _copies(self, db: sqlite3.Connection) -> Iterator[str]:
        """Yield notices that some reader is not to get."""
        copies = Counter(_column(db, "SELECT notice FROM notice_copies"))
        for notice in _column(db, "SELECT id FROM notices"):
            if copies[notice] != len(READERS):
                yield f"notice {notice} has {copies[notice]} copies"


def _column(db: sqlite3.Connection, query: str) -> list[str]:
    try:
        return [str(row[0]) for row in db.execute(query)]
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return []  # no worker came that far
        raise

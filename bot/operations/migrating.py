"""Bringing a home's tables up to a new version of the program, tried on a copy first."""

from __future__ import annotations

import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database, Migrations

import bot.accounts.schema
import bot.audit
import bot.channels.telegram.blocked
import bot.channels.zalo.departures
import bot.conversation
import bot.desk.schema
import bot.inbox
import bot.keeping.record
import bot.keeping.uploads
import bot.notices
import bot.people
import bot.ratings.schema
import bot.reminders.store
import bot.roles
import index.vectors
import knowledge.extracts
import knowledge.procedures.rows
import knowledge.results.store
import knowledge.row_corrections
import knowledge.store
from bot.operations.copying import broken, copy_database, counts
from bot.operations.errors import OperationError
from knowledge.migrating import migrate
from knowledge.store import BUSY_MS, FILE

#: Every set of migrations that a home may have; a test holds it against the source.
SETS: tuple[Migrations, ...] = (
    knowledge.store.migrations,
    knowledge.extracts.migrations,
    knowledge.row_corrections.migrations,
    knowledge.procedures.rows.migrations,
    knowledge.results.store.migrations,
    index.vectors.migrations,
    bot.conversation.migrations,
    bot.people.migrations,
    bot.inbox.migrations,
    bot.audit.migrations,
    bot.keeping.record.migrations,
    bot.keeping.uploads.migrations,
    bot.roles.migrations,
    bot.accounts.schema.migrations,  # after the roles, whose withdrawal ends sessions
    bot.ratings.schema.migrations,
    bot.desk.schema.migrations,
    bot.notices.migrations,
    bot.reminders.store.migrations,
    bot.channels.telegram.blocked.migrations,
    bot.channels.zalo.departures.migrations,
)


@dataclass(frozen=True)
class Rehearsal:
    """What migrating did to a database.

    Attributes:
        applied: the steps, as "set: step".
        seconds: how long they took.
        problem: what is wrong afterwards, None where all is well.
        fewer: tables with fewer rows than before, and how many went.
    """

    applied: tuple[str, ...]
    seconds: float
    problem: str | None
    fewer: dict[str, int]

    @property
    def ok(self) -> bool:
        """Whether the database is whole; a step may well drop what nobody needs any more."""
        return self.problem is None


def pending(database: Path) -> tuple[str, ...]:
    """Return the steps that a database still has to take; nothing is changed."""
    with tempfile.TemporaryDirectory(prefix="cchc-") as folder:
        copy = Path(folder) / FILE
        copy_database(database, copy)
        with closing(_opened(copy)) as db:
            return tuple(f"{one.name}: {step.name}" for one in SETS for step in one.pending(db))


def carry_out(home: Path) -> Rehearsal:
    """Take all pending steps and say what became of the database.

    Raises:
        OperationError: the home has no database.
        sqlite3.Error: a step failed; it and what follows were not taken.
    """
    return _apply(_database(home))


def _apply(database: Path) -> Rehearsal:
    steps, before = pending(database), counts(database)
    began = time.perf_counter()
    with closing(_opened(database)) as db:
        for one in SETS:
            migrate(db, one)
    took = time.perf_counter() - began
    after = counts(database)
    fewer = {name: n - after.get(name, 0) for name, n in before.items() if after.get(name, 0) < n}
    return Rehearsal(steps, took, broken(database), fewer)


def rehearse(home: Path) -> Rehearsal:
    """Take all pending steps on a copy; the home stays as it is and may be in use.

    Raises:
        OperationError: the home has no database.
        sqlite3.Error: a step failed.
    """
    database = _database(home)
    with tempfile.TemporaryDirectory(prefix="cchc-") as folder:
        copy = Path(folder) / FILE
        copy_database(database, copy)
        return _apply(copy)


def _database(home: Path) -> Path:
    if not (home / FILE).is_file():
        raise OperationError(f"Thư mục {home} chưa có dữ liệu; xem lại --home.")
    return home / FILE


def _opened(database: Path) -> Database:
    db = Database(database)
    db.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    return db

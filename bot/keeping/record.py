"""What a change changed: kept with its row in the audit list, so that it can be undone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database, Migrations

from bot.keeping.states import State, capture, person_in

migrations = Migrations("keeping")


@migrations()
def create_states(db: Database) -> None:
    """What each change found, and which change undid which.

    `before` is the aspect as it was, NULL where it was not there; of what came after it a digest
    is enough. Rows with `rests` were not changed: the change makes sense only while they stay.
    """
    db.execute(
        "CREATE TABLE kept_states (change INTEGER NOT NULL, thing TEXT NOT NULL,"
        " aspect TEXT NOT NULL, before TEXT, after TEXT, rests INTEGER NOT NULL, person TEXT,"
        " at TEXT NOT NULL, PRIMARY KEY (change, thing, aspect)) WITHOUT ROWID"
    )
    db.execute("CREATE INDEX kept_states_thing ON kept_states(thing, aspect)")
    db.execute("CREATE TABLE undone_changes (change INTEGER PRIMARY KEY, undoes INTEGER NOT NULL)")


@dataclass(frozen=True)
class Kept:
    """One aspect that a change changed: as it was, and a digest of what it became."""

    thing: str
    aspect: str
    before: Any
    after: str | None


class Record:
    """Watches a change while it is made; belongs to the transaction of the change.

    Args:
        db: the home's database, inside a transaction that has written already.
        change: number of the change in the audit list.
        at: when, ISO 8601.
    """

    def __init__(self, db: Database, change: int, at: str) -> None:
        self.change = change
        self._db = db
        self._at = at
        self._before: dict[str, State] = {}
        self._rests: set[tuple[str, str]] = set()

    def touch(self, thing: str) -> None:
        """Note something as it is, before it is changed."""
        if thing not in self._before:
            self._before[thing] = capture(self._db, thing)

    def rest_on(self, thing: str, aspect: str) -> None:
        """Note that the change needs an aspect to stay as it is."""
        self._rests.add((thing, aspect))

    def close(self) -> None:
        """Keep what has become different."""
        for thing, before in self._before.items():
            after = capture(self._db, thing)
            for aspect in {**before, **after}:
                was, now = before.get(aspect), after.get(aspect)
                if was != now:
                    self._rests.discard((thing, aspect))
                    self._keep(thing, aspect, was, now)
        for thing, aspect in self._rests:
            self._insert(thing, aspect, None, None, 1, None)

    def _keep(self, thing: str, aspect: str, was: Any, now: Any) -> None:
        before = None if was is None else json.dumps(was, ensure_ascii=False)
        person = person_in(was) or person_in(now)
        self._insert(thing, aspect, before, digest_of(now), 0, person)

    def _insert(
        self,
        thing: str,
        aspect: str,
        before: str | None,
        after: str | None,
        rests: int,
        person: str | None,
    ) -> None:
        row = [self.change, thing, aspect, before, after, rests, person, self._at]
        self._db.execute("INSERT INTO kept_states VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


def kept_of_change(db: Database, change: int) -> list[Kept]:
    """Return what a change changed; nothing where it cannot be undone or is too old."""
    rows = db.execute(
        "SELECT thing, aspect, before, after FROM kept_states"
        " WHERE change = ? AND NOT rests ORDER BY thing, aspect",
        [change],
    )
    return [
        Kept(thing, aspect, None if before is None else json.loads(before), after)
        for thing, aspect, before, after in rows.fetchall()
    ]


def forget_person(db: Database, person: str) -> None:
    """Erase what is kept of a person's roles; changes of them cannot be undone any more."""
    with db.atomic():
        db.execute("DELETE FROM kept_states WHERE person = ?", [person])


def digest_of(value: Any) -> str | None:
    """Return what an aspect's value is known by, None where it is not there."""
    if value is None:
        return None
    said = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def as_undone(db: Database, after: int) -> Mapping[int, int]:
    """Return the changes that are undone now → the change that undid them.

    Args:
        db: the home's database.
        after: only what undid something later than this change is looked at.
    """
    rows = db.execute(
        "SELECT change, undoes FROM undone_changes WHERE change > ? ORDER BY change DESC", [after]
    )
    undone: dict[int, int] = {}
    for change, undoes in rows.fetchall():
        if change not in undone:  # what undid something may have been undone itself
            undone.setdefault(undoes, change)
    return undone


def resting_on(db: Database, change: int) -> int | None:
    """Return the newest later change that needs what a change left, None where there is none.

    A later change does not count once it is undone, and neither does what undid it.
    """
    undone = as_undone(db, change)
    rows = db.execute(
        "SELECT DISTINCT later.change, u.undoes FROM kept_states own"
        " JOIN kept_states later ON later.thing = own.thing AND later.aspect = own.aspect"
        " LEFT JOIN undone_changes u ON u.change = later.change"
        " WHERE own.change = ?1 AND NOT own.rests AND later.change > ?1"
        " ORDER BY later.change DESC",
        [change],
    )
    for later, undoes in rows.fetchall():
        if later not in undone and not (undoes is not None and undoes >= change):
            return int(later)
    return None

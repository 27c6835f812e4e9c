"""Cases of the one-stop software: under a keyed hash, with what they are about and where they are.

Newer news is never overwritten by older, in whatever order it comes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlite_utils import Database

from bot.clock import stamp
from bot.ratings.transaction import writing

LAST = b"\xff" * 16  # behind every hash that begins with what stands before it


class CaseState(StrEnum):
    """Where a case is."""

    RECEIVED = "received"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Case:
    """A case: the keyed hash of its number, office and service, and where it is."""

    key: bytes
    office: str
    service: str
    state: CaseState


class Cases:
    """The cases of one home.

    Args:
        db: the home's database, migrated.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    def note(self, case: Case, at: datetime) -> bool:
        """Take in news of a case; say whether it changed anything.

        Args:
            case: as it is said to be.
            at: when it came to be so; news as old as what is known, or older, changes nothing.
        """
        with writing(self._db):
            known = self._db.execute(
                "SELECT at, state FROM rating_cases WHERE key = ?", [case.key]
            ).fetchone()
            if known is not None and (known[0], _rank(known[1])) >= (stamp(at), _rank(case.state)):
                return False
            self._db.execute(
                "INSERT OR REPLACE INTO rating_cases VALUES (?, ?, ?, ?, ?)",
                [case.key, case.office, case.service, case.state, stamp(at)],
            )
        return True

    def known(self, key: bytes) -> Case | None:
        """Return a case by its hash or the beginning of it, None where there is none."""
        row = self._db.execute(
            "SELECT key, office, service, state FROM rating_cases"
            " WHERE key BETWEEN ? AND ? ORDER BY key LIMIT 1",
            [key, key + LAST],
        ).fetchone()
        return None if row is None else Case(row[0], row[1], row[2], CaseState(row[3]))


def _rank(state: str) -> int:
    """Of two pieces of news of the same second the one that ends the case is the newer."""
    return list(CaseState).index(CaseState(state))

"""What a person was offered to rate, until they take one of them or talk of something else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta

from sqlite_utils import Database

from bot.clock import Clock, stamp
from bot.ratings.subjects import Catalogue, Subject

KEPT = timedelta(minutes=30)


class Picks:
    """Lists of subjects that were offered last.

    Args:
        db: the home's database, migrated.
        catalogue: offices and services.
        clock: the time.
    """

    def __init__(self, db: Database, catalogue: Catalogue, clock: Clock) -> None:
        self._db = db
        self._catalogue = catalogue
        self._clock = clock

    def offer(self, person: bytes, subjects: Sequence[Subject], lasts: timedelta = KEPT) -> None:
        """Remember for some time what a person was offered."""
        named = [[one.office.id, one.service.id] for one in subjects]
        self._db.execute(
            "INSERT OR REPLACE INTO rating_picks VALUES (?, ?, ?)",
            [person, json.dumps(named), stamp(self._clock() + lasts - KEPT)],
        )

    def offered(self, person: bytes) -> list[Subject]:
        """Return what a person was offered lately; what is no longer rated is left out."""
        row = self._db.execute(
            "SELECT offered FROM rating_picks WHERE person = ? AND at > ?",
            [person, stamp(self._clock() - KEPT)],
        ).fetchone()
        pairs = json.loads(row[0]) if row else []
        found = [self._catalogue.subject(office, service) for office, service in pairs]
        return [subject for subject in found if subject is not None]

    def forget(self, person: bytes) -> None:
        """Forget what a person was offered."""
        # Asked first: a deletion keeps all others from writing, also when nothing is deleted.
        if self._db.execute("SELECT 1 FROM rating_picks WHERE person = ?", [person]).fetchone():
            self._db.execute("DELETE FROM rating_picks WHERE person = ?", [person])

    def purge(self) -> None:
        """Forget old lists."""
        self._db.execute("DELETE FROM rating_picks WHERE at <= ?", [stamp(self._clock() - KEPT)])

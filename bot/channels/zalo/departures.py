"""Who has left an Official Account and is not written to until they come back."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from sqlite_utils import Database, Migrations

from knowledge.migrating import migrate

migrations = Migrations("zalo")


@migrations()
def create_departures(db: Database) -> None:
    """People who unfollowed, under a digest: only "is it this one?" is ever asked."""
    db.execute(
        "CREATE TABLE zalo_departures (person TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID"
    )


class Departures:
    """Remembers who left.

    Args:
        db: the home's database.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        migrate(db, migrations)

    def note(self, user: str) -> None:
        """Note that a person left."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._db.atomic():
            self._db.execute(
                "INSERT OR REPLACE INTO zalo_departures VALUES (?, ?)", [_digest(user), now]
            )

    def back(self, user: str) -> None:
        """Note that a person is there (again)."""
        if user in self:
            with self._db.atomic():
                self._db.execute("DELETE FROM zalo_departures WHERE person = ?", [_digest(user)])

    def __contains__(self, user: str) -> bool:
        """Say whether a person left and did not come back."""
        found = self._db.execute(
            "SELECT 1 FROM zalo_departures WHERE person = ?", [_digest(user)]
        ).fetchone()
        return found is not None


def _digest(user: str) -> str:
    return hashlib.sha256(user.encode()).hexdigest()

"""Deliveries of the messengers: each is taken once, and worked off even after a kill."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database, Migrations

from knowledge.migrating import migrate

KEPT_FOR = timedelta(days=3)  # the messengers repeat a delivery for some hours at most

migrations = Migrations("inbox")


@migrations()
def create_deliveries(db: Database) -> None:
    """What was delivered; the body goes when the work is done, the id stays for a while."""
    db.execute(
        "CREATE TABLE deliveries (channel TEXT NOT NULL, id TEXT NOT NULL, body TEXT,"
        " at TEXT NOT NULL, PRIMARY KEY (channel, id)) WITHOUT ROWID"
    )
    db.execute("CREATE INDEX deliveries_at ON deliveries(at)")


@dataclass(frozen=True)
class Delivery:
    """One delivery: its id within the channel and its body as it came."""

    id: str
    body: str


class Inbox:
    """What one home's messengers delivered.

    Args:
        db: the home's database.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        migrate(db, migrations)

    def accept(self, channel: str, delivery: Delivery) -> bool:
        """Keep a delivery durably; say whether it is new.

        Args:
            channel: name of the channel, "telegram".
            delivery: what came.
        """
        now = datetime.now(UTC)
        with self._db.atomic():
            self._db.execute(
                "DELETE FROM deliveries WHERE at < ? AND body IS NULL",
                [(now - KEPT_FOR).isoformat()],
            )
            done = self._db.execute(
                "INSERT OR IGNORE INTO deliveries VALUES (?, ?, ?, ?)",
                [channel, delivery.id, delivery.body, now.isoformat()],
            )
        return bool(done.rowcount)

    def finish(self, channel: str, delivery_id: str) -> None:
        """Note that a delivery was worked off and forget its content."""
        with self._db.atomic():
            self._db.execute(
                "UPDATE deliveries SET body = NULL WHERE channel = ? AND id = ?",
                [channel, delivery_id],
            )

    def pending(self, channel: str) -> list[Delivery]:
        """Return what was accepted and not worked off, oldest first."""
        rows = self._db.execute(
            "SELECT id, body FROM deliveries WHERE channel = ? AND body IS NOT NULL ORDER BY at",
            [channel],
        )
        return [Delivery(str(found), str(body)) for found, body in rows.fetchall()]

    def close(self) -> None:
        """Close the file."""
        self._db.close()

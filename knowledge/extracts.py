"""Where the rows read out of documents are kept, beside the documents."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlite_utils import Database, Migrations

from knowledge.deadlines import Deadline
from knowledge.extracting import Extract
from knowledge.migrating import migrate
from knowledge.targets import Comparator, Target

migrations = Migrations("extracts")


@migrations()
def create_rows(db: Database) -> None:
    """Rows in reading order; they go with their document."""
    for table in ("targets", "deadlines"):
        db.execute(
            f"CREATE TABLE {table} (document TEXT NOT NULL REFERENCES documents(id)"
            " ON DELETE CASCADE, position INTEGER NOT NULL, row TEXT NOT NULL,"
            " PRIMARY KEY (document, position)) WITHOUT ROWID"
        )


class Extracts:
    """The stored rows of one home.

    Args:
        db: the home's database, with the documents' tables.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        migrate(db, migrations)

    def put(self, document_id: str, extract: Extract) -> None:
        """Keep the rows of a document in place of those it had; call within a transaction."""
        self._put("targets", document_id, extract.targets)
        self._put("deadlines", document_id, extract.deadlines)

    def counts(self, table: str) -> dict[str, int]:
        """Return document id → number of its rows in "targets" or "deadlines"."""
        found = self._db.execute(f"SELECT document, count(*) FROM {table} GROUP BY document")
        return {str(document): int(count) for document, count in found.fetchall()}

    def targets(self) -> Iterator[tuple[str, Target]]:
        """Yield all targets with the ids of their documents, in reading order."""
        for document, row in self._rows("targets"):
            row["comparator"] = Comparator(row["comparator"])
            row["deadline"] = date.fromisoformat(row["deadline"]) if row["deadline"] else None
            yield document, Target(**row)

    def deadlines(self) -> Iterator[tuple[str, Deadline]]:
        """Yield all deadlines with the ids of their documents, in reading order."""
        for document, row in self._rows("deadlines"):
            yield document, Deadline(**row)

    def _put(self, table: str, document_id: str, rows: Sequence[Target | Deadline]) -> None:
        self._db.execute(f"DELETE FROM {table} WHERE document = ?", [document_id])
        self._db.conn.executemany(
            f"INSERT INTO {table} VALUES (?, ?, ?)",
            [(document_id, i, _dump(row)) for i, row in enumerate(rows)],
        )

    def _rows(self, table: str) -> Iterator[tuple[str, dict[str, Any]]]:
        found = self._db.execute(f"SELECT document, row FROM {table} ORDER BY document, position")
        for document, row in found.fetchall():
            yield str(document), json.loads(row)


def _dump(row: Target | Deadline) -> str:
    return json.dumps(asdict(row), ensure_ascii=False, default=str)

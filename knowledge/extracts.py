"""Where the rows read out of documents are kept, beside the documents."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlite_utils import Database, Migrations

from knowledge.deadlines import Deadline
from knowledge.extracting import Extract
from knowledge.migrating import migrate
from knowledge.row_corrections import RowCorrection, RowCorrections, RowT, applied
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


def target_of(row: dict[str, Any]) -> Target:
    """Return a target of its stored values."""
    row["comparator"] = Comparator(row["comparator"])
    row["deadline"] = date.fromisoformat(row["deadline"]) if row["deadline"] else None
    return Target(**row)


def deadline_of(row: dict[str, Any]) -> Deadline:
    """Return a deadline of its stored values."""
    return Deadline(**row)


class Extracts:
    """The stored rows of one home.

    Args:
        db: the home's database, with the documents' tables.

    Attributes:
        target_corrections, deadline_corrections: what officials corrected.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        migrate(db, migrations)
        self.target_corrections: RowCorrections[Target] = RowCorrections(db, "targets", target_of)
        self.deadline_corrections: RowCorrections[Deadline] = RowCorrections(
            db, "deadlines", deadline_of
        )

    def put(self, document_id: str, extract: Extract) -> None:
        """Keep the rows of a document in place of those it had; call within a transaction."""
        self._put("targets", document_id, extract.targets)
        self._put("deadlines", document_id, extract.deadlines)

    def counts(self, table: str) -> dict[str, int]:
        """Return document id → number of its rows in "targets" or "deadlines"."""
        rows = self.targets() if table == "targets" else self.deadlines()
        return dict(Counter(document for document, _ in rows))

    def of(self, document_id: str) -> Extract:
        """Return the rows of one document, corrected."""
        targets, deadlines = self.target_corrections.all(), self.deadline_corrections.all()
        return Extract(
            tuple(self._laid("targets", document_id, target_of, targets)),
            tuple(self._laid("deadlines", document_id, deadline_of, deadlines)),
        )

    def targets(self) -> Iterator[tuple[str, Target]]:
        """Yield all targets with the ids of their documents, in reading order, corrected."""
        return self._corrected("targets", target_of, self.target_corrections.all())

    def deadlines(self) -> Iterator[tuple[str, Deadline]]:
        """Yield all deadlines with the ids of their documents, in reading order, corrected."""
        return self._corrected("deadlines", deadline_of, self.deadline_corrections.all())

    def _corrected(
        self,
        table: str,
        load: Callable[[dict[str, Any]], RowT],
        corrections: list[RowCorrection[RowT]],
    ) -> Iterator[tuple[str, RowT]]:
        of: dict[str, list[RowCorrection[RowT]]] = {}
        for one in corrections:
            of.setdefault(one.document, []).append(one)
        rows: dict[str, list[RowT]] = {document: [] for document in of}
        for document, row in self._rows(table):
            if document in of:
                rows[document].append(load(row))
            else:
                yield document, load(row)
        for document, read in rows.items():
            text = self._db.execute("SELECT text FROM documents WHERE id = ?", [document])
            found = text.fetchone()
            if found is not None:
                for laid in applied(read, of[document], str(found[0])):
                    yield document, laid

    def _put(self, table: str, document_id: str, rows: Sequence[Target | Deadline]) -> None:
        self._db.execute(f"DELETE FROM {table} WHERE document = ?", [document_id])
        self._db.conn.executemany(
            f"INSERT INTO {table} VALUES (?, ?, ?)",
            [(document_id, i, _dump(row)) for i, row in enumerate(rows)],
        )

    def _laid(
        self,
        table: str,
        document_id: str,
        load: Callable[[dict[str, Any]], RowT],
        corrections: list[RowCorrection[RowT]],
    ) -> Sequence[RowT]:
        found = self._db.execute(
            f"SELECT row FROM {table} WHERE document = ? ORDER BY position", [document_id]
        )
        rows = [load(json.loads(row)) for (row,) in found.fetchall()]
        own = [one for one in corrections if one.document == document_id]
        text = self._db.execute("SELECT text FROM documents WHERE id = ?", [document_id])
        return applied(rows, own, str(text.fetchone()[0])) if own else rows

    def _rows(self, table: str) -> Iterator[tuple[str, dict[str, Any]]]:
        found = self._db.execute(f"SELECT document, row FROM {table} ORDER BY document, position")
        for document, row in found.fetchall():
            yield str(document), json.loads(row)


def _dump(row: Target | Deadline) -> str:
    return json.dumps(asdict(row), ensure_ascii=False, default=str)

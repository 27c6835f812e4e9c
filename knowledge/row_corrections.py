"""Rows corrected by officials: kept beside what was read, keyed by document and clause.

What was read stays as it is; the corrections are laid over it each time it is looked up. So a
correction survives every new reading of the document, and taking it back needs nothing but its
own row. One whose clause the document no longer holds waits until a version holds it again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Generic, TypeVar

from sqlite_utils import Database, Migrations

from knowledge.deadlines import Deadline
from knowledge.migrating import migrate
from knowledge.targets import Target

VERSION = "row_corrections"  # name of the counter in the store's states

migrations = Migrations("row_corrections")

RowT = TypeVar("RowT", Target, Deadline)


@migrations()
def create_corrections(db: Database) -> None:
    """One row a corrected row. They outlive their document, which may be taken in again."""
    db.execute(
        "CREATE TABLE row_corrections (id INTEGER PRIMARY KEY, document TEXT NOT NULL,"
        " kind TEXT NOT NULL, clause TEXT NOT NULL, was TEXT NOT NULL, row TEXT,"
        " UNIQUE (document, kind, clause, was))"
    )


@dataclass(frozen=True)
class RowCorrection(Generic[RowT]):
    """What stands in place of a row.

    Attributes:
        id: grows with time.
        document: id of the document.
        clause: the clause that the row quotes, word for word.
        was: mark of the row as it was read; of one that was missing its own behind a "+".
        row: what is to stand; None where the clause states nothing.
    """

    id: int
    document: str
    clause: str
    was: str
    row: RowT | None


def mark_of(row: Target | Deadline) -> str:
    """Return a short name of a row: the same as long as clause and figure or day are."""
    if isinstance(row, Target):
        said = [row.quote, row.indicator, row.value, row.upper, row.unit, row.year]
    else:
        said = [row.quote, row.task, row.due]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:10]


def applied(
    rows: Sequence[RowT], corrections: Sequence[RowCorrection[RowT]], text: str
) -> list[RowT]:
    """Return a document's rows with its corrections laid over them.

    A corrected row that the rules now read otherwise is found by its clause: the only row of it,
    or the one with the same figure.

    Args:
        rows: as they were read.
        corrections: of this document.
        text: the document's text.
    """
    kept = list(rows)
    for correction in corrections:
        start = text.find(correction.clause)
        if start < 0:
            continue
        at = _place(kept, correction, start)
        if at is not None:
            del kept[at]
        if correction.row is not None:
            end = start + len(correction.clause)
            kept.append(replace(correction.row, start=start, end=end, corrected=True))
    return sorted(kept, key=lambda row: row.start)


def _place(rows: Sequence[RowT], correction: RowCorrection[RowT], start: int) -> int | None:
    """Return which row a correction is of, None where it is of none."""
    if correction.was.startswith("+"):
        return None
    for i, row in enumerate(rows):
        if mark_of(row) == correction.was:
            return i
    end = start + len(correction.clause)
    near = [
        i for i, row in enumerate(rows) if not row.corrected and row.start < end and start < row.end
    ]
    return near[0] if len(near) == 1 else None


class RowCorrections(Generic[RowT]):
    """The corrections of one kind of rows in one home.

    Args:
        db: the home's database, with the store's states.
        kind: "targets" or "deadlines".
        load: makes a row of its stored values.
    """

    def __init__(self, db: Database, kind: str, load: Any) -> None:
        self._db = db
        self._kind = kind
        self._load = load
        migrate(db, migrations)

    def all(self) -> list[RowCorrection[RowT]]:
        """Return all corrections, the oldest first."""
        found = self._db.execute(
            "SELECT id, document, clause, was, row FROM row_corrections WHERE kind = ? ORDER BY id",
            [self._kind],
        )
        return [
            RowCorrection(
                number, document, clause, was, self._load(json.loads(row)) if row else None
            )
            for number, document, clause, was, row in found.fetchall()
        ]

    def keep(self, document: str, was: RowT | None, row: RowT | None) -> int:
        """Let `row` stand in place of `was`; call within the transaction that notes it.

        Correcting a corrected row changes its correction.

        Args:
            document: id of the document.
            was: the row that stands now; None where one was missing.
            row: what is to stand; None where the clause states nothing.

        Returns:
            The number of the correction.
        """
        one = was or row
        assert one is not None
        before = self._of(document, was) if was is not None and was.corrected else None
        mark = before.was if before else (mark_of(was) if was is not None else f"+{mark_of(one)}")
        clause = before.clause if before else one.quote
        data = json.dumps(asdict(row), ensure_ascii=False, default=str) if row else None
        with self._db.atomic():
            if before is not None:
                self._db.execute("DELETE FROM row_corrections WHERE id = ?", [before.id])
            if mark.startswith("+") and row is None:  # what was added goes again
                self._raise_version()
                return before.id if before else 0
            done = self._db.execute(
                "INSERT OR REPLACE INTO row_corrections (document, kind, clause, was, row)"
                " VALUES (?, ?, ?, ?, ?)",
                [document, self._kind, clause, mark, data],
            )
            self._raise_version()
        assert done.lastrowid is not None
        return done.lastrowid

    def withdraw(self, number: int) -> RowCorrection[RowT] | None:
        """Let what was read stand again; return the correction, None where there is none."""
        found = next((one for one in self.all() if one.id == number), None)
        if found is not None:
            with self._db.atomic():
                self._db.execute("DELETE FROM row_corrections WHERE id = ?", [number])
                self._raise_version()
        return found

    def _of(self, document: str, row: RowT) -> RowCorrection[RowT] | None:
        """Return the correction that a corrected row comes from."""
        for one in self.all():
            if one.document == document and one.row is not None:
                same = replace(one.row, start=row.start, end=row.end, corrected=True)
                if same == row:
                    return one
        return None

    def _raise_version(self) -> None:
        self._db.execute(
            "INSERT INTO state VALUES (?, '1') ON CONFLICT(name) DO UPDATE SET"
            " value = CAST(value AS INTEGER) + 1",
            [VERSION],
        )

"""The results that are known, in the home's database."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from typing import Any

from sqlite_utils import Database, Migrations

from knowledge.folding import fold
from knowledge.migrating import migrate
from knowledge.results.result import Result
from knowledge.targets.row import Target

migrations = Migrations("results")


@migrations()
def create_results(db: Database) -> None:
    """One row for each indicator, field, place, year and day."""
    db.execute(
        "CREATE TABLE results (id INTEGER PRIMARY KEY, subject TEXT NOT NULL,"
        " indicator TEXT NOT NULL, key TEXT, value REAL NOT NULL, unit TEXT NOT NULL,"
        " year INTEGER NOT NULL, place TEXT NOT NULL, field TEXT NOT NULL, as_of TEXT NOT NULL,"
        " source TEXT NOT NULL, added_at TEXT NOT NULL,"
        " UNIQUE (subject, field, place, year, as_of))"
    )


class ResultStore:
    """Reads and writes results.

    Args:
        db: the home's database.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        migrate(db, migrations)

    def add(self, results: Iterable[Result]) -> int:
        """Store results, all or none; one of the same day takes the place of an earlier one.

        Returns:
            How many rows were stored.
        """
        now = datetime.now(UTC).isoformat(timespec="seconds")
        rows = [
            [
                subject_of(r.key, r.indicator),
                r.indicator,
                r.key,
                r.value,
                r.unit,
                r.year,
                r.place or "",
                r.field or "",
                r.as_of.isoformat(),
                r.source,
                now,
            ]
            for r in results
        ]
        with self._db.atomic():
            self._db.conn.executemany(
                "INSERT OR REPLACE INTO results (subject, indicator, key, value, unit, year,"
                " place, field, as_of, source, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows,
            )
        return len(rows)

    def transaction(self) -> AbstractContextManager[Any]:
        """Return what makes everything done within it one transaction."""
        return self._db.atomic()

    def all(self, place: str | None = None, year: int | None = None) -> list[Result]:
        """Return the results of a place and a year, or of all, the newest first."""
        conditions = [("place = ?", place), ("year = ?", year)]
        wanted = [(sql, value) for sql, value in conditions if value is not None]
        where = f" WHERE {' AND '.join(sql for sql, _ in wanted)}" if wanted else ""
        rows = self._db.query(
            f"SELECT * FROM results{where} ORDER BY as_of DESC, id DESC",
            [value for _, value in wanted],
        )
        return [_result(row) for row in rows]

    def of(self, target: Target, places: Iterable[str], year: int | None) -> Result | None:
        """Return the newest result for a target's indicator.

        Args:
            target: names the indicator, the field and the unit.
            places: names of the target's place, old and new.
            year: the year asked about.
        """
        if year is None:
            return None
        names = ["", *places]
        subject = subject_of(target.key, target.indicator)
        row = self._db.execute(
            "SELECT * FROM results WHERE subject = ? AND field = ? AND year = ?"
            f" AND place IN ({', '.join('?' * len(names))})"
            " AND (unit = '' OR unit = ?) ORDER BY place = '', as_of DESC, id DESC LIMIT 1",
            [subject, target.field or "", year, *names, target.unit],
        )
        names_of_columns = [column[0] for column in row.description]
        found = row.fetchone()
        return None if found is None else _result(dict(zip(names_of_columns, found, strict=True)))


def subject_of(key: str | None, indicator: str) -> str:
    """Return what results and targets of one indicator have in common."""
    return key or " ".join(fold(indicator).split())


def _result(row: dict[str, Any]) -> Result:
    return Result(
        row["indicator"],
        row["key"],
        row["value"],
        row["unit"],
        row["year"],
        row["place"] or None,
        row["field"] or None,
        date.fromisoformat(row["as_of"]),
        row["source"],
    )

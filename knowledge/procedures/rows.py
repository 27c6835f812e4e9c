"""The facts of procedures in the home's database, beside the documents they were read from.

What a document states about itself (name, field, level, address) stays with the document, where
an official may correct it; a row holds what was read from the fields of its text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database, Migrations

from knowledge import serialise
from knowledge.document import Document
from knowledge.procedures.facts import Duration, Fee, Mode, Paper, Procedure
from knowledge.procedures.reading import VERSION, read_facts

migrations = Migrations("procedures")

_SELECT = (
    "SELECT p.document, p.facts, d.title, d.metadata, d.corrections"
    " FROM procedures p JOIN documents d ON d.id = p.document"
)


@migrations()
def create_procedures(db: Database) -> None:
    """One row a procedure; it goes with its document."""
    db.execute(
        "CREATE TABLE procedures (document TEXT PRIMARY KEY REFERENCES documents(id)"
        " ON DELETE CASCADE, code TEXT NOT NULL, version INTEGER NOT NULL, facts TEXT NOT NULL)"
        " WITHOUT ROWID"
    )
    db.execute("CREATE INDEX procedures_code ON procedures(code)")


def put_facts(db: Database, document: Document, facts: Procedure | None = None) -> None:
    """Keep what a document that is a procedure states; the caller holds the transaction.

    Args:
        db: the home's database.
        document: as stored.
        facts: where they are known already; read from the document's text without.
    """
    facts = facts or read_facts(document)
    if facts is None:
        return
    db.execute(
        "INSERT OR REPLACE INTO procedures VALUES (?, ?, ?, ?)",
        [document.id, facts.code, VERSION, json.dumps(_read(facts), ensure_ascii=False)],
    )


def outdated(db: Database) -> list[str]:
    """Return the ids of procedures that another version of the reading has read, or none has.

    Sheets of facts are not read; they are brought anew with every version of the project's facts.
    """
    rows = db.execute(
        "SELECT d.id FROM documents d LEFT JOIN procedures p ON p.document = d.id"
        " WHERE json_extract(d.metadata, '$.code') IS NOT NULL AND NOT d.bundled"
        " AND (p.version IS NULL OR p.version <> ?)",
        [VERSION],
    )
    return [str(document_id) for (document_id,) in rows.fetchall()]


class ProcedureRows:
    """Reads the facts of procedures.

    Args:
        db: the home's database.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._codes: tuple[str, frozenset[str]] | None = None
        self._fields: tuple[str, frozenset[str]] | None = None

    def of_document(self, document_id: str) -> Procedure | None:
        """Return the facts of a stored document, None where it is no procedure."""
        row = self._db.execute(f"{_SELECT} WHERE p.document = ?", [document_id]).fetchone()
        return None if row is None else _procedure(*row)

    def codes(self) -> frozenset[str]:
        """Return the codes of all procedures; read again only when the documents have changed."""
        version = self._version()
        if self._codes is None or self._codes[0] != version:
            rows = self._db.execute("SELECT code FROM procedures")
            self._codes = version, frozenset(str(code) for (code,) in rows)
        return self._codes[1]

    def fields(self) -> frozenset[str]:
        """Return the fields of administration of all procedures; read again as the codes are."""
        version = self._version()
        if self._fields is None or self._fields[0] != version:
            rows = self._db.execute(_SELECT).fetchall()
            known = (serialise.load(metadata, corrections) for *_, metadata, corrections in rows)
            self._fields = version, frozenset(one.field for one in known if one.field)
        return self._fields[1]

    def _version(self) -> str:
        (version,) = self._db.execute("SELECT value FROM state WHERE name = 'version'").fetchone()
        return str(version)

    def all(self) -> Iterator[Procedure]:
        """Yield all procedures in the order of their codes."""
        for row in self._db.execute(f"{_SELECT} ORDER BY p.code").fetchall():
            yield _procedure(*row)


def _read(facts: Procedure) -> dict[str, Any]:
    """Return what was read from the fields of the text, as JSON has it."""
    return {
        "modes": [
            [m.mode, m.time, vars(m.duration), vars(m.fee), m.note, m.span, m.head]
            for m in facts.modes
        ],
        "papers": [vars(paper) for paper in facts.papers],
        "authority": facts.authority,
        "result": facts.result,
        "legal_basis": facts.legal_basis,
    }


def _procedure(document: str, facts: str, title: str, metadata: str, corrections: str) -> Procedure:
    known = serialise.load(metadata, corrections)
    values: dict[str, Any] = json.loads(facts)
    return Procedure(
        known.code or "",
        title,
        known.field,
        known.level,
        tuple(_mode(*row) for row in values["modes"]),
        tuple(Paper(**{**row, "span": tuple(row["span"])}) for row in values["papers"]),
        values["authority"],
        values["result"],
        tuple(values["legal_basis"]),
        known.url,
        known.number,
        known.place,
        document,
        bool(known.summarises),
    )


def _mode(
    mode: str,
    time: str | None,
    duration: dict[str, Any],
    fee: dict[str, Any],
    note: str,
    span: list[int],
    head: list[int],
) -> Mode:
    return Mode(
        mode,
        time,
        Duration(**duration),
        Fee(fee["text"], tuple(fee["amounts"]), fee["free"], fee["doubtful"]),
        note,
        (span[0], span[1]),
        (head[0], head[1]),
    )

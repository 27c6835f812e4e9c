"""The documents that are known: one SQLite file, shared by every process that uses the home."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock
from sqlite_utils import Database, Migrations

from knowledge import serialise
from knowledge.document import Document, Metadata
from knowledge.extracting import Extract, Extractor
from knowledge.extracts import Extracts
from knowledge.migrating import migrate
from knowledge.procedures import rows as procedure_rows
from knowledge.procedures.facts import Procedure
from knowledge.procedures.reading import VERSION as READING
from knowledge.row_corrections import VERSION as CORRECTIONS
from knowledge.snapshot import Snapshot

FILE = "tro-ly.db"
OPENING = "open.lock"
BUSY_MS = 30_000
EXTRACTOR = "extractor"  # version that read the stored rows
PROCEDURES_READ = "procedures"  # version of the reading that all facts of procedures are from

Around = Callable[[Document], AbstractContextManager[None]]

migrations = Migrations("knowledge")


@migrations()
def create_documents(db: Database) -> None:
    """Documents, their sections, and the counter that tells other processes of changes."""
    db.execute(
        "CREATE TABLE documents (id TEXT PRIMARY KEY, title TEXT NOT NULL, text TEXT NOT NULL,"
        " source TEXT NOT NULL, metadata TEXT NOT NULL, corrections TEXT NOT NULL DEFAULT '{}',"
        " digest TEXT NOT NULL, bundled INTEGER NOT NULL, added_at TEXT NOT NULL)"
    )
    db.execute("CREATE INDEX documents_digest ON documents(digest)")
    db.execute(
        "CREATE TABLE sections (document TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,"
        " position INTEGER NOT NULL, heading TEXT NOT NULL, start INTEGER NOT NULL,"
        ' "end" INTEGER NOT NULL, PRIMARY KEY (document, position)) WITHOUT ROWID'
    )
    db.execute("CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")
    db.execute("INSERT INTO state VALUES ('version', '0')")


@dataclass(frozen=True)
class Entry:
    """A stored document's row without its text, as lists show it."""

    id: str
    title: str
    metadata: Metadata
    source: str
    bundled: bool
    added_at: str


class KnowledgeStore:
    """Reads and writes documents; every change raises `version` within the same transaction.

    Args:
        home: the folder of the store; it is made when missing.
        extractor: reads the rows that are kept beside each document; none without.

    Attributes:
        extracts: the rows read out of the documents.

    Raises:
        OSError, sqlite3.Error: the folder or the file cannot be written.
    """

    def __init__(self, home: Path, extractor: Extractor | None = None) -> None:
        self._extractor = extractor
        home.mkdir(parents=True, exist_ok=True)
        self.db = Database(home / FILE)
        self._around: Around = _alone
        try:
            self._prepare(home)
        except BaseException:
            self.db.close()
            raise

    def _prepare(self, home: Path) -> None:
        self.db.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        # Changing to WAL is the one step for which SQLite itself does not wait.
        with FileLock(home / OPENING):
            self.db.enable_wal()
        # An acknowledged document has to survive a power cut, not only a kill.
        self.db.execute("PRAGMA synchronous = FULL")
        self.db.execute("PRAGMA foreign_keys = ON")
        # What a person had erased must not stay readable in free pages of the file.
        self.db.execute("PRAGMA secure_delete = ON")
        migrate(self.db, migrations)
        self.extracts = Extracts(self.db)
        migrate(self.db, procedure_rows.migrations)
        self._read_procedures_again()

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def wait_at_most(self, milliseconds: int) -> None:
        """Wait no longer for another process to end its writing."""
        self.db.execute(f"PRAGMA busy_timeout = {milliseconds}")

    def is_locked(self) -> bool:
        """Say whether another process is writing now, without waiting for it."""
        (patience,) = self.db.execute("PRAGMA busy_timeout").fetchone()
        self.wait_at_most(0)
        try:
            self.db.conn.execute("BEGIN IMMEDIATE")
            self.db.conn.execute("ROLLBACK")
        except sqlite3.OperationalError:
            return True
        finally:
            self.wait_at_most(patience)
        return False

    @property
    def version(self) -> int:
        """A number that grows with every change of the documents."""
        return int(self.state("version") or 0)

    @property
    def rows_version(self) -> tuple[str | None, str | None]:
        """The version of the extractor that read the stored rows, and of their corrections."""
        return self.state(EXTRACTOR), self.state(CORRECTIONS)

    def state(self, name: str) -> str | None:
        """Return the value kept under `name`, None where there is none."""
        row = self.db.execute("SELECT value FROM state WHERE name = ?", [name]).fetchone()
        return None if row is None else str(row[0])

    def set_state(self, name: str, value: str) -> None:
        """Keep `value` under `name`."""
        with self.db.atomic():
            self.db.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", [name, value])

    def put(
        self, document: Document, bundled: bool = False, facts: Procedure | None = None
    ) -> Extract:
        """Store `document`, replacing the one of the same id; its corrections are kept.

        Its rows are stored in the same transaction, and returned.

        Args:
            document: what is stored.
            bundled: whether it came with the project.
            facts: of a procedure whose facts were not read from its text.
        """
        kept = self.db.execute(
            "SELECT corrections FROM documents WHERE id = ?", [document.id]
        ).fetchone()
        taken = Snapshot.of(
            document,
            digest=digest_of(document),
            bundled=bundled,
            added_at=datetime.now(UTC).isoformat(timespec="seconds"),
            corrections=kept[0] if kept else "{}",
        )
        extract = self._extract(taken.document())
        with self.db.atomic(), self._around(document):
            self._write(taken, extract, facts)
        return extract

    @contextmanager
    def around(self, enter: Around) -> Iterator[None]:
        """Store each document within `enter(document)`, which is part of its transaction."""
        before, self._around = self._around, enter
        try:
            yield
        finally:
            self._around = before

    def snapshot(self, document_id: str) -> Snapshot | None:
        """Return everything that is stored of a document, None where there is none of that id."""
        return Snapshot.take(self.db, document_id)

    def put_back(self, snapshot: Snapshot) -> None:
        """Store a document as it was when the snapshot was taken; its rows are read anew."""
        extract = self._extract(snapshot.document())
        with self.db.atomic():
            self._write(snapshot, extract, None)

    def _write(self, taken: Snapshot, extract: Extract, facts: Procedure | None) -> None:
        taken.write(self.db)
        self.extracts.put(taken.id, extract)
        procedure_rows.put_facts(self.db, taken.document(), facts)
        self._raise_version()

    def remove(self, document_id: str) -> None:
        """Remove a document.

        Raises:
            KeyError: there is none of that id.
        """
        with self.db.atomic():
            done = self.db.execute("DELETE FROM documents WHERE id = ?", [document_id])
            if not done.rowcount:
                raise KeyError(document_id)
            self._raise_version()

    def correct(self, document_id: str, metadata: Metadata) -> None:
        """Let an official's `metadata` stand instead of what was read, also in later versions.

        Raises:
            KeyError: there is no document of that id.
        """
        read = serialise.load(self._row(document_id)["metadata"])
        # Places, years and kinds of rows follow from the metadata.
        extract = self._extract(replace(self.get(document_id), metadata=metadata))
        with self.db.atomic():
            # Plain SQL: a transaction that reads before it writes may find itself too late.
            self.db.execute(
                "UPDATE documents SET corrections = ? WHERE id = ?",
                [serialise.changes(read, metadata), document_id],
            )
            self.extracts.put(document_id, extract)
            self._raise_version()

    def extracts_are_current(self) -> bool:
        """Say whether the stored rows are those that the extractor of today reads."""
        return self._extractor is None or self.state(EXTRACTOR) == self._extractor.version

    def read_extracts_anew(self) -> None:
        """Read the rows of all documents with the extractor of today; procedures have none."""
        if self._extractor is None:
            return
        rows = self.db.execute(
            "SELECT id FROM documents WHERE json_extract(metadata, '$.code') IS NULL"
        )
        extracts = {name: self._extract(self.get(name)) for (name,) in rows.fetchall()}
        with self.db.atomic():
            for name, extract in extracts.items():
                self.extracts.put(name, extract)
            self.set_state(EXTRACTOR, self._extractor.version)

    def get(self, document_id: str) -> Document:
        """Return a document with its corrected metadata.

        Raises:
            KeyError: there is none of that id.
        """
        taken = self.snapshot(document_id)
        if taken is None:
            raise KeyError(document_id)
        return taken.document()

    def as_read(self, document_id: str) -> Metadata:
        """Return a document's metadata as it was read, before any correction.

        Raises:
            KeyError: there is none of that id.
        """
        return serialise.load(self._row(document_id)["metadata"])

    def entries(self) -> list[Entry]:
        """Return all documents without their texts, in the order of their ids."""
        rows = self.db.query(
            "SELECT id, title, metadata, corrections, source, bundled, added_at"
            " FROM documents ORDER BY id"
        )
        return [
            Entry(
                r["id"],
                r["title"],
                serialise.load(r["metadata"], r["corrections"]),
                r["source"],
                bool(r["bundled"]),
                r["added_at"],
            )
            for r in rows
        ]

    def documents(self) -> Iterator[Document]:
        """Yield all documents with texts and sections, in the order of their ids."""
        for (document_id,) in self.db.execute("SELECT id FROM documents ORDER BY id").fetchall():
            yield self.get(document_id)

    def bundled(self) -> set[str]:
        """Return the ids of the documents that came with the project."""
        rows = self.db.execute("SELECT id FROM documents WHERE bundled = 1")
        return {str(document_id) for (document_id,) in rows}

    def digests(self) -> dict[str, str]:
        """Return id → digest of what was read from the file."""
        return dict(self.db.execute("SELECT id, digest FROM documents").fetchall())

    def check(self) -> list[str]:
        """Return what SQLite finds broken in the file; an empty list when it is whole."""
        try:
            found = [row[0] for row in self.db.execute("PRAGMA integrity_check")]
            broken = [str(row) for row in self.db.execute("PRAGMA foreign_key_check")]
        except sqlite3.DatabaseError as error:
            return [str(error)]
        return [line for line in found if line != "ok"] + broken

    def _read_procedures_again(self) -> None:
        """Bring the facts of procedures up to the present way of reading them."""
        if self.state(PROCEDURES_READ) == str(READING):
            return
        # The write lock comes first: a transaction that reads before it writes may be too late.
        self.db.conn.execute("BEGIN IMMEDIATE")
        try:
            for document_id in procedure_rows.outdated(self.db):
                procedure_rows.put_facts(self.db, self.get(document_id))
            self.db.execute(
                "INSERT OR REPLACE INTO state VALUES (?, ?)", [PROCEDURES_READ, str(READING)]
            )
            self.db.conn.execute("COMMIT")
        except BaseException:
            self.db.conn.rollback()
            raise

    def _row(self, document_id: str) -> dict[str, Any]:
        # Plain SQL: the library looks the columns up with each row.
        found = self.db.execute("SELECT * FROM documents WHERE id = ?", [document_id])
        row = found.fetchone()
        if row is None:
            raise KeyError(document_id)
        return dict(zip([column[0] for column in found.description], row, strict=True))

    def _extract(self, document: Document) -> Extract:
        return Extract() if self._extractor is None else self._extractor.read(document)

    def _raise_version(self) -> None:
        self.db.execute(
            "UPDATE state SET value = CAST(value AS INTEGER) + 1 WHERE name = 'version'"
        )


def _alone(_: Document) -> AbstractContextManager[None]:
    return nullcontext()


def digest_of(document: Document) -> str:
    """Return a digest of what was read from a document's file, its name aside."""
    content = json.dumps(
        [document.title, document.text, serialise.dump(document.metadata)], ensure_ascii=False
    )
    return hashlib.sha256(content.encode()).hexdigest()

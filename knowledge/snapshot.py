"""Everything that is stored of one document: what a change of it can be taken back with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlite_utils import Database

from knowledge import serialise
from knowledge.document import Document, Section

PATHS = 1024  # heading paths that stay read; all procedures have the same ones
_COLUMNS = ("title", "text", "source", "metadata", "digest", "bundled", "added_at")


@dataclass(frozen=True)
class Snapshot:
    """A document as it lies in the database, its rows of targets and deadlines aside.

    Attributes:
        id: of the document.
        content: column → value, and "sections" with heading, start and end of each.
        corrections: field of the metadata → what an official set it to, as JSON has it.
    """

    id: str
    content: Mapping[str, Any]
    corrections: Mapping[str, Any]

    @classmethod
    def of(
        cls, document: Document, *, digest: str, bundled: bool, added_at: str, corrections: str
    ) -> Snapshot:
        """Return a document as it is to be stored; its metadata are those that were read."""
        content = {
            "title": document.title,
            "text": document.text,
            "source": document.source,
            "metadata": serialise.dump(document.metadata),
            "digest": digest,
            "bundled": int(bundled),
            "added_at": added_at,
            "sections": [[list(s.heading), s.start, s.end] for s in document.sections],
        }
        return cls(document.id, content, json.loads(corrections))

    @classmethod
    def take(cls, db: Database, document_id: str) -> Snapshot | None:
        """Return what is stored of a document, None where there is none of that id."""
        row = db.execute(
            f"SELECT {', '.join(_COLUMNS)}, corrections FROM documents WHERE id = ?", [document_id]
        ).fetchone()
        if row is None:
            return None
        sections = db.execute(
            'SELECT heading, start, "end" FROM sections WHERE document = ? ORDER BY position',
            [document_id],
        )
        content = dict(zip(_COLUMNS, row[:-1], strict=True))
        content["sections"] = [[list(_path(path)), *span] for path, *span in sections.fetchall()]
        return cls(document_id, content, json.loads(row[-1]))

    def document(self) -> Document:
        """Return the document with its corrected metadata."""
        known = self.content
        return Document(
            self.id,
            known["title"],
            known["text"],
            tuple(Section(tuple(path), start, end) for path, start, end in known["sections"]),
            serialise.load(known["metadata"], self._corrections()),
            known["source"],
        )

    def write(self, db: Database) -> None:
        """Put it in the place of what is stored under its id; call within a transaction."""
        row = {name: self.content[name] for name in _COLUMNS}
        db.execute("DELETE FROM documents WHERE id = ?", [self.id])
        db.table("documents").insert({"id": self.id, **row, "corrections": self._corrections()})
        db.conn.executemany(
            "INSERT INTO sections VALUES (?, ?, ?, ?, ?)",
            [
                (self.id, i, json.dumps(path, ensure_ascii=False), start, end)
                for i, (path, start, end) in enumerate(self.content["sections"])
            ],
        )

    def _corrections(self) -> str:
        return json.dumps(dict(self.corrections), ensure_ascii=False)


@lru_cache(PATHS)
def _path(written: str) -> tuple[str, ...]:
    return tuple(json.loads(written))

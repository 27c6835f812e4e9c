"""What the assistant is measured against: its two halves, each alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from index.build import SearchIndex
from index.encoder import Encoder
from index.text import syllables
from knowledge.document import Document

FOUND = 10  # texts that a baseline returns


class FullText:
    """SQLite's full-text search over the sections of all documents, in memory.

    Args:
        documents: what is searched.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        self._db = sqlite3.connect(":memory:")
        self._db.execute(
            "CREATE VIRTUAL TABLE sections USING fts5(document UNINDEXED, text,"
            " tokenize = 'unicode61 remove_diacritics 2')"
        )
        self._db.executemany(
            "INSERT INTO sections VALUES (?, ?)",
            (
                (d.id, "\n".join((d.title, *section.heading, d.text[section.start : section.end])))
                for d in documents
                for section in d.sections
            ),
        )

    def search(self, question: str) -> list[str]:
        """Return the ids of the documents of the best sections, best first."""
        wanted = " OR ".join(f'"{syllable}"' for syllable in syllables(question))
        if not wanted:
            return []
        rows = self._db.execute(
            "SELECT document FROM sections WHERE sections MATCH ? ORDER BY bm25(sections) LIMIT ?",
            [wanted, FOUND],
        )
        return [str(document) for (document,) in rows]

    def close(self) -> None:
        """Give the memory back."""
        self._db.close()


class NearestVectors:
    """The encoder and a flat FAISS index, nothing else.

    Args:
        index: holds the vectors.
        encoder: the one that made them.
    """

    def __init__(self, index: SearchIndex, encoder: Encoder) -> None:
        self._index = index
        self._encoder = encoder

    def search(self, question: str) -> list[str]:
        """Return the ids of the documents of the nearest rows, best first."""
        rows, _ = self._index.dense.search(self._encoder.encode_questions([question]), FOUND)
        return [self._index.documents[i].id for i in self._index.dense.documents[rows]]

"""Other people's lexical search over the same terms: SQLite FTS5, tantivy, bm25s.

All are given the same folded syllables and pairs, as words of their own, and asked for the ten
best sections. Ours ranks whole documents by their names, texts and sections, which is more work.
tantivy and bm25s are used here alone (extra `bench`).
"""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.lexical import LexicalIndex
from index.postings import lexical_index
from index.text import Terms

FOUND = 10


class Engine(ABC):
    """A lexical search: built once from the terms of all sections, then asked.

    Args:
        folder: an empty folder for its files.
    """

    name: str

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @abstractmethod
    def build(self, sections: Iterable[Terms]) -> None:
        """Index the sections, each given as its terms."""

    @abstractmethod
    def search(self, query: Terms, weights: Sequence[float]) -> Sequence[int]:
        """Return the positions of the best sections, best first."""


class Ours(Engine):
    """`LexicalIndex` over the sections alone, each of which is scored."""

    name = "mảng numpy, chấm mọi mục"

    def build(self, sections: Iterable[Terms]) -> None:
        """Index the sections."""
        lexical_index(sections).save(self.folder / "sections")
        self._index = LexicalIndex.load(self.folder / "sections")

    def search(self, query: Terms, weights: Sequence[float]) -> Sequence[int]:
        """Return the positions of the best sections."""
        return _best(self._index.scores(query, np.array(weights, np.float32)))


class FullText(Engine):
    """SQLite FTS5. It knows no weights of terms."""

    name = "SQLite FTS5"

    def build(self, sections: Iterable[Terms]) -> None:
        """Index the sections."""
        self._db = sqlite3.connect(self.folder / "fts5.db")
        self._db.execute(
            "CREATE VIRTUAL TABLE sections USING fts5(terms, content='', tokenize='ascii')"
        )
        self._db.executemany(
            "INSERT INTO sections(rowid, terms) VALUES (?, ?)",
            ((i, _words(terms)) for i, terms in enumerate(sections)),
        )
        self._db.execute("INSERT INTO sections(sections) VALUES ('optimize')")
        self._db.commit()

    def search(self, query: Terms, weights: Sequence[float]) -> Sequence[int]:
        """Return the positions of the best sections."""
        rows = self._db.execute(
            "SELECT rowid FROM sections WHERE sections MATCH ? ORDER BY bm25(sections) LIMIT ?",
            [" OR ".join(_words(query).split()), FOUND],
        )
        return [int(position) for (position,) in rows]


class Tantivy(Engine):
    """tantivy, the search library in Rust."""

    name = "tantivy"

    def build(self, sections: Iterable[Terms]) -> None:
        """Index the sections."""
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
        schema.add_unsigned_field("position", stored=True)
        self._schema = schema.build()
        index = tantivy.Index(self._schema, path=str(self.folder))
        writer = index.writer(heap_size=512_000_000, num_threads=2)
        for position, terms in enumerate(sections):
            writer.add_document(tantivy.Document(terms=[_words(terms)], position=position))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

    def search(self, query: Terms, weights: Sequence[float]) -> Sequence[int]:
        """Return the positions of the best sections."""
        import tantivy

        wanted = [
            (
                tantivy.Occur.Should,
                tantivy.Query.boost_query(
                    tantivy.Query.term_query(self._schema, "terms", word, "freq"), weight
                ),
            )
            for word, weight in zip(_words(query).split(), weights, strict=True)
        ]
        hits = self._searcher.search(tantivy.Query.boolean_query(wanted), FOUND, count=False).hits
        return [int(self._searcher.doc(at)["position"][0]) for _, at in hits]


class Bm25s(Engine):
    """bm25s: a sparse matrix of scores in numpy. It knows no weights of terms."""

    name = "bm25s"

    def build(self, sections: Iterable[Terms]) -> None:
        """Index the sections."""
        import bm25s

        numbers: dict[int, int] = {}
        ids = [
            [numbers.setdefault(term, len(numbers)) for term in terms.tolist()]
            for terms in sections
        ]
        self._numbers = numbers
        made: Any = bm25s.BM25(k1=1.2, b=0.6)
        made.index((ids, {str(term): i for term, i in numbers.items()}), show_progress=False)
        made.save(str(self.folder), show_progress=False)
        self._index = made

    def search(self, query: Terms, weights: Sequence[float]) -> Sequence[int]:
        """Return the positions of the best sections."""
        known = [self._numbers[term] for term in query.tolist() if term in self._numbers]
        if not known:
            return []
        return _best(self._index.get_scores(known))


ENGINES: tuple[type[Engine], ...] = (Ours, FullText, Tantivy, Bm25s)


def _best(scores: NDArray[np.float32]) -> list[int]:
    best = np.argpartition(-scores, FOUND)[:FOUND]
    return [int(i) for i in best[np.argsort(-scores[best])]]


def _words(terms: Terms) -> str:
    return " ".join(f"{term:08x}" for term in terms.tolist())

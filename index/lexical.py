"""BM25 over hashed terms, as flat arrays that are written once and memory-mapped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.text import Terms

Floats = NDArray[np.float32]

# Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009).
K1 = 1.2
B = 0.6


@dataclass(frozen=True)
class LexicalIndex:
    """Which texts hold which terms, and how much each occurrence counts.

    Attributes:
        size: number of texts.
        vocabulary: distinct terms, ascending. Shape: (v,).
        offsets: `texts[offsets[i]:offsets[i + 1]]` hold term i. Shape: (v + 1,).
        texts: positions of texts, ascending within a term. Shape: (p,).
        impacts: BM25 weight of the term in that text, idf included. Shape: (p,).
        idf: inverse document frequency of each term. Shape: (v,).
    """

    size: int
    vocabulary: Terms
    offsets: NDArray[np.int64]
    texts: NDArray[np.int32]
    impacts: Floats
    idf: Floats

    @classmethod
    def build(cls, texts: Sequence[Terms], k1: float = K1, b: float = B) -> LexicalIndex:
        """Return the index of `texts`, each given as its terms (repeated as they occur)."""
        lengths = np.array([len(t) for t in texts], dtype=np.float32)
        size = len(texts)
        if not size or not lengths.sum():
            return cls(
                size,
                np.zeros(0, np.uint32),
                np.zeros(1, np.int64),
                np.zeros(0, np.int32),
                np.zeros(0, np.float32),
                np.zeros(0, np.float32),
            )
        owners = np.repeat(np.arange(size, dtype=np.uint64), lengths.astype(np.int64))
        keys = (np.concatenate(texts).astype(np.uint64) << np.uint64(32)) | owners
        postings, counts = np.unique(keys, return_counts=True)
        term_of = (postings >> np.uint64(32)).astype(np.uint32)
        text_of = (postings & np.uint64(0xFFFFFFFF)).astype(np.int32)
        vocabulary, first, holders = np.unique(term_of, return_index=True, return_counts=True)
        idf = np.log1p((size - holders + 0.5) / (holders + 0.5)).astype(np.float32)
        norm = k1 * (1 - b + b * lengths / lengths.mean())
        tf = counts.astype(np.float32)
        impacts = np.repeat(idf, holders) * tf * (k1 + 1) / (tf + norm[text_of])
        offsets = np.append(first, len(postings)).astype(np.int64)
        return cls(size, vocabulary, offsets, text_of, impacts.astype(np.float32), idf)

    def scores(self, query: Terms, weights: Floats | None = None) -> Floats:
        """Return the BM25 score of every text for `query`.

        Args:
            query: distinct terms. Shape: (q,).
            weights: how much each term counts; 1 without. Shape: (q,).

        Returns:
            Scores, 0 where no term occurs. Shape: (size,).
        """
        scores = np.zeros(self.size, dtype=np.float32)
        for row, position in self._positions(query):
            begin, end = self.offsets[position], self.offsets[position + 1]
            weight = 1.0 if weights is None else float(weights[row])
            scores[self.texts[begin:end]] += weight * self.impacts[begin:end]
        return scores

    def matched(self, query: Terms, values: Floats) -> Floats:
        """Return, for every text, the sum of the values of the query terms that it holds.

        Args:
            query: distinct terms. Shape: (q,).
            values: what holding each is worth. Shape: (q,).
        """
        sums = np.zeros(self.size, dtype=np.float32)
        for row, position in self._positions(query):
            sums[self.texts[self.offsets[position] : self.offsets[position + 1]]] += values[row]
        return sums

    def holds(self, query: Terms, text: int) -> NDArray[np.bool_]:
        """Return which of the terms a text holds. Shape: (q,)."""
        held = np.zeros(len(query), dtype=bool)
        for row, position in self._positions(query):
            owners = self.texts[self.offsets[position] : self.offsets[position + 1]]
            place = int(np.searchsorted(owners, text))
            held[row] = place < len(owners) and int(owners[place]) == text
        return held

    @property
    def highest_idf(self) -> float:
        """The idf of a term that never occurs."""
        return float(np.log1p((self.size + 0.5) / 0.5))

    def idf_of(self, query: Terms) -> Floats:
        """Return the idf of each term; the highest possible one for terms that never occur."""
        found = np.full(len(query), self.highest_idf, dtype=np.float32)
        for row, position in self._positions(query):
            found[row] = self.idf[position]
        return found

    def _positions(self, query: Terms) -> list[tuple[int, int]]:
        if not len(self.vocabulary):
            return []
        places = np.searchsorted(self.vocabulary, query)
        places[places == len(self.vocabulary)] = 0
        known = np.flatnonzero(self.vocabulary[places] == query)
        return [(int(row), int(places[row])) for row in known]

    def save(self, path: Path) -> None:
        """Write the arrays as files that begin with `path`'s name."""
        for name in ("vocabulary", "offsets", "texts", "impacts", "idf"):
            np.save(path.with_name(f"{path.name}.{name}.npy"), getattr(self, name))
        np.save(path.with_name(f"{path.name}.size.npy"), np.array(self.size))

    @classmethod
    def load(cls, path: Path) -> LexicalIndex:
        """Return the index saved at `path`, memory-mapped.

        Raises:
            OSError, ValueError: a file is missing or cut short.
        """

        def array(name: str) -> Any:
            mapped = np.load(path.with_name(f"{path.name}.{name}.npy"), mmap_mode="r")
            # The same pages without the class that makes every slice of a memmap dear.
            return mapped.view(np.ndarray)

        names = ("vocabulary", "offsets", "texts", "impacts", "idf")
        return cls(int(array("size")), *(array(name) for name in names))

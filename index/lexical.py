"""BM25 over hashed terms, as flat arrays that are written once and memory-mapped or read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays import file_of, mapped
from index.spans import Spans
from index.stored_rows import StoredRows
from index.text import Terms

Floats = NDArray[np.float32]

# Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009).
K1 = 1.2
B = 0.6

STEPS = 255  # of what a frequent term counts in a text, of the most that it could

MAPPED = 1 << 26  # bytes of lists up to which they are mapped; more are read, list by list
KEPT = 64  # lists that stay read: those of some questions

_ARRAYS = ("vocabulary", "offsets", "texts", "impacts", "rows", "row_of", "idf", "highest")
_LISTS = ("texts", "impacts")


@dataclass(frozen=True)
class LexicalIndex:
    """Which texts hold which terms, and how much each occurrence counts.

    A term is kept as the list of the texts that hold it. Where there are many texts, one that a
    good part of them holds is kept as a row with a byte for every text instead: less to store,
    and added up without looking anything up.

    Attributes:
        size: number of texts.
        vocabulary: distinct terms, ascending. Shape: (v,).
        offsets: `texts[offsets[i]:offsets[i + 1]]` hold term i, none if it has a row.
            Shape: (v + 1,).
        texts: positions of texts, ascending within a term. Shape: (p,).
        impacts: BM25 weight of the term in that text, idf included. Shape: (p,).
        rows: of each frequent term `STEPS` times its impact as a share of idf × (K1 + 1), which
            no impact reaches; 0 where it does not occur. Shape: (f, size).
        row_of: the row of each term, ascending; -1 for one with a list. Shape: (v,).
        idf: inverse document frequency of each term. Shape: (v,).
        highest: largest impact of each term. Shape: (v,).
    """

    size: int
    vocabulary: Terms
    offsets: NDArray[np.int64]
    texts: NDArray[np.int32] | StoredRows
    impacts: Floats | StoredRows
    rows: NDArray[np.uint8]
    row_of: NDArray[np.int32]
    idf: Floats
    highest: Floats

    @cached_property
    def steps(self) -> Floats:
        """The impact that one step of each row stands for. Shape: (f,)."""
        return self.idf[self.row_of >= 0] * np.float32((K1 + 1) / STEPS)

    @cached_property
    def _list(self) -> Callable[[int, int], tuple[NDArray[np.int32], Floats]]:
        """Gives the texts and the impacts of a list, by its begin and end."""
        return lru_cache(KEPT)(lambda begin, end: (self.texts[begin:end], self.impacts[begin:end]))

    @cached_property
    def _whole(self) -> dict[int, Floats]:
        """Impacts in all texts of each term that most of them hold, by the begin of its list.

        They are added up several times as fast as by looking the texts of a list up.
        """
        long = (np.diff(self.offsets) > self.size / 2).nonzero()[0]
        whole = {int(self.offsets[term]): np.zeros(self.size, np.float32) for term in long}
        for term in long:
            listed = slice(self.offsets[term], self.offsets[term + 1])
            whole[int(listed.start)][self.texts[listed]] = self.impacts[listed]
        return whole

    def scores(
        self, query: Terms, weights: Floats | None = None, among: Spans | None = None
    ) -> Floats:
        """Return the BM25 score of texts for `query`, 0 where no term occurs.

        Args:
            query: distinct terms. Shape: (q,).
            weights: how much each term counts; 1 without. Shape: (q,).
            among: the texts that are scored; all without.

        Returns:
            Scores. Shape: (size,) or (among.size,).
        """
        factors = np.ones(len(query), np.float32) if weights is None else weights
        return self.sums(query, factors, None, among)

    def matched(self, query: Terms, values: Floats, among: Spans | None = None) -> Floats:
        """Return, for each text, the sum of the values of the query terms that it holds.

        Args:
            query: distinct terms. Shape: (q,).
            values: what holding each is worth. Shape: (q,).
            among: the texts that are looked at; all without.
        """
        return self.sums(query, None, values, among)

    def sums(
        self, query: Terms, factors: Floats | None, values: Floats | None, among: Spans | None
    ) -> Floats:
        """Return, for each text, the sum of factor × impact + value over the terms that it holds.

        Args:
            query: distinct terms. Shape: (q,).
            factors: of the impact of each term; 0 without. Shape: (q,).
            values: what holding each is worth by itself; 0 without. Shape: (q,).
            among: the texts that are looked at; all without.
        """
        among = among or Spans.whole(self.size)
        sums = np.zeros(among.size, dtype=np.float32)
        lists: list[tuple[int, int, int]] = []
        for row, begin, end, line in self._held(query):
            whole = self.rows[line] if line >= 0 else self._whole.get(begin)
            if whole is None:
                lists.append((row, begin, end))
                continue
            impacts = among.of(whole)
            if factors is not None:
                sums += (factors[row] * self.steps[line] if line >= 0 else factors[row]) * impacts
            if values is not None:
                sums += values[row] * (impacts > 0)
        if lists:
            # All lists at once, at half of what one after the other takes.
            texts, impacts, counts = self._listed(lists, among)
            terms = [row for row, _, _ in lists]
            worth = np.zeros(len(texts), dtype=np.float32)
            if factors is not None:
                worth += np.repeat(factors[terms], counts) * impacts
            if values is not None:
                worth += np.repeat(values[terms], counts)
            np.add.at(sums, texts, worth)
        return sums

    def _listed(
        self, lists: Sequence[tuple[int, int, int]], among: Spans
    ) -> tuple[NDArray[np.int64], Floats, list[int]]:
        """Return the texts of several lists, the impacts in them, and how many each list gives."""
        texts: list[NDArray[np.int64] | NDArray[np.int32]] = []
        impacts: list[Floats] = []
        for _, begin, end in lists:
            holders, worth = self._list(begin, end)
            places, found = among.inside(holders)
            texts.append(found)
            impacts.append(worth[places])
        return np.concatenate(texts), np.concatenate(impacts), [len(one) for one in texts]

    def mass(self) -> Floats:
        """Return the sum of the idf of the terms of each text. Shape: (size,)."""
        held = np.repeat(self.idf, np.diff(self.offsets))
        mass = np.zeros(self.size) + np.bincount(self.texts[:], weights=held, minlength=self.size)
        for idf, row in zip(self.idf[self.row_of >= 0], self.rows, strict=True):
            mass += idf * (row > 0)
        return mass.astype(np.float32)

    def holds(self, query: Terms, text: int) -> NDArray[np.bool_]:
        """Return which of the terms a text holds. Shape: (q,)."""
        held = np.zeros(len(query), dtype=bool)
        sought = np.int32(text)
        for row, begin, end, line in self._held(query):
            if line >= 0:
                held[row] = self.rows[line, text] > 0
                continue
            owners, _ = self._list(begin, end)
            place = int(owners.searchsorted(sought))
            held[row] = place < end - begin and owners[place] == sought
        return held

    @property
    def highest_idf(self) -> float:
        """The idf of a term that never occurs."""
        return float(np.log1p((self.size + 0.5) / 0.5))

    def idf_of(self, query: Terms) -> Floats:
        """Return the idf of each term; the highest possible one for terms that never occur."""
        return self._of(query, self.idf, self.highest_idf)

    def highest_of(self, query: Terms) -> Floats:
        """Return the largest impact of each term in any text; 0 for terms that never occur."""
        return self._of(query, self.highest, 0.0)

    def _of(self, query: Terms, values: Floats, unknown: float) -> Floats:
        found = np.full(len(query), unknown, dtype=np.float32)
        rows, positions = self._known(query)
        found[rows] = values[positions]
        return found

    def _held(self, query: Terms) -> Iterator[tuple[int, int, int, int]]:
        """Yield place in the query, begin and end of its list, and row of each known term."""
        rows, positions = self._known(query)
        begins, ends = self.offsets[positions], self.offsets[positions + 1]
        found = (rows, begins, ends, self.row_of[positions])
        return zip(*(array.tolist() for array in found), strict=True)

    def _known(self, query: Terms) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return places in the query and in the vocabulary of the known terms. Shape: (k,) each."""
        if not len(self.vocabulary):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        places = self.vocabulary.searchsorted(query)
        places[places == len(self.vocabulary)] = 0
        rows = (self.vocabulary[places] == query).nonzero()[0]
        return rows, places[rows]

    def save(self, path: Path) -> None:
        """Write the arrays as files that begin with `path`'s name."""
        for name in _ARRAYS:
            np.save(file_of(path, name), getattr(self, name)[:])
        np.save(file_of(path, "size"), np.array(self.size))

    @classmethod
    def load(cls, path: Path) -> LexicalIndex:
        """Return the index saved at `path`, memory-mapped but for its lists if they are many.

        Each question needs lists here and there, and soon the whole of a mapped file would be
        counted as this process' memory.

        Raises:
            OSError, ValueError: a file is missing or cut short.
        """

        def array(name: str) -> Any:
            file = file_of(path, name)
            if name in _LISTS and file.stat().st_size > MAPPED:
                return StoredRows(file)
            return mapped(file)

        return cls(int(array("size")), *(array(name) for name in _ARRAYS))

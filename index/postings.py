"""Making a lexical index text by text, in memory that the postings themselves need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.lexical import K1, STEPS, B, Floats, LexicalIndex
from index.text import Terms

SEGMENT = 1 << 24  # occurrences of terms that are sorted at a time
MANY = 1 << 14  # texts from which frequent terms have rows
FREQUENT = 8  # one text in so many: a row takes a byte for each text, a list eight for a holder


@dataclass(frozen=True)
class _Segment:
    """The postings of some neighbouring texts.

    Attributes:
        vocabulary: distinct terms, ascending. Shape: (v,).
        holders: number of texts that hold each. Shape: (v,).
        texts: positions of those texts, term by term, ascending within each. Shape: (p,).
        counts: how often the term occurs there. Shape: (p,).
    """

    vocabulary: Terms
    holders: NDArray[np.int64]
    texts: NDArray[np.int32]
    counts: NDArray[np.unsignedinteger]


class Postings:
    """Takes texts and gives their index.

    All occurrences at once would take several times the memory of the index; so they are sorted
    and counted segment by segment, and each segment's postings then go straight to their places.
    """

    def __init__(self) -> None:
        self._lengths: list[int] = []
        self._waiting: list[Terms] = []
        self._occurrences = 0
        self._segments: list[_Segment] = []

    def add(self, terms: Terms) -> None:
        """Take the next text, given as its terms (repeated as they occur)."""
        self._lengths.append(len(terms))
        self._waiting.append(terms)
        self._occurrences += len(terms)
        if self._occurrences >= SEGMENT:
            self._close()

    def index(self) -> LexicalIndex:
        """Return the index of all texts taken, which are forgotten here."""
        self._close()
        lengths = np.array(self._lengths, dtype=np.float32)
        segments, self._segments = self._segments, []
        vocabulary = _distinct([s.vocabulary for s in segments])
        holders = np.zeros(len(vocabulary), dtype=np.int64)
        for segment in segments:
            holders[np.searchsorted(vocabulary, segment.vocabulary)] += segment.holders
        size = len(lengths)
        idf = np.log1p((size - holders + 0.5) / (holders + 0.5)).astype(np.float32)
        norm = K1 * (1 - B + B * lengths / (lengths.mean() if lengths.any() else 1))
        frequent = (holders > size / FREQUENT) & (size >= MANY)
        row_of = np.where(frequent, np.cumsum(frequent) - 1, -1).astype(np.int32)
        rows = np.zeros((int(frequent.sum()), size), dtype=np.uint8)
        offsets = np.append(0, np.cumsum(np.where(frequent, 0, holders))).astype(np.int64)
        texts = np.empty(offsets[-1], dtype=np.int32)
        impacts = np.empty(offsets[-1], dtype=np.float32)
        free = offsets[:-1].copy()
        while segments:
            segment = segments.pop(0)
            terms = np.searchsorted(vocabulary, segment.vocabulary)
            tf = segment.counts.astype(np.float32)
            share = tf / (tf + norm[segment.texts])
            listed = ~frequent[terms]
            of_list = np.repeat(listed, segment.holders)
            owners = np.repeat(row_of[terms[~listed]], segment.holders[~listed])
            codes = np.maximum(np.rint(share[~of_list] * STEPS), 1)
            rows[owners, segment.texts[~of_list]] = codes
            held, listing = segment.holders[listed], terms[listed]
            places = np.repeat(free[listing] - (np.cumsum(held) - held), held)
            places += np.arange(len(places))
            texts[places] = segment.texts[of_list]
            impacts[places] = np.repeat(idf[listing], held) * share[of_list] * (K1 + 1)
            free[listing] += held
        highest = _highest(impacts, offsets, rows, row_of, idf)
        return LexicalIndex(size, vocabulary, offsets, texts, impacts, rows, row_of, idf, highest)

    def _close(self) -> None:
        """Turn the texts that wait into a segment."""
        if not self._occurrences:
            return
        waiting, self._waiting, self._occurrences = self._waiting, [], 0
        last = len(self._lengths)
        lengths = self._lengths[last - len(waiting) :]
        owners = np.repeat(np.arange(last - len(waiting), last, dtype=np.uint64), lengths)
        keys = (np.concatenate(waiting).astype(np.uint64) << np.uint64(32)) | owners
        postings, counts = np.unique(keys, return_counts=True)
        vocabulary, holders = np.unique(
            (postings >> np.uint64(32)).astype(np.uint32), return_counts=True
        )
        texts = (postings & np.uint64(0xFFFFFFFF)).astype(np.int32)
        narrow = counts.astype(np.min_scalar_type(int(counts.max())))
        self._segments.append(_Segment(vocabulary, holders, texts, narrow))


def lexical_index(texts: Iterable[Terms]) -> LexicalIndex:
    """Return the index of `texts`, each given as its terms (repeated as they occur)."""
    postings = Postings()
    for terms in texts:
        postings.add(terms)
    return postings.index()


def _distinct(vocabularies: list[Terms]) -> Terms:
    return np.unique(np.concatenate([np.zeros(0, np.uint32), *vocabularies]))


def _highest(
    impacts: Floats,
    offsets: NDArray[np.int64],
    rows: NDArray[np.uint8],
    row_of: NDArray[np.int32],
    idf: Floats,
) -> Floats:
    """Return the largest impact of each term in any text."""
    highest = np.zeros(len(idf), dtype=np.float32)
    listed = row_of < 0
    if len(impacts):
        highest[listed] = np.maximum.reduceat(impacts, offsets[:-1][listed])
    highest[~listed] = rows.max(axis=1, initial=0) * (idf[~listed] * np.float32((K1 + 1) / STEPS))
    return highest

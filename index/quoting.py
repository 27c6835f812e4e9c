"""Picking the sentences that answer: a window of whole sentences out of a document's text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from index.analysed import AnalysedSection
from index.analyzer import with_pairs
from index.answer_types import FIRM, looks_like
from index.lexical import LexicalIndex
from index.question import Question
from index.text import Terms

LENGTH = 300  # characters of an ordinary quote
TABLE_LENGTH = 450  # of rows with times and fees
LIST_LENGTH = 1200  # of a list that was asked for
TYPE_BONUS = 0.18  # for holding what an answer of that kind looks like
LENGTH_COST = 0.12  # for each 300 characters beyond an ordinary quote
EMPTY_COST = 0.2  # for holding nothing of what was asked by itself
PAIR_SHARE = 0.7  # what a pair of words counts against its weight in finding
NEAR_SHARE = 0.3  # what a word of a neighbouring sentence counts
HEADING_SHARE = 0.9  # what a word in the heading path counts against one in the sentence


@dataclass(frozen=True, slots=True)
class Passage:
    """A slice of a document that answers.

    Attributes:
        start, end: `document.text[start:end]` is the quote.
        answering: spans within the quote that answer, for bold type.
        heading: heading path of its section.
        score: share of what was asked that the quote and its headings hold, between 0 and 1,
            with the bonus for the kind of answer.
        coverage: the same share without any bonus.
    """

    start: int
    end: int
    answering: tuple[tuple[int, int], ...]
    heading: tuple[str, ...]
    score: float
    coverage: float


@dataclass(frozen=True)
class Wanted:
    """What is looked for in the sentences of a document.

    Attributes:
        terms: what was asked, ascending. Shape: (n,).
        shares: of each in all that was asked. Shape: (n,).
        kinds: kinds of answer that fit.
        length: characters that a quote may have.
    """

    terms: Terms
    shares: NDArray[np.float64]
    kinds: list[str]
    length: int

    def fitting(self, quote: str) -> float:
        """Return the share of the firm kinds of answer that a quote looks like; 1 without any."""
        firm = [kind for kind in self.kinds if kind in FIRM]
        return sum(looks_like(kind, quote) for kind in firm) / len(firm) if firm else 1.0

    def held(self, terms: Terms, owners: NDArray[np.int32], texts: int) -> NDArray[np.bool_]:
        """Return which of the wanted terms each text holds. Shape: (texts, n).

        Args:
            terms: of all texts. Shape: (t,).
            owners: the text that each is from. Shape: (t,).
            texts: how many there are.
        """
        held = np.zeros((texts, len(self.terms)), dtype=bool)
        if len(self.terms):
            places = self.terms.searchsorted(terms)
            places[places == len(self.terms)] = 0
            found = (self.terms[places] == terms).nonzero()[0]
            held[owners[found], places[found]] = True
        return held


class Quoter:
    """Picks passages.

    Args:
        sections: lexical index that knows how rare each term is.
    """

    def __init__(self, sections: LexicalIndex) -> None:
        self._sections = sections

    def pick(
        self, documents: Sequence[Sequence[AnalysedSection]], wanted: Wanted
    ) -> list[list[Passage]]:
        """Return the best passages of each document: two of each section at most, best first.

        Args:
            documents: of each the sections to look at.
            wanted: what is looked for.
        """
        rated = _rated([part for parts in documents for part in parts], wanted)
        found = [
            [
                passage
                for part, scores, coverages in islice(rated, len(parts))
                for passage in _of_section(part, scores, coverages, wanted.length)
            ]
            for parts in documents
        ]
        return [sorted(passages, key=lambda p: -p.score) for passages in found]

    def wanted(self, question: Question, length: int) -> Wanted:
        """Return what is to be looked for in the sentences of every document.

        Args:
            question: what is asked.
            length: characters that a quote may have.
        """
        weights = question.content_weights * self._sections.idf_of(question.terms)
        weights = np.where(question.is_pair, PAIR_SHARE * weights, weights)
        total = float(weights.sum()) or 1.0
        order = question.terms.argsort()
        shares = (weights / total)[order].astype(np.float64)
        kinds = [answer.name for answer in question.answers]
        return Wanted(question.terms[order], shares, kinds, length)


def _rated(
    parts: Sequence[AnalysedSection], wanted: Wanted
) -> Iterator[tuple[AnalysedSection, list[float], list[float]]]:
    """Yield the sections with score and coverage of each of their sentences.

    What its title and headings say of what was asked counts almost as much as what a sentence says
    itself, for every sentence below them is about that; what only the neighbouring sentences say
    counts a little.
    """
    counts = [len(part.spans) for part in parts]
    if not sum(counts):
        return
    firsts = np.cumsum(counts) - counts
    of_part = np.repeat(np.arange(len(parts)), counts)
    sentences = [part.sentences for part in parts]
    # No pair reaches beyond its sentence, so all sections can be gone through as one.
    terms, owners = with_pairs(
        np.concatenate([one.words for one in sentences]),
        np.concatenate([one.counts for one in sentences]),
    )
    held = wanted.held(terms, owners, len(of_part))
    above = _above(parts, wanted)[of_part]
    near = held.copy()
    beside = (of_part[1:] == of_part[:-1])[:, None]
    near[1:] |= held[:-1] & beside
    near[:-1] |= held[1:] & beside
    said = (held * wanted.shares).sum(axis=1)
    implied = ((above & ~held) * wanted.shares).sum(axis=1)
    around = ((near & ~held & ~above) * wanted.shares).sum(axis=1)
    coverage = said + HEADING_SHARE * implied + NEAR_SHARE * around
    score = coverage + TYPE_BONUS * np.minimum(_looks(parts, wanted), 2)
    spans = np.concatenate([one.spans for one in sentences])
    lengths = spans[:, 1] - spans[:, 0]
    score -= LENGTH_COST * np.maximum(lengths - LENGTH, 0) / LENGTH
    score -= EMPTY_COST * ~held.any(axis=1)
    for part, first in zip(parts, firsts.tolist(), strict=True):
        span = slice(first, first + len(part.spans))
        yield part, score[span].tolist(), coverage[span].tolist()


def _above(parts: Sequence[AnalysedSection], wanted: Wanted) -> NDArray[np.bool_]:
    """Return what title and headings of each section say of what is wanted. Shape: (parts, n)."""
    lengths = [len(part.above) for part in parts]
    owners = np.repeat(np.arange(len(parts), dtype=np.int32), lengths)
    return wanted.held(np.concatenate([p.above for p in parts]), owners, len(parts))


def _looks(parts: Sequence[AnalysedSection], wanted: Wanted) -> NDArray[np.int64]:
    """Return how many of the wanted kinds of answer each sentence looks like."""
    looks = np.zeros(sum(len(part.spans) for part in parts), np.int64)
    for kind in wanted.kinds:
        looks += np.concatenate([part.fitting(kind) for part in parts])
    return looks


def _of_section(
    part: AnalysedSection, scores: Sequence[float], coverages: Sequence[float], length: int
) -> Iterator[Passage]:
    """Yield the best passage of a section, and the next one that lies outside of it."""
    spans = part.spans
    taken = (0, 0)
    for i in sorted(range(len(spans)), key=lambda i: -scores[i]):
        if taken[0] <= spans[i][0] < taken[1]:
            continue
        first, last = _widen(spans, i, length)
        start, end = spans[first][0], spans[last][1]
        answering = (spans[i][0] - start, spans[i][1] - start)
        yield Passage(start, end, (answering,), part.section.heading, scores[i], coverages[i])
        if taken != (0, 0):
            break
        taken = (start, end)


def _widen(spans: Sequence[tuple[int, int]], at: int, length: int) -> tuple[int, int]:
    """Take in the sentences that follow, then those before, as far as they fit."""
    first = last = at
    while last + 1 < len(spans) and spans[last + 1][1] - spans[first][0] <= length:
        last += 1
    while first > 0 and spans[last][1] - spans[first - 1][0] <= length:
        first -= 1
    return first, last

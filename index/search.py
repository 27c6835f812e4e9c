"""Finding the documents and sections that may answer: lexical and dense scores, fused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.build import SearchIndex
from index.encoder import Encoder, Vectors, has_tokens
from index.lexical import K1, LexicalIndex
from index.question import Question
from index.spans import Positions, Spans

Floats = NDArray[np.float32]

NEAREST = 512  # rows taken from the dense index, several of a section
COMPARED = 8  # likeliest documents whose tokens are held against the question's
REACH = 0.5  # of score that tokens may make up for
CLOSEST = 2  # sections of each whose tokens are looked at
EXHAUSTIVE = 4096  # documents up to which each is scored
BLOCKS = (256, 2048)  # likeliest documents that are scored in a larger store, in turn
SLACK = 1e-4  # of a bound, for sums in another order round otherwise


@dataclass(frozen=True)
class Fusion:
    """Weights of the normalised scores; tuned on the development sets (docs/evaluation.md)."""

    title: float = 1.0
    body: float = 1.2
    section: float = 0.6
    title_dense: float = 0.4
    section_dense: float = 1.0
    precision: float = 0.3
    late: float = 1.5


LEXICAL_ONLY = Fusion(title_dense=0.0, section_dense=0.0, late=0.0)
DENSE_ONLY = Fusion(title=0.0, body=0.0, section=0.0, precision=0.0, late=0.0)


@dataclass(frozen=True)
class Candidate:
    """A document that may answer.

    Attributes:
        position: of the document in the index.
        score: fused score.
        precision: how much of its title was asked for, between 0 and 1.
        section_scores: of its own sections, in their order. Shape: (sections of the document,).
    """

    position: int
    score: float
    precision: float
    section_scores: Floats

    @property
    def sections(self) -> list[int]:
        """Positions in the document of the sections that hold something, best first.

        The first one where none does: a document may be found by its title alone.
        """
        best = np.argsort(-self.section_scores, kind="stable")
        return [int(i) for i in best if self.section_scores[i] > 0] or [0]


@dataclass(frozen=True)
class _Near:
    """The rows that the dense index found: whose they are and their normalised scores.

    Shape: (n,) each; -1 stands for the section of a document's title.
    """

    documents: Positions
    sections: Positions
    scores: Floats


@dataclass(frozen=True)
class _Scored:
    """Some documents, scored in full.

    Attributes:
        positions: of the documents, ascending. Shape: (n,).
        fused, precision: as in `Candidate`. Shape: (n,) each.
        section_scores: of all their sections, one document after the other.
        firsts: where those of each document begin. Shape: (n,).
    """

    positions: NDArray[np.int64]
    fused: Floats
    precision: Floats
    section_scores: Floats
    firsts: NDArray[np.int64]

    def best(self, count: int) -> list[Candidate]:
        """Return the best documents, best first."""
        ends = np.append(self.firsts[1:], len(self.section_scores))
        return [
            Candidate(
                int(self.positions[i]),
                float(self.fused[i]),
                float(self.precision[i]),
                self.section_scores[self.firsts[i] : ends[i]],
            )
            for i in _highest(self.fused, count)
        ]


class Retriever:
    """Ranks the documents of an index for a question.

    In a large store most documents are never scored. No section holds a term that its document
    does not hold, so the terms of the whole text bound what the best section can add; documents
    are scored in the order of their bounds until no bound is left that reaches the last of the
    best. What comes out is what scoring all of them would give, unless thousands of documents
    fit a question about equally well: then the likeliest of them have to do.

    Args:
        index: what is searched.
        encoder: the one that made the index' vectors; None searches lexically only.
        fusion: weights.
        exhaustive: number of documents up to which each is scored.
    """

    def __init__(
        self,
        index: SearchIndex,
        encoder: Encoder | None,
        fusion: Fusion,
        exhaustive: int = EXHAUSTIVE,
    ) -> None:
        self.index = index
        self._encoder = encoder
        self._fusion = fusion
        self._exhaustive = exhaustive

    def rank(self, question: Question, count: int = 10) -> list[Candidate]:
        """Return the best documents, best first.

        Raises:
            EncoderError: the question cannot be encoded.
        """
        return self._compared(question, self._ranked(question, max(count, COMPARED)))[:count]

    def _compared(self, question: Question, ranked: list[Candidate]) -> list[Candidate]:
        """Return documents in the order that the tokens of the best of them give as well."""
        if not (ranked and len(self.index.tokens) and self._fusion.late):
            return ranked
        if not has_tokens(self._encoder):
            return ranked
        least = ranked[0].score - REACH
        near = [c for c in ranked[:COMPARED] if c.score >= least and self._has_tokens(c)]
        if len(near) < 2:
            return ranked
        asked = self._encoder.encode_question_tokens(question.encoded)
        likeness = self._likeness(asked, near)
        if np.isnan(likeness).all():
            return ranked
        # A document without tokens is taken to be as like as these are on average.
        gained = self._fusion.late * np.nan_to_num(likeness - np.nanmean(likeness))
        gains = dict(zip((c.position for c in near), gained.tolist(), strict=True))
        closer = [replace(c, score=c.score + gains.get(c.position, 0.0)) for c in ranked]
        return sorted(closer, key=lambda candidate: -candidate.score)

    def _has_tokens(self, candidate: Candidate) -> bool:
        first, end = self._first_sections[candidate.position : candidate.position + 2]
        return self.index.tokens.among(first, end)

    def _likeness(self, asked: Vectors, ranked: list[Candidate]) -> Floats:
        """Return how like the closest section of each document is; nan where it has no tokens."""
        likeliest = [candidate.sections[:CLOSEST] for candidate in ranked]
        sections = [
            self._first_sections[candidate.position] + own
            for candidate, chosen in zip(ranked, likeliest, strict=True)
            for own in chosen
        ]
        likeness = self.index.tokens.likeness(asked, np.array(sections, dtype=np.int64))
        counts = np.array([len(chosen) for chosen in likeliest], dtype=np.int64)
        closest: Floats = np.fmax.reduceat(likeness, np.cumsum(counts) - counts)
        return closest

    def _ranked(self, question: Question, count: int) -> list[Candidate]:
        size = len(self.index.documents)
        if not size:
            return []
        asked = self._encoded(question)
        if size <= self._exhaustive:
            near = self._nearest(asked)
            parts = self._by_words(question) | self._by_meaning(near)
            return self._scored(question, near, parts, np.arange(size)).best(count)
        # Both halves take long in a large store, and comparing vectors leaves the interpreter to
        # the words, as encoding would not: each would wait for the other.
        with ThreadPoolExecutor(1) as aside:
            nearest = aside.submit(self._nearest, asked)
            words, most = self._by_words(question), self._most_of_sections(question)
            near = nearest.result()
        parts = words | self._by_meaning(near)
        bounds = self._fuse(parts | {"section": most})
        best: list[Candidate] = []
        least = -np.inf
        for block in BLOCKS:
            likely = np.flatnonzero(bounds > least)
            if not len(likely):
                break
            if len(likely) > block:
                likely = np.sort(likely[np.argpartition(-bounds[likely], block)[:block]])
            scored = self._scored(question, near, parts, likely).best(count)
            best = sorted([*best, *scored], key=lambda c: (-c.score, c.position))[:count]
            bounds[likely] = -np.inf
            if len(best) == count:
                least = best[-1].score - SLACK
        return best

    def _encoded(self, question: Question) -> Vectors | None:
        """Return the vector of a question, None without an encoder. Shape: (1, d)."""
        return self._encoder.encode_questions([question.encoded]) if self._encoder else None

    def _nearest(self, asked: Vectors | None) -> _Near:
        if self._encoder is None or asked is None:
            return _Near(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.float32))
        dense = self.index.dense
        rows, cosines = dense.search(asked, NEAREST)
        floor = self._encoder.floor
        scores = np.maximum(cosines - floor, 0) / (1 - floor)
        return _Near(dense.documents[rows], dense.sections[rows], scores)

    def _by_words(self, question: Question) -> dict[str, Floats]:
        """Return the normalised scores of each document but that of its sections' words."""
        return {
            "title": self._share(self.index.titles, question),
            "body": self._share(self.index.bodies, question),
            "precision": self._precision(question),
        }

    def _by_meaning(self, near: _Near) -> dict[str, Floats]:
        """Return the normalised scores of the vectors of each document."""
        is_title = near.sections < 0
        everything = Spans.whole(len(self.index.documents))
        return {
            name: _spread(near.documents[chosen], near.scores[chosen], everything)
            for name, chosen in (("title_dense", is_title), ("section_dense", ~is_title))
        }

    def _most_of_sections(self, question: Question) -> Floats:
        """Return what the best section of each document can score at most."""
        highest = question.term_weights * self.index.sections.highest_of(question.terms)
        matched = self.index.bodies.matched(question.terms, highest.astype(np.float32))
        return matched / _ideal(self.index.sections, question)

    def _scored(
        self,
        question: Question,
        near: _Near,
        parts: dict[str, Floats],
        positions: NDArray[np.int64],
    ) -> _Scored:
        """Score documents given by their ascending positions."""
        index = self.index
        if len(positions) == len(index.documents):
            among, firsts = Spans.whole(len(index.section_documents)), index.first_sections
        else:
            among = Spans(self._first_sections[positions], self._first_sections[positions + 1])
            firsts = among.firsts
        sections = self._share(index.sections, question, among)
        fused = self._fuse(
            {name: scores[positions] for name, scores in parts.items()}
            | {"section": np.maximum.reduceat(sections, firsts)}
        )
        is_section = near.sections >= 0
        dense = _spread(near.sections[is_section], near.scores[is_section], among)
        return _Scored(positions, fused, parts["precision"][positions], sections + dense, firsts)

    def _fuse(self, parts: dict[str, Floats]) -> Floats:
        fused = np.zeros(len(parts["title"]), dtype=np.float32)
        for name, scores in parts.items():
            fused += getattr(self._fusion, name) * scores
        return fused

    def _share(self, index: LexicalIndex, question: Question, among: Spans | None = None) -> Floats:
        """Return BM25 scores as a share of what a text full of the question's terms would get."""
        scores = index.scores(question.terms, question.term_weights, among)
        return scores / _ideal(index, question)

    def _precision(self, question: Question) -> Floats:
        """Return how much of each title was asked for: a longer one says more than was asked."""
        index = self.index.titles
        idf = index.idf_of(question.terms) * np.minimum(question.content_weights, 1)
        matched = index.matched(question.terms, idf.astype(np.float32))
        return matched / self._title_mass

    @cached_property
    def _title_mass(self) -> Floats:
        """Sum of the idf of the terms of each title."""
        return np.maximum(self.index.titles.mass(), 1e-6)

    @cached_property
    def _first_sections(self) -> Positions:
        """Position of each document's first section, and the number of all sections."""
        index = self.index
        return np.append(index.first_sections, len(index.section_documents)).astype(np.int32)


def _ideal(index: LexicalIndex, question: Question) -> float:
    """Return the BM25 score of a text full of the question's terms."""
    return float((question.term_weights * index.idf_of(question.terms)).sum()) * (K1 + 1) or 1.0


def _highest(scores: Floats, count: int) -> NDArray[np.int64]:
    """Return the positions of the highest scores, highest first; of equal ones the first first."""
    likely = np.arange(len(scores))
    if count < len(scores):
        likely = np.flatnonzero(scores >= np.partition(scores, -count)[-count])
    return likely[np.argsort(-scores[likely], kind="stable")[:count]]


def _spread(owners: Positions, scores: Floats, among: Spans) -> Floats:
    """Return the best score of each text, 0 where none was found. Shape: (among.size,)."""
    order = np.argsort(owners, kind="stable")
    found, texts = among.inside(owners[order])
    spread = np.zeros(among.size, dtype=np.float32)
    np.maximum.at(spread, texts, scores[order][found])
    return spread

"""Finding the documents and sections that may answer: lexical and dense scores, fused."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.build import SearchIndex
from index.encoder import Encoder
from index.lexical import K1, LexicalIndex
from index.question import Question
from index.text import Terms

Floats = NDArray[np.float32]

NEAREST = 256  # rows taken from the dense index


@dataclass(frozen=True)
class Fusion:
    """Weights of the normalised scores; tuned on the development sets (docs/evaluation.md)."""

    title: float = 1.0
    body: float = 1.2
    section: float = 0.6
    title_dense: float = 0.4
    section_dense: float = 0.6
    precision: float = 0.3


LEXICAL_ONLY = Fusion(title_dense=0.0, section_dense=0.0)
DENSE_ONLY = Fusion(title=0.0, body=0.0, section=0.0, precision=0.0)


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


class Retriever:
    """Ranks the documents of an index for a question.

    Args:
        index: what is searched.
        encoder: the one that made the index' vectors; None searches lexically only.
        fusion: weights.
    """

    def __init__(self, index: SearchIndex, encoder: Encoder | None, fusion: Fusion) -> None:
        self.index = index
        self._encoder = encoder
        self._fusion = fusion

    def rank(self, question: Question, count: int = 10) -> list[Candidate]:
        """Return the best documents, best first."""
        if not self.index.documents:
            return []
        parts = self.parts(question)
        fused = self.fuse(parts)
        best = np.argsort(-fused, kind="stable")[:count]
        return [
            Candidate(
                int(i),
                float(fused[i]),
                float(parts["precision"][i]),
                self._own_sections(int(i), parts["section_scores"]),
            )
            for i in best
        ]

    def parts(self, question: Question) -> dict[str, Floats]:
        """Return each normalised score of every document. Shape: (documents,) each.

        "section_scores" holds those of the sections instead. Shape: (sections,).
        """
        index = self.index
        titles = _share(index.titles, question.terms, question.term_weights)
        bodies = _share(index.bodies, question.terms, question.term_weights)
        sections = _share(index.sections, question.terms, question.term_weights)
        title_dense, section_dense = self._dense(question)
        return {
            "title": titles,
            "body": bodies,
            "section": np.maximum.reduceat(sections, index.first_sections),
            "title_dense": title_dense,
            "section_dense": np.maximum.reduceat(section_dense, index.first_sections),
            "precision": self._precision(question),
            "section_scores": sections + section_dense,
        }

    def fuse(self, parts: dict[str, Floats]) -> Floats:
        """Return the fused score of every document. Shape: (documents,)."""
        fused = np.zeros(len(self.index.documents), dtype=np.float32)
        for name, weight in vars(self._fusion).items():
            fused += weight * parts[name]
        return fused

    def _precision(self, question: Question) -> Floats:
        """Return how much of each title was asked for: a longer one says more than was asked."""
        index = self.index.titles
        idf = index.idf_of(question.terms) * np.minimum(question.term_weights, 1)
        matched = index.matched(question.terms, idf.astype(np.float32))
        return matched / self._title_mass

    @cached_property
    def _title_mass(self) -> Floats:
        """Sum of the idf of the terms of each title."""
        index = self.index.titles
        held = np.repeat(index.idf, np.diff(index.offsets))
        mass = np.bincount(index.texts, weights=held, minlength=index.size)
        return np.maximum(mass, 1e-6).astype(np.float32)

    def _dense(self, question: Question) -> tuple[Floats, Floats]:
        index = self.index
        titles = np.zeros(len(index.documents), dtype=np.float32)
        sections = np.zeros(len(index.section_documents), dtype=np.float32)
        if self._encoder is None:
            return titles, sections
        vector = self._encoder.encode_questions([question.formal])
        rows, cosines = index.dense.search(vector, NEAREST)
        floor = self._encoder.floor
        scores = np.maximum(cosines - floor, 0) / (1 - floor)
        documents, owners = index.dense.documents[rows], index.dense.sections[rows]
        is_title = owners < 0
        titles[documents[is_title]] = scores[is_title]
        sections[owners[~is_title]] = scores[~is_title]
        return titles, sections

    def _own_sections(self, position: int, scores: Floats) -> Floats:
        first = int(self.index.first_sections[position])
        last = int(np.searchsorted(self.index.section_documents, position, side="right"))
        return scores[first:last]


def _share(index: LexicalIndex, terms: Terms, weights: Floats) -> Floats:
    """Return BM25 scores as a share of what a text full of the question's terms would get."""
    ideal = float((weights * index.idf_of(terms)).sum()) * (K1 + 1)
    return index.scores(terms, weights) / (ideal or 1.0)

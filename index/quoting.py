"""Picking the sentences that answer: a window of whole sentences out of a document's text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.analyzer import Analyzer
from index.answer_types import looks_like
from index.lexical import LexicalIndex
from index.question import Question
from index.text import normalise
from knowledge.document import Document, Section
from knowledge.sentences import sentence_spans

LENGTH = 300  # characters of an ordinary quote
LIST_LENGTH = 1200  # of a list that was asked for
TYPE_BONUS = 0.18  # for holding what an answer of that kind looks like
LENGTH_COST = 0.12  # for each 300 characters
NEAR_SHARE = 0.3  # what a word of a neighbouring sentence counts
HEADING_SHARE = 0.8  # what a word in the heading path counts against one in the sentence


@dataclass(frozen=True)
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


class Quoter:
    """Picks passages.

    Args:
        sections: lexical index that knows how rare each term is.
        analyzer: the one that made its terms.
    """

    def __init__(self, sections: LexicalIndex, analyzer: Analyzer) -> None:
        self._sections = sections
        self._analyzer = analyzer

    def pick(
        self, document: Document, sections: Sequence[Section], question: Question, whole: bool
    ) -> list[Passage]:
        """Return the best passage of each section, best first.

        Args:
            document: the document to quote.
            sections: sections to look at.
            question: what is asked.
            whole: whether a list is asked for, which is quoted to its end.
        """
        weights = question.term_weights * self._sections.idf_of(question.terms)
        total = float(weights.sum()) or 1.0
        asked = dict(zip(question.terms.tolist(), (weights / total).tolist(), strict=True))
        kinds = [answer.name for answer in question.answers]
        passages = [
            self._best(document, section, asked, kinds, whole)
            for section in sections
            if section.end > section.start
        ]
        return sorted(passages, key=lambda p: -p.score)

    def _best(
        self,
        document: Document,
        section: Section,
        asked: dict[int, float],
        kinds: Sequence[str],
        whole: bool,
    ) -> Passage:
        spans = _sentences(document, section)
        terms = self._analyzer.terms
        held = [set(terms(document.text[s:e]).tolist()) & asked.keys() for s, e in spans]
        above = set(terms(_subject(document, section)).tolist()) & asked.keys()
        best: tuple[float, float, int] = (-np.inf, 0.0, 0)
        for i, (start, end) in enumerate(spans):
            near = set().union(*held[max(i - 1, 0) : i + 2])
            coverage = _coverage(asked, held[i], above, near)
            text = document.text[start:end]
            bonus = TYPE_BONUS * sum(looks_like(k, text) for k in kinds) / max(len(kinds), 1)
            score = coverage + bonus - LENGTH_COST * (end - start) / LENGTH
            if score > best[0]:
                best = (score, coverage, i)
        score, coverage, i = best
        first, last = _widen(spans, i, LIST_LENGTH if whole else LENGTH)
        start, end = spans[first][0], spans[last][1]
        answering = (spans[i][0] - start, spans[i][1] - start)
        return Passage(start, end, (answering,), section.heading, score, coverage)


def _coverage(
    asked: dict[int, float], held: set[int], above: set[int], near: set[int]
) -> float:
    """Return the share of what was asked that a sentence says.

    What its title and headings say counts almost as much, for every sentence below them is about
    that; what only the neighbouring sentences say counts a little.
    """
    said = sum(asked[term] for term in held)
    implied = sum(asked[term] for term in above - held)
    beside = sum(asked[term] for term in near - held - above)
    return said + HEADING_SHARE * implied + NEAR_SHARE * beside


def _widen(spans: Sequence[tuple[int, int]], at: int, length: int) -> tuple[int, int]:
    """Take in the sentences that follow, then those before, as far as they fit."""
    first = last = at
    while last + 1 < len(spans) and spans[last + 1][1] - spans[first][0] <= length:
        last += 1
    while first > 0 and spans[last][1] - spans[first - 1][0] <= length:
        first -= 1
    return first, last


def _sentences(document: Document, section: Section) -> list[tuple[int, int]]:
    """Return the spans to choose from: all but title and headings, which only name the answer.

    A title that is a whole sentence is the opening of a text that has none.
    """
    spans = sentence_spans(document.text, section.start, section.end)
    title = () if document.title.rstrip().endswith((".", "!", "?")) else (document.title,)
    names = {normalise(name) for name in (*title, *section.heading)}
    said = [(s, e) for s, e in spans if normalise(document.text[s:e]) not in names]
    return said or spans


def _subject(document: Document, section: Section) -> str:
    """Return what every sentence of a section is about, said or not."""
    metadata = document.metadata
    years = range(metadata.period.start, metadata.period.end + 1) if metadata.period else ()
    parts = (document.title, metadata.number, metadata.issuer, metadata.place, metadata.code)
    return " . ".join([*(p for p in parts if p), *map(str, years), *section.heading])

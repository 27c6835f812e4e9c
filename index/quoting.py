"""Picking the sentences that answer: a window of whole sentences out of a document's text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.analyzer import Analyzer
from index.answer_types import FIRM, looks_like
from index.lexical import LexicalIndex
from index.question import Question
from knowledge.document import Document, Section
from knowledge.sentences import sentence_spans

LENGTH = 300  # characters of an ordinary quote
TABLE_LENGTH = 450  # of rows with times and fees
LIST_LENGTH = 1200  # of a list that was asked for
TYPE_BONUS = 0.18  # for holding what an answer of that kind looks like
LENGTH_COST = 0.12  # for each 300 characters beyond an ordinary quote
EMPTY_COST = 0.2  # for holding nothing of what was asked by itself
PAIR_SHARE = 0.7  # what a pair of words counts against its weight in finding
NEAR_SHARE = 0.3  # what a word of a neighbouring sentence counts
HEADING_SHARE = 0.9  # what a word in the heading path counts against one in the sentence


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
        fitting: share of the firm kinds of answer wanted that the quote looks like; 1 without.
    """

    start: int
    end: int
    answering: tuple[tuple[int, int], ...]
    heading: tuple[str, ...]
    score: float
    coverage: float
    fitting: float


@dataclass(frozen=True)
class _Wanted:
    """What is looked for in the sentences of one document.

    Attributes:
        asked: term → its share of all that was asked.
        subject: terms that the document as a whole is about.
        kinds: kinds of answer that fit.
        length: characters that a quote may have.
    """

    asked: dict[int, float]
    subject: set[int]
    kinds: list[str]
    length: int


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
        self, document: Document, sections: Sequence[Section], question: Question, length: int
    ) -> list[Passage]:
        """Return the best passages of each section, two at most, best first.

        Args:
            document: the document to quote.
            sections: sections to look at.
            question: what is asked.
            length: characters that a quote may have.
        """
        wanted = self._wanted(document, question, length)
        passages = [
            passage
            for section in sections
            if section.end > section.start
            for passage in self._of_section(document, section, wanted)
        ]
        return sorted(passages, key=lambda p: -p.score)

    def _wanted(self, document: Document, question: Question, length: int) -> _Wanted:
        weights = question.term_weights * self._sections.idf_of(question.terms)
        weights = np.where(question.is_pair, PAIR_SHARE * weights, weights)
        total = float(weights.sum()) or 1.0
        asked = dict(zip(question.terms.tolist(), (weights / total).tolist(), strict=True))
        subject = self._held(_subject(document), asked)
        return _Wanted(asked, subject, [answer.name for answer in question.answers], length)

    def _held(self, text: str, asked: dict[int, float]) -> set[int]:
        return set(self._analyzer.terms(text).tolist()) & asked.keys()

    def _of_section(
        self, document: Document, section: Section, wanted: _Wanted
    ) -> Iterator[Passage]:
        """Yield the best passage of a section, and the next one that lies outside of it."""
        spans = _sentences(document, section)
        rated = self._rated(document, section, spans, wanted)
        taken = (0, 0)
        for score, coverage, i in sorted(rated, key=lambda r: (-r[0], r[2])):
            if taken[0] <= spans[i][0] < taken[1]:
                continue
            first, last = _widen(spans, i, wanted.length)
            start, end = spans[first][0], spans[last][1]
            answering = (spans[i][0] - start, spans[i][1] - start)
            fitting = _fitting(wanted.kinds, document.text[start:end])
            yield Passage(start, end, (answering,), section.heading, score, coverage, fitting)
            if taken != (0, 0):
                break
            taken = (start, end)

    def _rated(
        self,
        document: Document,
        section: Section,
        spans: Sequence[tuple[int, int]],
        wanted: _Wanted,
    ) -> Iterator[tuple[float, float, int]]:
        """Yield score, coverage and position of each sentence."""
        held = [self._held(document.text[s:e], wanted.asked) for s, e in spans]
        above = wanted.subject | self._held(" . ".join(section.heading), wanted.asked)
        for i, (start, end) in enumerate(spans):
            near = set().union(*held[max(i - 1, 0) : i + 2])
            coverage = _coverage(wanted.asked, held[i], above, near)
            text = document.text[start:end]
            fitting = sum(looks_like(kind, text) for kind in wanted.kinds)
            score = coverage + TYPE_BONUS * min(fitting, 2)
            score -= LENGTH_COST * max(end - start - LENGTH, 0) / LENGTH
            yield score - EMPTY_COST * (not held[i]), coverage, i


def _fitting(kinds: Sequence[str], text: str) -> float:
    firm = [kind for kind in kinds if kind in FIRM]
    return sum(looks_like(kind, text) for kind in firm) / len(firm) if firm else 1.0


def _coverage(asked: dict[int, float], held: set[int], above: set[int], near: set[int]) -> float:
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
    names = {*title, *section.heading}
    said = [(s, e) for s, e in spans if document.text[s:e] not in names]
    return said or spans


def _subject(document: Document) -> str:
    """Return what every sentence of a document is about, said or not."""
    metadata = document.metadata
    years = range(metadata.period.start, metadata.period.end + 1) if metadata.period else ()
    parts = (document.title, metadata.number, metadata.issuer, metadata.place, metadata.code)
    return " . ".join([*(part for part in parts if part), *map(str, years)])

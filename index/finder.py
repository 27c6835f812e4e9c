"""From a question to the passages that may answer it: ranked, read, quoted, judged."""

from __future__ import annotations

from collections.abc import Container, Hashable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from index.analysed import AnalysedDocument, AnalysedSection
from index.analyzer import Analyzer
from index.build import SearchIndex
from index.concepts import Concepts
from index.confidence import Confidence
from index.constraints import (
    code_agreement,
    place_agreement,
    place_unsaid,
    year_agreement,
    year_unsaid,
)
from index.documents import IndexedDocument
from index.encoder import Encoder
from index.question import Question
from index.quoting import LENGTH, LIST_LENGTH, TABLE_LENGTH, Passage, Quoter, Wanted
from index.search import Candidate, Fusion, Retriever
from index.variants import special_in
from knowledge.document import Document
from knowledge.places import Places
from knowledge.store import KnowledgeStore

CANDIDATES = 24  # documents whose place, year and number are held against the question
SECTIONS = 5  # sections of a document that are looked at
FIELD_SECTIONS = 3  # sections looked at of each field that answers

# What agreement is worth beside the fused score; tuned on the development sets.
PLACE = 0.5
YEAR = 0.12
CODE = 0.8
FAVOURED = 0.15
SUMMARY = 0.65
QUOTE = 2.5
SPECIAL = 0.6  # for each special case that a procedure is for and nobody asked about
NAME = 1.0  # of a procedure without anything in its name that was not asked for

CERTAIN = 0.99  # confidence in a procedure whose code was given
FIELD = 0.8

# How long a quote may be for what is asked: a list to its end, a table row by row.
LENGTHS = (
    ({"list", "documents", "steps"}, LIST_LENGTH),
    ({"time_limit", "fee"}, TABLE_LENGTH),
)


@dataclass(frozen=True)
class Sought:
    """What is searched for; for equal ones a finder finds the same.

    Attributes:
        question: as understood.
        meaning: of the question, which stands for it.
        favoured: id of the document that the conversation is about.
        without: ids of documents to pass over, as if they were not in the store.
        procedures_only: whether everything but procedures is passed over as well.
        read: how many of the likeliest documents are read.
        version: of the store.
    """

    question: Question = field(compare=False)
    meaning: Hashable
    favoured: str | None
    without: frozenset[str]
    procedures_only: bool
    read: int
    version: int


@dataclass(frozen=True)
class Found:
    """Passages of a document that may answer.

    Attributes:
        position: of the document in the index.
        passages: best first, never empty.
        score: what documents are ordered by.
        confidence: probability that the first passage answers.
        features: what the confidence was computed from.
    """

    position: int
    passages: tuple[Passage, ...]
    score: float
    confidence: float
    features: dict[str, float]


@dataclass(frozen=True)
class _Asked:
    """A question and what is worked out of it once for all documents.

    Attributes:
        question: as understood.
        fields: of procedures that answer it, first the most certain.
        wanted: what is looked for in sentences.
        concepts: what it is about.
    """

    question: Question
    fields: list[str]
    wanted: Wanted
    concepts: Concepts


class Finder:
    """Finds passages in one state of an index.

    Args:
        store: where the texts are read from.
        index: made from that store.
        encoder: the one that made the index' vectors; None searches lexically only.
        analyzer: the one that made the index' terms.
        places: which place is part of which.
        confidence: the fitted model.
        fusion: weights of the scores.
        hidden: ids of documents to pass over in every search.
    """

    def __init__(
        self,
        store: KnowledgeStore,
        index: SearchIndex,
        encoder: Encoder | None,
        analyzer: Analyzer,
        places: Places,
        confidence: Confidence,
        fusion: Fusion,
        hidden: Container[str],
    ) -> None:
        self._store = store
        self._index = index
        self._analyzer = analyzer
        self._places = places
        self._confidence = confidence
        self._hidden = hidden
        self._retriever = Retriever(index, encoder, fusion)
        self._quoter = Quoter(index.sections)

    def find(self, sought: Sought) -> tuple[Found, ...]:
        """Return the likeliest documents that hold something to quote, in no order.

        Raises:
            EncoderError: the question cannot be encoded.
        """
        question = sought.question
        fitted = [
            (self._fitted(question, candidate, sought.favoured), candidate)
            for candidate in self._retriever.rank(question, CANDIDATES)
            if self._may_answer(self._index.documents[candidate.position], sought)
        ]
        read = [
            (score, candidate, analysed)
            for score, candidate in sorted(fitted, key=lambda pair: -pair[0])[: sought.read]
            if (analysed := self.analysed(candidate.position, sought.version))
        ]
        asked = self._asked(question)
        # Comparing sentences takes hardly longer for all documents than for one.
        picked = self._quoter.pick(
            [_sections(asked, analysed, candidate) for _, candidate, analysed in read],
            asked.wanted,
        )
        return tuple(
            self._judged(asked, candidate, score, analysed.document, passages)
            for (score, candidate, analysed), passages in zip(read, picked, strict=True)
            if passages
        )

    def analysed(self, position: int, version: int) -> AnalysedDocument | None:
        """Return a document taken apart, None where it was removed since the index was made."""
        name = self._index.documents[position].id

        def anew() -> AnalysedDocument:
            document = self._store.get(name)
            # The document may have changed since the index was made.
            found = self._index.sentences_of(position) if self._index.version == version else None
            return AnalysedDocument(document, self._analyzer, found)

        try:
            return self._index.analysed.get((version, name), anew)
        except KeyError:
            return None

    def _may_answer(self, document: IndexedDocument, sought: Sought) -> bool:
        passed_over = document.id in sought.without or document.id in self._hidden
        return not passed_over and bool(document.metadata.code or not sought.procedures_only)

    def _asked(self, question: Question) -> _Asked:
        fields = [s for intent in question.intents for s in intent.sections]
        kinds = {answer.name for answer in question.answers}
        kinds |= {intent.name for intent in question.intents}
        length = next((size for names, size in LENGTHS if kinds & names), LENGTH)
        concepts = Concepts(question.concepts, self._index.bodies)
        return _Asked(question, fields, self._quoter.wanted(question, length), concepts)

    def _fitted(self, question: Question, candidate: Candidate, favoured: str | None) -> float:
        """Return a candidate's score with what the question fixes taken into account."""
        document = self._index.documents[candidate.position]
        score = candidate.score
        if question.places:
            score += PLACE * place_agreement(question, document, self._places)
        if question.years:
            score += YEAR * year_agreement(question, document)
        if question.codes:
            score += CODE * max(code_agreement(question, document), 0.0)
        score += FAVOURED * (document.id == favoured)
        if document.metadata.code:
            score -= SPECIAL * special_in(document.title, question.unasked)
        return score - SUMMARY * bool(document.metadata.summarises)

    def _judged(
        self,
        asked: _Asked,
        candidate: Candidate,
        fitted: float,
        document: Document,
        found: Sequence[Passage],
    ) -> Found:
        indexed = self._index.documents[candidate.position]
        passages = _preferred(asked, document, found) if document.metadata.code else found
        best = document.text[passages[0].start : passages[0].end]
        features = self._features(asked, candidate, indexed, passages[0], best)
        named = self._names_procedure(asked.question, indexed)
        return Found(
            candidate.position,
            tuple(passages),
            fitted
            + QUOTE * max(p.score for p in passages)
            + NAME * candidate.precision * bool(indexed.metadata.code),
            CERTAIN if named else self._confidence.of(features),
            features,
        )

    def _names_procedure(self, question: Question, document: IndexedDocument) -> bool:
        """Say whether a question gives the very code of a procedure, which leaves no doubt."""
        return bool(document.metadata.code) and code_agreement(question, document) > 0

    def _features(
        self,
        asked: _Asked,
        candidate: Candidate,
        indexed: IndexedDocument,
        best: Passage,
        quote: str,
    ) -> dict[str, float]:
        question, bodies = asked.question, self._index.bodies
        said = asked.concepts.shares(bodies, candidate.position)
        named = asked.concepts.shares(self._index.titles, candidate.position)
        rarity = asked.concepts.spoken if indexed.metadata.code else asked.concepts.rarity
        total = float(rarity.sum()) or 1.0
        return {
            "coverage": best.coverage,
            "said": float((rarity * said).sum()) / total,
            "named": float((rarity * named).sum()) / total,
            "missing": float((rarity * (1 - said)).max(initial=0.0)) / bodies.highest_idf,
            "unnamed": float((rarity * (1 - named)).max(initial=0.0)) / bodies.highest_idf,
            "place_conflict": float(place_agreement(question, indexed, self._places) < 0),
            "year_conflict": float(year_agreement(question, indexed) < 0),
            "place_unsaid": float(place_unsaid(question, indexed, quote, self._places)),
            "year_unsaid": float(year_unsaid(question, indexed, quote)),
            "kind_missing": 1.0 - asked.wanted.fitting(quote),
            "code_match": float(code_agreement(question, indexed) > 0),
            "code_conflict": float(code_agreement(question, indexed) < 0),
            "precision": candidate.precision,
        }


def _sections(
    asked: _Asked, analysed: AnalysedDocument, candidate: Candidate
) -> list[AnalysedSection]:
    """Return the sections of a document to quote from: those found, and those of fields asked."""
    sections = analysed.document.sections
    held = [i for i in candidate.sections if i < len(sections)]
    chosen = held[:SECTIONS]
    if analysed.document.metadata.code:
        likeliest_first = list(dict.fromkeys((*held, *range(len(sections)))))
        for name in asked.fields:
            fields = (i for i in likeliest_first if sections[i].heading[:1] == (name,))
            chosen += islice(fields, FIELD_SECTIONS)
    known = (i for i in dict.fromkeys(chosen) if sections[i].end > sections[i].start)
    return [analysed.section(i) for i in known]


def _preferred(asked: _Asked, document: Document, passages: Sequence[Passage]) -> list[Passage]:
    """Return the passages of a procedure, those of the fields asked first, without repetitions."""

    def worth(passage: Passage) -> float:
        heading = passage.heading[0] if passage.heading else ""
        if heading not in asked.fields:
            return passage.score
        return passage.score + FIELD / (1 + asked.fields.index(heading))

    return _distinct(document, sorted(passages, key=lambda p: -worth(p)))


def _distinct(document: Document, passages: Sequence[Passage]) -> list[Passage]:
    """Return the passages without those that repeat one before; tables say things three times."""
    texts = {document.text[p.start : p.end]: p for p in reversed(passages)}
    return [p for p in passages if texts[document.text[p.start : p.end]] is p]

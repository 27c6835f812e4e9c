"""What a question fixes (place, year, number) held against what a document is about."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from index.documents import IndexedDocument
from index.question import Question
from knowledge.codes import Code, parse_code
from knowledge.places import NATIONAL, Places

REMEMBERED = 1 << 13  # written numbers that stay read; each question with one looks at hundreds


def place_agreement(question: Question, document: IndexedDocument, places: Places) -> float:
    """Return how a document's place fits: 1 its own, 0.5 named or a part, 0 open, -1 another.

    A procedure of the national portal holds everywhere.
    """
    if not question.places or document.metadata.code:
        return 0.0
    asked = [mention.name for mention in question.places]
    own = document.metadata.place
    if own in asked:
        return 1.0
    if set(asked) & set(document.places):
        return 0.5
    if own is None or own == NATIONAL:
        return -0.5
    return 0.3 if any(places.covers(name, own) for name in asked) else -1.0


def year_agreement(question: Question, document: IndexedDocument) -> float:
    """Return how a document's years fit: 1 it names one asked for, 0 open, -1 only others."""
    if not question.years or document.metadata.code:
        return 0.0
    if set(question.years) & set(document.years):
        return 1.0
    return -1.0 if document.years else -0.5


def place_unsaid(question: Question, document: IndexedDocument, quote: str, places: Places) -> bool:
    """Say whether a question names a place that neither the quote nor its document is about."""
    if not question.places or document.metadata.code:
        return False
    asked = [mention.name for mention in question.places if mention.certain]
    own = document.metadata.place
    if not asked:
        return False
    if own and any(places.covers(name, own) for name in asked):
        return False
    return not {mention.name for mention in places.find(quote)} & set(asked)


def year_unsaid(question: Question, document: IndexedDocument, quote: str) -> bool:
    """Say whether a question names a year that neither the quote nor its document is about."""
    if not question.years or document.metadata.code:
        return False
    period, issued = document.metadata.period, document.metadata.issued_on
    own = set(range(period.start, period.end + 1)) if period else set()
    own |= {issued.year} if issued else set()
    said = f"{document.title} {quote}"
    return not any(year in own or str(year) in said for year in question.years)


def code_agreement(question: Question, document: IndexedDocument) -> float:
    """Return how a document's number fits: 1 its own, 0.5 named in it, -1 neither, 0 open.

    A procedure rests on laws that its question may name: only the code of another procedure
    speaks against it.
    """
    if not question.codes:
        return 0.0
    asked = [mention.code for mention in question.codes]
    if document.metadata.code:
        asked = [code for code in asked if code.is_procedure]
    if not asked:
        return 0.0
    metadata = document.metadata
    if _any_matches(asked, (metadata.code, metadata.number, *metadata.summarises)):
        return 1.0
    return 0.5 if _any_matches(asked, document.codes) else -1.0


def _any_matches(asked: Iterable[Code], written: Iterable[str | None]) -> bool:
    codes = [code for number in written if number and (code := _read(number))]
    return any(code.matches(other) for code in asked for other in codes)


@lru_cache(REMEMBERED)
def _read(number: str) -> Code | None:
    return parse_code(number)

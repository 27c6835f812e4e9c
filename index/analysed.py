"""Documents taken apart for quoting: sentences and their terms, worked out once, kept a while."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.analyzer import Analyzer
from index.answer_types import looks_like
from index.sentences import Sentences
from index.text import Terms
from knowledge.document import Document, Section
from knowledge.sentences import sentence_spans

KEPT = 256  # documents that stay taken apart; some 16 KB each, in each process that answers


@dataclass(frozen=True)
class AnalysedSection:
    """The sentences of a section and what they hold.

    Attributes:
        section: as stored.
        text: of the whole document.
        spans: of the sentences to choose from, in that text.
        sentences: the same sentences with their words.
        above: terms of what all of them are about, said or not: what the document is about, and
            the heading path. Shape: (h,).
    """

    section: Section
    text: str
    spans: tuple[tuple[int, int], ...]
    sentences: Sentences
    above: Terms
    _fitting: dict[str, NDArray[np.int64]] = field(default_factory=dict)

    def fitting(self, kind: str) -> NDArray[np.int64]:
        """Return 1 for each sentence that looks like an answer of a kind. Shape: (len(spans),)."""
        found = self._fitting.get(kind)
        if found is None:
            found = np.array([looks_like(kind, self.text[s:e]) for s, e in self.spans], np.int64)
            self._fitting[kind] = found
        return found


class AnalysedDocument:
    """A document whose sections are taken apart when they are first looked at.

    Args:
        document: as stored.
        analyzer: makes the terms.
        found: gives the sentences of a section by its position in the document, where they were
            found before.
    """

    def __init__(
        self,
        document: Document,
        analyzer: Analyzer,
        found: Callable[[int], Sentences] | None = None,
    ) -> None:
        self.document = document
        self._analyzer = analyzer
        self._found = found
        self._sections: dict[int, AnalysedSection] = {}

    @cached_property
    def _subject(self) -> Terms:
        """Terms of what the document is about."""
        metadata = self.document.metadata
        years = range(metadata.period.start, metadata.period.end + 1) if metadata.period else ()
        named = (metadata.number, metadata.issuer, metadata.place, metadata.code)
        parts = (self.document.title, *(part for part in named if part), *map(str, years))
        return self._analyzer.terms(" . ".join(parts))

    def section(self, position: int) -> AnalysedSection:
        """Return the section at a position in the document, taken apart."""
        found = self._sections.get(position)
        if found is None:
            found = self._sections[position] = self._analysed(position)
        return found

    def _analysed(self, position: int) -> AnalysedSection:
        section = self.document.sections[position]
        sentences = (
            sentences_of(self.document, section, self._analyzer)
            if self._found is None
            else self._found(position)
        )
        heading = self._analyzer.terms_of_heading(" . ".join(section.heading))
        above = np.concatenate([self._subject, heading])
        spans = tuple(zip(*sentences.spans.T.tolist(), strict=True))
        return AnalysedSection(section, self.document.text, spans, sentences, above)


def sentences_of(document: Document, section: Section, analyzer: Analyzer) -> Sentences:
    """Return the sentences of a section to choose a quote from, with their words.

    Args:
        document: as stored.
        section: one of its sections.
        analyzer: makes the terms.
    """
    text = document.text
    spans = _sentences(document, section)
    words, counts = analyzer.words_of_each([text[s:e] for s, e in spans])
    return Sentences(np.array(spans, np.int32).reshape(-1, 2), counts, words)


def _sentences(document: Document, section: Section) -> list[tuple[int, int]]:
    """Return the spans to choose from: all but title and headings, which only name the answer.

    A title that is a whole sentence is the opening of a text that has none.
    """
    spans = sentence_spans(document.text, section.start, section.end)
    title = () if document.title.rstrip().endswith((".", "!", "?")) else (document.title,)
    names = {*title, *section.heading}
    said = [(s, e) for s, e in spans if document.text[s:e] not in names]
    return said or spans

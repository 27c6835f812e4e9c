"""The one public door to searching: a question in, hits with their quotes and confidence out."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from datetime import date

from index.analyzer import Analyzer
from index.build import SearchIndex
from index.confidence import Confidence
from index.documents import IndexedDocument
from index.encoder import Encoder, EncoderError
from index.finder import Finder, Found, Sought
from index.question import MEMORABLE, Question
from index.quoting import Passage
from index.recent import Recent
from index.search import Fusion
from knowledge.codes import find_codes
from knowledge.document import Document, Metadata
from knowledge.places import Places
from knowledge.store import KnowledgeStore
from knowledge.validity import Standing, standing_on

READ = 3  # documents whose sentences are looked at
LIKELY = 0.5  # confidence from which an original goes before a summary of it
# What comes to a search engine was often asked before (Baeza-Yates et al., "The Impact of Caching
# on Search Engines", 2007).
REMEMBERED = 1024  # questions whose passages are kept, some 10 KB each


@dataclass(frozen=True)
class Hit:
    """A document that may answer, with the passages that do.

    Attributes:
        document: as stored.
        indexed: what the index knows of it.
        passages: best first, never empty.
        score: what hits are ordered by.
        confidence: probability that the first passage answers.
        features: what the confidence was computed from.
    """

    document: Document
    indexed: IndexedDocument
    passages: tuple[Passage, ...]
    score: float
    confidence: float
    features: dict[str, float]


class Searcher:
    """Searches one state of a store.

    Attributes:
        index: what is searched.
        encoded: whether vectors take part.

    Args:
        store: where the texts are read from.
        index: made from that store.
        encoder: the one that made the index' vectors; None searches lexically only.
        analyzer: the one that made the index' terms.
        places: which place is part of which.
        confidence: the fitted model.
        fusion: weights of the scores.
        hidden: ids of documents to pass over in every search.
        elsewhere: gives documents that are not in the store; it raises KeyError as well.
    """

    def __init__(
        self,
        store: KnowledgeStore,
        index: SearchIndex,
        encoder: Encoder | None,
        analyzer: Analyzer,
        places: Places,
        confidence: Confidence,
        fusion: Fusion | None = None,
        hidden: Container[str] = (),
        elsewhere: Callable[[str], Document] | None = None,
    ) -> None:
        self._store = store
        self._elsewhere = elsewhere
        self.index = index
        self.encoded = encoder is not None
        self._finder, self._by_words = (
            Finder(
                store,
                index,
                used,
                analyzer,
                places,
                confidence,
                fusion or Fusion(),
                hidden,
            )
            for used in (encoder, None)
        )
        self._recent: Recent[Sought, tuple[Found, ...]] = Recent(REMEMBERED)

    def search(
        self,
        question: Question,
        favoured: str | None = None,
        without: frozenset[str] = frozenset(),
        procedures_only: bool = False,
        read: int = READ,
    ) -> list[Hit]:
        """Return the documents that may answer, best first.

        Args:
            question: as understood.
            favoured: id of the document that the conversation is about.
            without: ids of documents to pass over, as if they were not in the store.
            procedures_only: whether everything but procedures is passed over as well.
            read: how many of the likeliest documents are read.
        """
        version = self._store.version
        sought = Sought(
            question, question.meaning, favoured, without, procedures_only, read, version
        )
        hits = [hit for found in self._found(sought) if (hit := self._hit(found, version))]
        return self._originals_first(sorted(hits, key=lambda h: -h.score))

    def document(self, document_id: str) -> Document:
        """Return a document with its text.

        Raises:
            KeyError: it was removed.
        """
        try:
            return self._store.get(document_id)
        except KeyError:
            if self._elsewhere is None:
                raise
            return self._elsewhere(document_id)

    def standing(self, metadata: Metadata, day: date) -> Standing:
        """Return where a document stands on a day, other stored documents considered."""
        successor, since = self.index.successors.get(metadata.number or "", (None, None))
        return standing_on(metadata, day, successor, since)

    def _found(self, sought: Sought) -> tuple[Found, ...]:
        """Return what is found, by words alone while the encoder does not work."""
        try:
            if len(sought.question.understood) > MEMORABLE:
                return self._finder.find(sought)
            return self._recent.get(sought, lambda: self._finder.find(sought))
        except EncoderError:  # what is found without it is not kept: it may work the next time
            return self._by_words.find(sought)

    def _hit(self, found: Found, version: int) -> Hit | None:
        """Return what was found with its document, None where that was removed meanwhile."""
        analysed = self._finder.analysed(found.position, version)
        if analysed is None:
            return None
        indexed = self.index.documents[found.position]
        return Hit(
            analysed.document,
            indexed,
            found.passages,
            found.score,
            found.confidence,
            found.features,
        )

    def _originals_first(self, hits: Sequence[Hit]) -> list[Hit]:
        """Let an original text go before the summary of it that came with the project."""
        originals = [
            h for h in hits if not h.indexed.metadata.summarises and h.confidence >= LIKELY
        ]

        def rank(hit: Hit) -> float:
            summed_up = hit.indexed.metadata.summarises
            numbers = [find_codes(name) or [name] for name in summed_up if _has_digit(name)]
            above = [o.score for o in originals if any(n[0] in o.document.text for n in numbers)]
            return min([hit.score, *(score - 1e-6 for score in above)])

        return sorted(hits, key=lambda h: -rank(h))


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)

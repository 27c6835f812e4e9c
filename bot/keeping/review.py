"""What was read out of a file: what its sender looks at before it answers questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from bot.keeping.uploads import Upload
from knowledge.document import Document, Metadata
from knowledge.extracting import Extract, Extractor
from knowledge.ingest import Ingest
from knowledge.metadata import corrected
from knowledge.readers.wire import load
from knowledge.row_corrections import mark_of
from knowledge.shelf import Shelf
from knowledge.store import Entry, KnowledgeStore
from knowledge.validity import Standing, Validity, standing_on

#: What can be corrected, in the order in which it is shown.
FIELDS = (
    "number",
    "kind",
    "issuer",
    "place",
    "issued_on",
    "period",
    "effective_from",
    "effective_to",
    "replaces",
)


@dataclass(frozen=True)
class Warning:
    """Something that is to be looked at: its key in the texts, and what belongs into it."""

    key: str
    what: str = ""


@dataclass(frozen=True)
class Review:
    """A file as it was read.

    Attributes:
        upload: the file.
        documents: in file order, the corrections laid over the first where there is one alone.
        extract: targets and deadlines of a single document.
        left: records that were refused: where, and why.
        warnings: what is to be looked at.
        standing: of a single document today.
    """

    upload: Upload
    documents: tuple[Document, ...]
    extract: Extract
    left: tuple[tuple[str, str], ...]
    warnings: tuple[Warning, ...]
    standing: Standing

    @property
    def document(self) -> Document | None:
        """The document of a file that holds one alone."""
        return self.documents[0] if len(self.documents) == 1 else None


class Reviewer:
    """Makes reviews.

    Args:
        store: the documents that are known already.
        ingest: makes documents of what was read.
        extractor: reads targets and deadlines.
    """

    def __init__(self, store: KnowledgeStore, ingest: Ingest, extractor: Extractor) -> None:
        self._store = store
        self._ingest = ingest
        self._extractor = extractor

    def documents(self, upload: Upload) -> tuple[Document, ...]:
        """Return the documents of a file as they were read.

        Raises:
            MetadataError: the file states something about itself that cannot be right.
        """
        return tuple(self._ingest.document(raw) for raw in load(upload.reading).documents)

    def review(self, upload: Upload, today: date) -> Review:
        """Return what a file that waits says.

        Raises:
            MetadataError: the file states something about itself that cannot be right.
        """
        read = load(upload.reading)
        documents = self.documents(upload)
        first = documents[0]
        if len(documents) > 1:
            nothing = standing_on(Metadata(), today)
            return Review(upload, documents, Extract(), tuple(read.rejected), (), nothing)
        document = replace(first, metadata=corrected(first.metadata, upload.fields))
        standing = standing_on(document.metadata, today)
        warnings = (
            *_of_reading(document, read.documents[0].gaps, standing),
            *self._of_store(first, document),
        )
        extract = self._extractor.read(document)
        stated = (row for row in extract.targets if mark_of(row) not in upload.dropped)
        extract = replace(extract, targets=tuple(stated))
        return Review(upload, (document,), extract, tuple(read.rejected), warnings, standing)

    def _of_store(self, read: Document, document: Document) -> Iterator[Warning]:
        """Yield how a document stands to those that are known: same, newer version, same number."""
        shelf = Shelf(self._store, False)
        twin = shelf.twin(read)
        entries = {entry.id: entry for entry in self._store.entries()}
        if twin is not None:
            yield Warning("twin", entries[twin].title)
            return
        place = shelf.id_of(read)
        if place in entries:
            yield Warning("version", entries[place].title)
        number = document.metadata.number
        for entry in entries.values():
            if number and entry.metadata.number == number and entry.id != place:
                yield Warning("same_number", _called(entry))


def _called(entry: Entry) -> str:
    return f"{entry.title} ({entry.id})"


def _of_reading(document: Document, gaps: tuple[str, ...], standing: Standing) -> Iterator[Warning]:
    known = document.metadata
    if gaps:
        yield Warning("gaps", ", ".join(gaps))
    if known.code:
        return
    if known.number is None:
        yield Warning("no_number")
    if known.issued_on is None:
        yield Warning("no_day")
    if known.place is None:
        yield Warning("no_place")
    if standing.validity is Validity.UNKNOWN:
        yield Warning("no_validity")
    if not any(section.heading for section in document.sections):
        yield Warning("no_headings")

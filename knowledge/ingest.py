"""From files to stored documents: read, cut along their structure, dated, compared, kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count
from pathlib import Path

from knowledge.document import Document, RawDocument
from knowledge.folding import fold
from knowledge.metadata import MetadataError, read_metadata, read_title
from knowledge.places import Places
from knowledge.readers import read_file
from knowledge.readers.clean import clean
from knowledge.readers.errors import ReadError
from knowledge.store import KnowledgeStore, digest_of
from knowledge.structure import assemble

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Added:
    """A document that is new or in a new version."""

    file: str
    document: str
    chunks: int


@dataclass(frozen=True)
class Unchanged:
    """A document that the store already held in this version."""

    file: str
    document: str


@dataclass(frozen=True)
class Rejected:
    """A file, or a line of one, that could not be taken, and why (a sentence for people)."""

    file: str
    reason: str


@dataclass
class AddReport:
    """What became of the files of one run."""

    added: list[Added] = field(default_factory=list)
    unchanged: list[Unchanged] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)


class Ingest:
    """Takes documents into a store.

    Args:
        store: where they are kept.
        places: names of places, for the metadata.
        max_bytes: size over which a file is refused.
    """

    def __init__(self, store: KnowledgeStore, places: Places, max_bytes: int) -> None:
        self._store = store
        self._places = places
        self._max_bytes = max_bytes

    def add(self, paths: Sequence[Path], progress: Progress, bundled: bool = False) -> AddReport:
        """Take in files; one that cannot be read is reported and the others are still taken.

        Every document is stored by itself, so that a run that was cut off goes on where it
        stopped: what is there already is found unchanged.
        """
        report = AddReport()
        known = self._store.digests()
        for done, path in enumerate(paths):
            progress(done, len(paths))
            self._add_file(path, report, known, progress, bundled)
        progress(len(paths), len(paths))
        return report

    def _add_file(
        self,
        path: Path,
        report: AddReport,
        known: dict[str, str],
        progress: Progress,
        bundled: bool,
    ) -> None:
        try:
            result = read_file(path, self._max_bytes)
        except ReadError as error:
            report.rejected.append(Rejected(str(path), str(error)))
            return
        report.rejected += [
            Rejected(label, reason) for label, reason in result.rejected
        ]
        for number, raw in enumerate(result.documents):
            if len(result.documents) > 1:
                progress(number, len(result.documents))
            try:
                document = self.document(raw)
            except MetadataError as error:
                report.rejected.append(Rejected(str(path), str(error)))
                continue
            self._keep(document, str(path), report, known, bundled)

    def document(self, raw: RawDocument) -> Document:
        """Return what a reader found as a document.

        Raises:
            MetadataError: its front matter is wrong.
        """
        text, sections = assemble(raw)
        metadata = read_metadata(raw, text, self._places)
        return Document(
            _identifier(raw.key), read_title(raw, text), text, sections, metadata, raw.source
        )

    def _keep(
        self,
        document: Document,
        file: str,
        report: AddReport,
        known: dict[str, str],
        bundled: bool,
    ) -> None:
        digest = digest_of(document)
        twin = next((name for name, other in known.items() if other == digest), None)
        if twin is not None:
            report.unchanged.append(Unchanged(file, twin))
            return
        document = replace(document, id=self._free_id(document, known))
        self._store.put(document, bundled)
        known[document.id] = digest
        report.added.append(Added(file, document.id, len(document.sections)))

    def _free_id(self, document: Document, known: Container[str]) -> str:
        """Return the id under which a document is kept: its own, or a numbered one.

        A file of the same name is a new version, unless it states another official number: then
        it is another document that happens to be called the same.
        """
        for name in chain([document.id], (f"{document.id}-{i}" for i in count(2))):
            if name not in known:
                break
            stored = self._store.get(name).metadata.number
            if not stored or not document.metadata.number or stored == document.metadata.number:
                break
        return name


def _identifier(key: str) -> str:
    """Return a document id made of a file's name or a code: "Kế hoạch 2023" → "ke-hoach-2023"."""
    return re.sub(r"[^a-z0-9.]+", "-", fold(clean(key))).strip("-.") or "tai-lieu"

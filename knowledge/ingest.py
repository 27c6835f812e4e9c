"""From files to stored documents: read, cut along their structure, dated, compared, kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.document import Document, RawDocument
from knowledge.folding import fold
from knowledge.metadata import MetadataError, read_metadata, read_title
from knowledge.places import Places
from knowledge.readers import ReadResult, read_file
from knowledge.readers.clean import clean
from knowledge.readers.errors import ReadError
from knowledge.shelf import Shelf
from knowledge.store import KnowledgeStore
from knowledge.structure import assemble

Progress = Callable[[int, int], None]
Read = Callable[[Path, int], ReadResult]

UNEXPECTED = "Không đọc được tệp này; hãy mở và lưu lại tệp, hoặc dùng một bản ở định dạng khác."


@dataclass(frozen=True)
class Added:
    """A document that is new or in a new version."""

    file: str
    document: str
    chunks: int
    targets: int = 0
    deadlines: int = 0


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

    def add(
        self,
        paths: Sequence[Path],
        progress: Progress,
        bundled: bool = False,
        read: Read | None = None,
    ) -> AddReport:
        """Take in files; one that cannot be read is reported and the others are still taken.

        Every document is stored by itself, so that a run that was cut off goes on where it
        stopped: what is there already is found unchanged.

        Args:
            paths: the files.
            progress: told (done, all), of files and of the records within one.
            bundled: whether they came with the project.
            read: reads a file, `read_file` without; for files from people in a process of its own.

        Raises:
            sqlite3.Error: the store cannot be written.
        """
        shelf = Shelf(self._store, bundled)
        report = AddReport()
        for done, path in enumerate(paths):
            progress(done, len(paths))
            try:
                result = (read or read_file)(path, self._max_bytes)
            except ReadError as error:
                report.rejected.append(Rejected(str(path), str(error)))
                continue
            except Exception:
                # What a library trips over in one file is no reason to lose the others.
                report.rejected.append(Rejected(str(path), UNEXPECTED))
                continue
            report.rejected += [Rejected(label, reason) for label, reason in result.rejected]
            for number, raw in enumerate(result.documents):
                if len(result.documents) > 1:
                    progress(number, len(result.documents))
                self._add_document(raw, str(path), shelf, report)
        progress(len(paths), len(paths))
        return report

    def document(self, raw: RawDocument) -> Document:
        """Return what a reader found as a document.

        Raises:
            MetadataError: its front matter is wrong.
        """
        return self.read(raw, self._places)

    @staticmethod
    def read(raw: RawDocument, places: Places) -> Document:
        """Return what a reader found as a document, for which no store is needed.

        Raises:
            MetadataError: its front matter is wrong.
        """
        text, sections = assemble(raw)
        metadata = read_metadata(raw, text, places)
        source = raw.front_matter.get("source") or raw.source
        return Document(
            _identifier(raw.key), read_title(raw, text), text, sections, metadata, source
        )

    def _add_document(self, raw: RawDocument, file: str, shelf: Shelf, report: AddReport) -> None:
        try:
            document = self.document(raw)
        except MetadataError as error:
            report.rejected.append(Rejected(file, str(error)))
            return
        except Exception:
            report.rejected.append(Rejected(file, UNEXPECTED))
            return
        twin = shelf.twin(document)
        if twin is not None:
            report.unchanged.append(Unchanged(file, twin))
            return
        document, extract = shelf.put(document)
        counts = len(extract.targets), len(extract.deadlines)
        report.added.append(Added(file, document.id, len(document.sections), *counts))


def _identifier(key: str) -> str:
    """Return a document id made of a file's name or a code: "Kế hoạch 2023" → "ke-hoach-2023"."""
    return re.sub(r"[^a-z0-9.]+", "-", fold(clean(key))).strip("-.") or "tai-lieu"

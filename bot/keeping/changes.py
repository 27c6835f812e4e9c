"""Changing the documents: adding, correcting, replacing, ending, withdrawing, undoing.

Every change is one transaction with its row in the audit list and with what is needed to undo it;
then the index is brought into step, so that the next question is answered from what was changed.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.audit import COMMAND_LINE, Action, Audit, Change
from bot.keeping.record import Record
from bot.keeping.replacing import check_fit
from bot.keeping.states import CONTENT, DOCUMENT, ROWS, thing_of
from bot.keeping.undo import Undoing
from index.keeper import IndexKeeper, writing
from knowledge.document import Document, Metadata
from knowledge.ingest import AddReport, Ingest
from knowledge.metadata import corrected
from knowledge.readers.apart import ReaderProcess
from knowledge.row_corrections import mark_of
from knowledge.shelf import Shelf
from knowledge.store import KnowledgeStore

Progress = Callable[[int, int], None]

RANGE = ("effective_from", "effective_to")  # one has to fit the other


@dataclass(frozen=True)
class Stored:
    """What became of documents: ids of new ones, of those known already, number of the change."""

    added: tuple[str, ...]
    unchanged: tuple[str, ...]
    change: int | None


class Changes:
    """Changes the documents of one home; other processes may do so as well.

    Args:
        home: the folder of the store.
        store: the documents.
        ingest: makes documents of what was read.
        keeper: of the index.
        audit: where changes are noted.
        encoding: told (done, all) while passages are encoded.
    """

    def __init__(
        self,
        home: Path,
        store: KnowledgeStore,
        ingest: Ingest,
        keeper: IndexKeeper,
        audit: Audit,
        encoding: Progress,
    ) -> None:
        self._home = home
        self._store = store
        self._ingest = ingest
        self._keeper = keeper
        self._audit = audit
        self._encoding = encoding
        self.undoing = Undoing(store, audit)

    def add(
        self, paths: Sequence[Path], reading: Progress, encoding: Progress, actor: str
    ) -> AddReport:
        """Take in files, each document as a change of its own.

        Args:
            paths: the files.
            reading, encoding: told (done, all).
            actor: who adds them.
        """

        @contextmanager
        def noted(document: Document) -> Iterator[None]:
            with self._audit.change(
                Action.DOCUMENT_STORED, document.id, document.title, actor
            ) as change:
                touch_stored(change, document.id)
                yield

        with writing(self._home, -1):
            with self._store.around(noted), ReaderProcess() as reader:
                report = self._ingest.add(paths, reading, read=reader.read)
            if report.added:
                self._keeper.rebuild(encoding)
        return report

    def store(
        self,
        documents: Sequence[Document],
        corrections: Mapping[str, str],
        actor: str,
        done: Callable[[Stored], None],
        dropped: Container[str] = (),
    ) -> Stored:
        """Take in documents that were read before, all of them or none, as one change.

        Args:
            documents: as they were read.
            corrections: fields that an official corrected, where it is a single document.
            actor: who adds them.
            done: told within the transaction of what became of them.
            dropped: marks of targets of a single document that an official takes for none.

        Raises:
            MetadataError: a correction does not fit any more.
        """
        with self.index_following():
            shelf = Shelf(self._store, False)
            fresh = [document for document in documents if shelf.twin(document) is None]
            known = [twin for document in documents if (twin := shelf.twin(document))]
            if not fresh:
                return self._correct_known(tuple(known), corrections, actor, done, dropped)
            subject = shelf.id_of(fresh[0])
            with (
                self._audit.change(Action.DOCUMENT_STORED, subject, _title(fresh), actor) as change,
                self._store.around(_touching(change)),
            ):
                ids = tuple(shelf.put(document)[0].id for document in fresh)
                if corrections:
                    metadata = corrected(self._store.get(ids[0]).metadata, corrections)
                    self._store.correct(ids[0], metadata)
                self._drop_targets(change, ids[0], dropped)
                done(stored := Stored(ids, tuple(known), change.change))
        return stored

    def correct(
        self, document_id: str, changes: Mapping[str, str], actor: str = COMMAND_LINE
    ) -> int:
        """Correct fields of a document's metadata and return the number of the change.

        Args:
            document_id: which.
            changes: field → what it is to say.
            actor: who corrects.

        Raises:
            KeyError: there is no such document.
            MetadataError: a field or value is wrong; the message is for the user.
        """
        with self.index_following():
            metadata = corrected(self._store.get(document_id).metadata, changes)
            said = _said(changes)
            with self._audit.change(Action.DOCUMENT_CORRECTED, document_id, said, actor) as change:
                self._lay(change, document_id, metadata)
        return change.change

    def end(self, document_id: str, last: date, actor: str = COMMAND_LINE) -> int:
        """Say which day is a document's last one in force; return the number of the change.

        Raises:
            KeyError: there is no such document.
            MetadataError: it came into force later than that.
        """
        with self.index_following():
            changes = {"effective_to": last.isoformat()}
            metadata = corrected(self._store.get(document_id).metadata, changes)
            with self._audit.change(
                Action.DOCUMENT_ENDED, document_id, last.isoformat(), actor
            ) as change:
                self._lay(change, document_id, metadata)
        return change.change

    def document(self, document_id: str) -> Document:
        """Return a document of the store.

        Raises:
            KeyError: there is none of that id.
        """
        return self._store.get(document_id)

    def knows(self, document_id: str) -> bool:
        """Say whether there is a document of that id."""
        return self._store.snapshot(document_id) is not None

    def check_replacing(self, old_id: str, new_id: str) -> None:
        """Make sure that one document can replace another.

        Raises:
            KeyError: one of them is not there; the argument is its id.
            ReplacingError: it cannot be.
        """
        old, new = self._store.get(old_id).metadata, self._store.get(new_id).metadata
        check_fit(old_id, old, new_id, new, [entry.metadata for entry in self._store.entries()])

    def replace(self, old_id: str, new_id: str, actor: str = COMMAND_LINE) -> int:
        """Say that one document replaces another, from the day on which it is in force.

        Args:
            old_id: what is replaced.
            new_id: what takes its place.
            actor: who says so.

        Returns:
            The number of the change.

        Raises:
            KeyError: one of them is not there; the argument is its id.
            ReplacingError: it cannot be.
        """
        with self.index_following():
            self.check_replacing(old_id, new_id)
            old, new = self._store.get(old_id).metadata, self._store.get(new_id).metadata
            with self._audit.change(Action.DOCUMENT_REPLACED, old_id, new_id, actor) as change:
                for document_id in (old_id, new_id):
                    change.rest_on(thing_of(DOCUMENT, document_id), CONTENT)
                if old.number is None:
                    self._lay(change, old_id, replace(old, replaced_by=new.number))
                else:
                    change.rest_on(thing_of(DOCUMENT, old_id), "number")
                    # Said by the new one, it counts from the day on which that is in force.
                    replaced = (*new.replaces, old.number)
                    self._lay(change, new_id, replace(new, replaces=replaced))
        return change.change

    def withdraw(self, document_ids: Sequence[str], actor: str = COMMAND_LINE) -> Mapping[str, int]:
        """Take documents out; return the number of the change of each that was in the store."""
        made: dict[str, int] = {}
        with self.index_following():
            for document_id in document_ids:
                try:
                    with self._audit.change(
                        Action.DOCUMENT_REMOVED, document_id, "", actor
                    ) as change:
                        change.touch(thing_of(DOCUMENT, document_id))
                        self._store.remove(document_id)
                except KeyError:
                    continue
                made[document_id] = change.change
        return made

    def undo(self, number: int, actor: str = COMMAND_LINE) -> Change:
        """Undo a change of the audit list and return the new change.

        Raises:
            UndoError: it cannot be undone; nothing was changed.
        """
        with self.index_following():
            return self.undoing.undo(number, actor)

    @contextmanager
    def index_following(self) -> Iterator[None]:
        """Hold the lock of whoever changes documents; bring the index into step afterwards."""
        with writing(self._home, -1):
            before = self._store.version
            yield
            if self._store.version != before:
                self._keeper.rebuild(self._encoding)

    def _correct_known(
        self,
        known: tuple[str, ...],
        corrections: Mapping[str, str],
        actor: str,
        done: Callable[[Stored], None],
        dropped: Container[str],
    ) -> Stored:
        """Let what an official corrected in a file that is known already stand in the store."""
        before = self._store.get(known[0]).metadata
        metadata = corrected(before, corrections)
        rows = self._store.extracts.of(known[0]).targets
        if metadata == before and not any(mark_of(row) in dropped for row in rows):
            with self._store.db.atomic():
                done(stored := Stored((), known, None))
            return stored
        said = _said(corrections)
        with self._audit.change(Action.DOCUMENT_CORRECTED, known[0], said, actor) as change:
            self._lay(change, known[0], metadata)
            self._drop_targets(change, known[0], dropped)
            done(stored := Stored((), known, change.change))
        return stored

    def _drop_targets(self, change: Record, document_id: str, dropped: Container[str]) -> None:
        change.touch(thing_of(ROWS, document_id))
        extracts = self._store.extracts
        for row in extracts.of(document_id).targets:
            if mark_of(row) in dropped:
                extracts.target_corrections.keep(document_id, row, None)

    def _lay(self, change: Record, document_id: str, metadata: Metadata) -> None:
        """Let corrected metadata stand; they rest on what they correct."""
        thing = thing_of(DOCUMENT, document_id)
        change.touch(thing)
        change.rest_on(thing, CONTENT)
        before = self._store.get(document_id).metadata
        if any(getattr(before, name) != getattr(metadata, name) for name in RANGE):
            for name in RANGE:
                change.rest_on(thing, name)
        self._store.correct(document_id, metadata)


def touch_stored(change: Record, document_id: str) -> None:
    """Note a document before it is stored, whether it is new or another version.

    Whether a file is another version of a document was decided by the number of that document.
    """
    thing = thing_of(DOCUMENT, document_id)
    change.touch(thing)
    change.rest_on(thing, "number")


def _touching(change: Record) -> Callable[[Document], AbstractContextManager[None]]:
    def enter(document: Document) -> AbstractContextManager[None]:
        touch_stored(change, document.id)
        return nullcontext()

    return enter


def _said(corrections: Mapping[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in corrections.items())


def _title(documents: Sequence[Document]) -> str:
    more = f" (+{len(documents) - 1})" if len(documents) > 1 else ""
    return f"{documents[0].title}{more}"

"""The sheets of the national procedures: a home of their own inside the home, made on first use.

Among the home's own documents thousands of sheets would change how rare words are, and answer where
nothing of the home does. Here they are asked for procedures alone, and after the home.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Container
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from config.texts import load_texts
from index.build import FOLDER as INDEX
from index.build import Progress, SearchIndex
from index.keeper import IndexKeeper, writing
from index.searcher import Searcher
from knowledge.document import Document
from knowledge.procedures.compact import codes, shipped, unpacked
from knowledge.procedures.facts import Procedure
from knowledge.procedures.reading import VERSION
from knowledge.procedures.rows import ProcedureRows
from knowledge.procedures.sheet import sheet
from knowledge.store import KnowledgeStore

if TYPE_CHECKING:
    from bot.context import Tools

FOLDER = "national"
STATE = "sheets"  # digest of the facts that the store holds
_ID = re.compile(r"\d\.\d{6}")  # of a sheet: the code of its procedure

KeeperOver = Callable[[Path, KnowledgeStore], IndexKeeper]


class SearcherOver(Protocol):
    """Gives the searcher over a store and its index."""

    def __call__(
        self,
        store: KnowledgeStore,
        index: SearchIndex,
        *,
        encoded: bool,
        hidden: Container[str],
    ) -> Searcher:
        """Return it, with or without vectors, passing over some documents."""
        ...


class National:
    """Gives the sheets of the procedures that the home does not hold itself.

    Args:
        home: folder of the home.
        own: the procedures that the home holds.
        keeper: gives the keeper of the index of a folder and its store.
        searcher: gives the searcher over a store and its index.
        progress: told (done, all) of the names that have to be encoded.

    Attributes:
        degraded: whether whoever asks is answered without vectors.
    """

    def __init__(
        self,
        home: Path,
        own: ProcedureRows,
        keeper: KeeperOver,
        searcher: SearcherOver,
        progress: Progress,
    ) -> None:
        self._folder = home / FOLDER
        self._own = own
        self._keeper_over = keeper
        self._searcher_over = searcher
        self._progress = progress
        self.degraded = False
        self._searching: tuple[frozenset[str], Searcher] | None = None

    @property
    def is_needed(self) -> bool:
        """Whether there is a sheet of a procedure that the home does not hold itself."""
        return not self._codes <= self._own.codes()

    def holds(self, document_id: str | None) -> bool:
        """Say whether there is a sheet of that id (or code) and the home has nothing of it."""
        if document_id is None or not _ID.fullmatch(document_id):
            return False
        return document_id in self._codes and document_id not in self._own.codes()

    def document(self, document_id: str) -> Document:
        """Return a sheet.

        Raises:
            KeyError: there is none of that id, or the home holds the procedure itself.
        """
        if not self.holds(document_id):
            raise KeyError(document_id)
        return self._store.get(document_id)

    def tools(self, tools: Tools) -> Tools:
        """Return `tools` that search the sheets instead of the home."""
        return replace(tools, searcher=self._searcher(), procedures=self._rows)

    def look(self) -> None:
        """Take up an index that was repaired meanwhile."""
        if self.degraded:
            self._index()

    @property
    def is_missing(self) -> bool:
        """Whether there is no index yet of sheets that are needed."""
        return self.is_needed and not (self._folder / INDEX).is_dir()

    def renew(self) -> None:
        """Bring the index into step, where the sheets are needed."""
        if self.is_needed:
            self._index()

    def close(self) -> None:
        """Close the store if it was opened."""
        if "_store" in vars(self):
            self._store.close()

    def _searcher(self) -> Searcher:
        """Return the searcher of the sheets, the same one until something changes."""
        index = self._index()
        encoded, hidden = not self.degraded, self._own.codes()
        known = self._searching
        if known is not None and known[0] is hidden:
            searcher = known[1]
            if searcher.index is index and searcher.encoded == encoded:
                return searcher
        searcher = self._searcher_over(self._store, index, encoded=encoded, hidden=hidden)
        self._searching = hidden, searcher
        return searcher

    def _index(self) -> SearchIndex:
        index = self._keeper.current(self._progress)
        self.degraded = not self._keeper.comparable(index)
        return index

    @cached_property
    def _codes(self) -> frozenset[str]:
        return codes(shipped())

    @cached_property
    def _store(self) -> KnowledgeStore:
        store = KnowledgeStore(self._folder)
        # An official's own wording is for replies; what is stored is worded the same in every home.
        words = load_texts().procedure_words
        facts = shipped()
        digest = hashlib.sha256(facts + repr((VERSION, words)).encode()).hexdigest()
        if store.state(STATE) == digest:
            return store
        with writing(self._folder, -1):
            if store.state(STATE) != digest:  # no other process was quicker
                _fill(store, [sheet(procedure, words) for procedure in unpacked(facts)], digest)
        return store

    @cached_property
    def _rows(self) -> ProcedureRows:
        return ProcedureRows(self._store.db)

    @cached_property
    def _keeper(self) -> IndexKeeper:
        return self._keeper_over(self._folder, self._store)


def _fill(store: KnowledgeStore, sheets: list[tuple[Document, Procedure]], digest: str) -> None:
    """Let a store hold these sheets and nothing else."""
    with store.db.atomic():
        for document, facts in sheets:
            store.put(document, bundled=True, facts=facts)
        for gone in store.bundled() - {document.id for document, _ in sheets}:
            store.remove(gone)
        store.set_state(STATE, digest)

"""Keeping the index in step with the store, across processes."""

from __future__ import annotations

import logging
import math
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from filelock import FileLock, Timeout

from index import build
from index.analyzer import Analyzer
from index.build import Progress, SearchIndex
from index.encoder import Encoder, EncoderError
from knowledge.places import Places
from knowledge.store import KnowledgeStore

LOCK = "cchc.lock"
PAUSE = 60.0  # seconds until an index that could not be written is tried again, or a model

logger = logging.getLogger(__name__)


def writing(home: Path, wait: float) -> FileLock:
    """Return the lock that whoever changes documents or the index of `home` holds.

    Args:
        home: the folder of the store.
        wait: seconds to wait for another process; -1 for ever, 0 not at all.
    """
    return FileLock(home / LOCK, timeout=wait)


class IndexShelf:
    """The indexes that were loaded last, one for each home; any thread may ask."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._loaded: dict[Path, tuple[str, SearchIndex]] = {}
        self._by_words: dict[Path, SearchIndex] = {}

    def load(self, home: Path, name: str) -> SearchIndex | None:
        """Return the index in use, None where it is broken.

        Args:
            home: the folder of the store.
            name: of the index in use; one that is here already is not loaded again.
        """
        with self._lock:
            known = self._loaded.get(home)
            if known is not None and known[0] == name:
                return known[1]
            loaded = build.load(home)
            if loaded is not None:
                self._loaded[home] = name, loaded
            return loaded

    def by_words(self, home: Path, version: int, make: Callable[[], SearchIndex]) -> SearchIndex:
        """Return an index without vectors, made once for all who ask.

        Args:
            home: the folder of the store.
            version: of the store.
            make: makes it.
        """
        with self._lock:
            known = self._by_words.get(home)
            if known is None or known.version != version:
                known = self._by_words[home] = make()
            return known

    def drop_words(self, home: Path) -> None:
        """Give the memory of an index without vectors back."""
        self._by_words.pop(home, None)


class IndexKeeper:
    """Gives the current index; has a new one made when the documents or the encoder changed.

    Where vectors are missing, broken, of another model, or the model itself cannot be used, what
    it gives can be searched by words: nobody is left without an answer for them.

    Args:
        home: the folder of the store.
        store: what is indexed.
        encoder: makes the vectors.
        analyzer: makes the terms.
        places: names of places.
        clock: seconds that never go back.
        shelf: where other keepers of the process find what this one loads; one of its own without.
        repair: has a new index made elsewhere, so that nobody waits for it; it comes back at once,
            and may be called again and again. None has it made here and now.
    """

    def __init__(
        self,
        home: Path,
        store: KnowledgeStore,
        encoder: Encoder,
        analyzer: Analyzer,
        places: Places,
        clock: Callable[[], float] = time.monotonic,
        shelf: IndexShelf | None = None,
        repair: Callable[[], None] | None = None,
    ) -> None:
        self._home = home
        self._store = store
        self._encoder = encoder
        self._analyzer = analyzer
        self._places = places
        self._name: str | None = None
        self._unreadable: str | None = None
        self._index: SearchIndex | None = None
        self._clock = clock
        self._shelf = shelf or IndexShelf()
        self._repair = repair
        self._not_before = -math.inf
        self._usable = False
        self._tried_at = -math.inf

    def current(self, progress: Progress) -> SearchIndex:
        """Return the index to search.

        While another process is still adding documents, or while the disk is full, the last
        whole one is used; what was added is found as soon as an index of it can be made.

        Raises:
            OSError, sqlite3.Error: there is no index that could serve, and none can be made.
        """
        self._take()
        if not self._is_current():
            if self._repair is not None:
                self._repair()
                return self._meanwhile()
            try:
                self._renew_here(progress)
            except EncoderError as error:
                logger.error("the encoder cannot be used: %s", error)
                return self._by_words()
        assert self._index is not None
        self._shelf.drop_words(self._home)
        return self._index

    def comparable(self, index: SearchIndex) -> bool:
        """Say whether questions can be encoded and held against the vectors of `index`."""
        if not index.encoder or index.encoder != self._digest():
            return False
        return self._repair is None or self._is_usable()

    def rebuild(self, progress: Progress) -> None:
        """Make the index anew and put it in place; the caller holds the lock.

        Where the encoder cannot be used the index in place stays as it is.
        """
        try:
            self._rebuild(progress)
        except EncoderError as error:
            logger.error("no index is made without its encoder: %s", error)

    def in_step(self, index: SearchIndex) -> bool:
        """Say whether `index` was made from the store as it is now, in the way it is now made."""
        return index.version == self._store.version and self._made_alike(index)

    def _renew_here(self, progress: Progress) -> None:
        # Older documents can serve meanwhile, vectors of another encoder cannot.
        if self._index is not None and self._made_alike(self._index):
            self._try_to_renew(progress)
        else:
            self._renew(progress, -1)

    def _try_to_renew(self, progress: Progress) -> None:
        if self._clock() < self._not_before:
            return
        try:
            self._renew(progress, 0)
        except Timeout:
            pass
        except (OSError, sqlite3.Error) as error:
            # Not with every question: what fails on a full disk takes its time.
            self._not_before = self._clock() + PAUSE
            logger.error("the index cannot be renewed: %s", type(error).__name__)

    def _renew(self, progress: Progress, patience: float) -> None:
        with writing(self._home, patience):
            self._take()
            if not self._is_current():
                self._rebuild(progress)

    def _rebuild(self, progress: Progress) -> None:
        index = build.build(self._store, self._encoder, self._analyzer, self._places, progress)
        build.save(index, self._home)
        self._take()

    def _is_current(self) -> bool:
        """Say whether what is in place is whole and in step."""
        return self._index is not None and self._name is not None and self.in_step(self._index)

    def _meanwhile(self) -> SearchIndex:
        """Return what serves until the index is repaired."""
        index = self._index
        if index is None or index.analyzer != self._analyzer.digest:
            return self._by_words()
        # What was added lately is found when the repair is done, unless there will be none.
        serves = index.version == self._store.version or self._is_usable()
        return index if serves else self._by_words()

    def _by_words(self) -> SearchIndex:
        """Return an index without vectors, which is quickly made and kept in memory alone."""

        def make() -> SearchIndex:
            return build.build(self._store, None, self._analyzer, self._places, lambda *_: None)

        return self._shelf.by_words(self._home, self._store.version, make)

    def _made_alike(self, index: SearchIndex) -> bool:
        """Say whether questions can be held against the vectors and terms of `index`."""
        made_with = (index.encoder, index.analyzer)
        return bool(index.encoder) and made_with == (self._digest(), self._analyzer.digest)

    def _digest(self) -> str:
        """Return the encoder's digest, "" where it cannot be used."""
        try:
            return self._encoder.digest
        except EncoderError:
            return ""

    def _is_usable(self) -> bool:
        """Say whether the encoder works; one that did not is tried again after a while."""
        if not self._usable and self._clock() >= self._tried_at + PAUSE:
            self._tried_at = self._clock()
            try:
                self._usable = bool(self._encoder.digest) and (
                    len(self._encoder.encode_questions(["thử"])) == 1
                )
            except EncoderError as error:
                logger.error("the encoder cannot be used: %s", error)
        return self._usable

    def _take(self) -> None:
        """Load the index that is in place unless it is the one already loaded."""
        name = build.current(self._home)
        if name is not None and name in (self._name, self._unreadable):
            return
        self._name = None
        loaded = self._shelf.load(self._home, name) if name else None
        if loaded is not None:
            self._index, self._name = loaded, name
        else:
            self._unreadable = name

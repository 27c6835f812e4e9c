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
from index.encoder import Encoder
from knowledge.places import Places
from knowledge.store import KnowledgeStore

LOCK = "cchc.lock"
PAUSE = 60.0  # seconds until an index that could not be written is tried again

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


class IndexKeeper:
    """Gives the current index; makes a new one when the documents or the encoder changed.

    Args:
        home: the folder of the store.
        store: what is indexed.
        encoder: makes the vectors.
        analyzer: makes the terms.
        places: names of places.
        clock: seconds that never go back.
        shelf: where other keepers of the process find what this one loads; one of its own without.
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
    ) -> None:
        self._home = home
        self._store = store
        self._encoder = encoder
        self._analyzer = analyzer
        self._places = places
        self._name: str | None = None
        self._index: SearchIndex | None = None
        self._clock = clock
        self._shelf = shelf or IndexShelf()
        self._not_before = -math.inf

    def current(self, progress: Progress) -> SearchIndex:
        """Return the index to search.

        While another process is still adding documents, or while the disk is full, the last
        whole one is used; what was added is found as soon as an index of it can be made.

        Raises:
            OSError, sqlite3.Error: there is no index that could serve, and none can be made.
        """
        self._take()
        if self._index is None or not self.in_step(self._index):
            # Older documents can serve meanwhile, vectors of another encoder cannot.
            if self._index is not None and self._made_alike(self._index):
                self._try_to_renew(progress)
            else:
                self._renew(progress, -1)
        assert self._index is not None
        return self._index

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
            if self._index is None or not self.in_step(self._index):
                self.rebuild(progress)

    def rebuild(self, progress: Progress) -> None:
        """Make the index anew and put it in place; the caller holds the lock."""
        index = build.build(self._store, self._encoder, self._analyzer, self._places, progress)
        build.save(index, self._home)
        self._take()

    def in_step(self, index: SearchIndex) -> bool:
        """Say whether `index` was made from the store as it is now, in the way it is now made."""
        return index.version == self._store.version and self._made_alike(index)

    def _made_alike(self, index: SearchIndex) -> bool:
        """Say whether questions can be held against the vectors and terms of `index`."""
        made_with = (index.encoder, index.analyzer)
        return made_with == (self._encoder.digest, self._analyzer.digest)

    def _take(self) -> None:
        """Load the index that is in place unless it is the one already loaded."""
        name = build.current(self._home)
        if name is not None and name != self._name:
            loaded = self._shelf.load(self._home, name)
            if loaded is not None:
                self._index, self._name = loaded, name
        elif name is None:
            self._index, self._name = None, None

"""What an answering process does: answers what comes through its line, until the line ends."""

from __future__ import annotations

import contextlib
import gc
import logging
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import faiss

from bot.answering import PATIENCE_MS
from bot.application import Application
from bot.common import Common
from bot.message import Reply
from bot.workers.memory import give_back

# Objects that come and stay between two looks for garbage, which answers leave hardly any of.
GARBAGE = 10_000


@dataclass(frozen=True)
class Failed:
    """What became of work that raised something.

    Attributes:
        kind: class of the exception; what it says may hold what was asked.
    """

    kind: str


@dataclass(frozen=True)
class Done:
    """What comes back for a piece of work, and what happened in the process meanwhile.

    Attributes:
        outcome: the reply; None where none was asked for.
        degraded: whether documents are searched by words alone.
        wants_repair: whether the index has to be made anew.
        rated: stars of the ratings that were given.
        errors: names of the loggers of the errors that were logged.
    """

    outcome: Reply | Failed | None
    degraded: bool
    wants_repair: bool
    rated: tuple[int, ...]
    errors: tuple[str, ...]


def work(home: Path, common: Common, line: Connection) -> None:
    """Open the home and answer until the other end of the line is closed.

    Args:
        home: folder of the home.
        common: what was read before the process was forked.
        line: pairs of a method and its arguments come in, a `Done` goes out for each.
    """
    # libgomp's threads do not survive a fork: a search of one question has to do without.
    faiss.omp_set_num_threads(1)
    events = _Events()
    common.repair = events.want_repair
    logging.getLogger().addHandler(events)
    application = Application.open(home, common=common)
    application.store.wait_at_most(PATIENCE_MS)
    application.ratings.store.told = events.rated.append
    gc.freeze()  # as the nursery does with what it has
    gc.set_threshold(GARBAGE)
    methods: dict[str, Callable[..., Reply | None]] = {
        "reply": application.reply,
        "reply_afresh": application.reply_afresh,
        "look": _Looking(application).look,
    }
    while (order := _next(line)) is not None:
        name, args = order
        outcome: Reply | Failed | None
        try:
            outcome = methods[name](*args)
        except Exception as error:
            outcome = Failed(type(error).__name__)
        with contextlib.suppress(OSError):  # nobody waits for it any more, which is seen next
            line.send(events.taken(outcome, application.degraded))
    application.close()


class _Looking:
    """Looks for a new index.

    Args:
        application: what answers.
    """

    def __init__(self, application: Application) -> None:
        self._application = application
        self._index = application.tools().searcher.index

    def look(self) -> None:
        """Take up a new index; give back the memory of the one before and what answers left."""
        index = self._application.tools().searcher.index
        if index is not self._index:
            self._index = index
            gc.collect()  # one index holds on to itself, and garbage is seldom looked for here
        give_back()


def _next(line: Connection) -> Any:
    try:
        return line.recv()
    except (EOFError, OSError):
        return None


class _Events(logging.Handler):
    """Gathers what the process that counts has to hear of."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.rated: list[int] = []
        self._errors: list[str] = []
        self._wants_repair = False

    def emit(self, record: logging.LogRecord) -> None:
        """Note an error."""
        self._errors.append(record.name)

    def want_repair(self) -> None:
        """Note that the index has to be made anew."""
        self._wants_repair = True

    def taken(self, outcome: Reply | Failed | None, degraded: bool) -> Done:
        """Return what happened since the last time, with the outcome."""
        done = Done(outcome, degraded, self._wants_repair, tuple(self.rated), tuple(self._errors))
        self.rated.clear()
        self._errors.clear()
        self._wants_repair = False
        return done

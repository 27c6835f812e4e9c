"""Undoing a change of the audit list: what it changed becomes what it was."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from enum import StrEnum

from bot.audit import COMMAND_LINE, Action, Audit, Change
from bot.clock import stamp
from bot.keeping.record import Kept, as_undone, digest_of, kept_of_change, resting_on
from bot.keeping.states import (
    ANSWER,
    DOCUMENT,
    ROLE,
    ROWS,
    State,
    capture,
    restore_answer,
    restore_role,
    restore_rows,
    snapshot_of,
)
from knowledge.store import KnowledgeStore


class Obstacle(StrEnum):
    """Why a change cannot be undone."""

    UNKNOWN = "unknown"
    FINAL = "final"
    ALREADY = "already"
    RESTS = "rests"
    CHANGED = "changed"


class UndoError(Exception):
    """A change cannot be undone.

    Args:
        obstacle: why.
        other: number of the change that stands in the way, if one does.
    """

    def __init__(self, obstacle: Obstacle, other: int = 0) -> None:
        super().__init__(obstacle.value)
        self.obstacle = obstacle
        self.other = other


class Undoing:
    """Undoes changes of one home.

    Args:
        store: the documents, in whose database everything else lies as well.
        audit: where changes and what they changed are noted.
    """

    def __init__(self, store: KnowledgeStore, audit: Audit) -> None:
        self._store = store
        self._audit = audit

    def may(self, number: int, *, administrator: bool) -> bool:
        """Say whether a keeper, or an administrator, is the one to undo a change.

        Keepers look after documents, administrators after roles and what officials said as well.
        What nothing is kept of is nobody's secret: it is told that it cannot be undone.
        """
        kinds = {kept.thing.partition(":")[0] for kept in kept_of_change(self._store.db, number)}
        return administrator or not kinds & {ROLE, ANSWER}

    def obstacle(self, number: int) -> UndoError | None:
        """Return why a change cannot be undone, None where it can."""
        db = self._store.db
        if self._audit.get(number) is None:
            return UndoError(Obstacle.UNKNOWN)
        if not kept_of_change(db, number):
            return UndoError(Obstacle.FINAL)
        undone = as_undone(db, number)
        if number in undone:
            return UndoError(Obstacle.ALREADY, undone[number])
        other = resting_on(db, number)
        return None if other is None else UndoError(Obstacle.RESTS, other)

    def undo(self, number: int, actor: str = COMMAND_LINE) -> Change:
        """Undo a change; that is a change itself, which can be undone as well.

        Args:
            number: of the change in the audit list.
            actor: who undoes it.

        Returns:
            The new change.

        Raises:
            UndoError: it cannot be undone; nothing was changed.
        """
        change = self._audit.get(number)
        if change is None:
            raise UndoError(Obstacle.UNKNOWN)
        with self._audit.change(Action.UNDONE, change.subject, f"#{number}", actor) as record:
            # The note above took the lock under which all this is decided.
            if obstacle := self.obstacle(number):
                raise obstacle
            self._store.db.execute(
                "INSERT INTO undone_changes VALUES (?, ?)", [record.change, number]
            )
            by_thing: dict[str, list[Kept]] = defaultdict(list)
            for kept in kept_of_change(self._store.db, number):
                by_thing[kept.thing].append(kept)
            for thing, aspects in by_thing.items():
                record.touch(thing)
                self._put_back(thing, aspects)
        done = self._audit.get(record.change)
        assert done is not None, "it was noted above"
        return done

    def _put_back(self, thing: str, aspects: list[Kept]) -> None:
        state = capture(self._store.db, thing)
        for kept in aspects:
            if digest_of(state.get(kept.aspect)) != kept.after:
                raise UndoError(Obstacle.CHANGED)
            state.pop(kept.aspect, None)
            if kept.before is not None:
                state[kept.aspect] = kept.before
        try:
            self._write(thing, state)
        except sqlite3.IntegrityError as error:
            raise UndoError(Obstacle.CHANGED) from error

    def _write(self, thing: str, state: State) -> None:
        kind, _, name = thing.partition(":")
        if kind == ANSWER:
            restore_answer(self._store.db, name, state, stamp(self._audit.clock()))
        elif kind == ROWS:
            restore_rows(self._store.db, name, state)
        elif kind != DOCUMENT:
            restore_role(self._store.db, name, state)
        elif snapshot := snapshot_of(name, state):
            self._store.put_back(snapshot)
        else:
            self._store.remove(name)

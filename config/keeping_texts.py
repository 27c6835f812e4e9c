"""What is said about changing documents and undoing changes: a table of `texts.toml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


def _slots(*names: str) -> Any:
    """A text in which `{name}` stands for something that the program fills in."""
    return field(metadata={"slots": names})


@dataclass(frozen=True)
class ChangeTexts:
    """Why a change cannot be made or undone."""

    undo_unknown: str
    undo_final: str
    undo_changed: str
    same: str
    no_number: str
    already: str
    circle: str
    undo_already: str = _slots("other")
    undo_rests: str = _slots("other")

    def undo(self, obstacle: str, other: int) -> str:
        """Return why a change cannot be undone."""
        return str(getattr(self, f"undo_{obstacle}")).format(other=other)

    def replacing(self, unfit: str) -> str:
        """Return why one document cannot replace another."""
        return str(getattr(self, unfit))


@dataclass(frozen=True)
class KeepingTexts:
    """Sending documents, looking at what was read, changing what is known."""

    how: str
    full: str
    gone: str
    unknown: str
    waiting: str
    confirm: str
    correct: str
    targets: str
    deadlines: str
    sections: str
    drop: str
    back: str
    which_field: str
    dropped: str
    check: str
    no_number: str
    no_day: str
    no_place: str
    no_validity: str
    no_headings: str
    no_targets: str
    no_deadlines: str
    no_sections: str
    title: str
    number: str
    kind: str
    issuer: str
    place: str
    issued_on: str
    period: str
    effective_from: str
    effective_to: str
    replaces: str
    replaced_by: str
    search: str
    find: str
    none_found: str
    which: str
    replace: str
    end: str
    withdraw: str
    history: str
    which_new: str
    ask_day: str
    bad_day: str
    yes: str
    no: str
    left_alone: str
    changes: str
    no_changes: str
    how_to_undo: str
    undo: str
    redo: str
    too_large: str
    unreachable: str
    office_page: str
    refused: str = _slots("file", "reason")
    read: str = _slots("file")
    many: str = _slots("file", "count")
    line: str = _slots("name", "value")
    counts: str = _slots("sections", "targets", "deadlines")
    left: str = _slots("where", "why")
    twin: str = _slots("what")
    version: str = _slots("what")
    same_number: str = _slots("what")
    gaps: str = _slots("what")
    drop_target: str = _slots("target")
    ask_value: str = _slots("name", "value")
    stored: str = _slots("title")
    stored_many: str = _slots("count")
    unchanged: str = _slots("title")
    still_waiting: str = _slots("count")
    more: str = _slots("count")
    sure_replace: str = _slots("old", "new")
    sure_withdraw: str = _slots("title")
    replaced: str = _slots("old", "new")
    ended: str = _slots("title", "day")
    withdrawn: str = _slots("title")
    corrected: str = _slots("title")
    change: str = _slots("id", "day", "actor", "what", "subject", "detail")
    undone: str = _slots("id")

    def field(self, name: str) -> str:
        """Return how a field of the metadata is called."""
        return str(getattr(self, name))

    def warning(self, key: str, what: str) -> str:
        """Return what is said of something that is to be looked at."""
        return str(getattr(self, key)).format(what=what)

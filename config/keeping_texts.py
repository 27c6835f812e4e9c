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

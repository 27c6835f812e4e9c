"""Telling how far something has come: what the command line draws as a bar."""

from __future__ import annotations

from collections.abc import Callable

# Told (phase, done, all); the phases are "read", "encode", "ask", "measure".
Progress = Callable[[str, int, int], None]


def silent(phase: str, done: int, total: int) -> None:
    """Show no progress."""

"""Deadlines: tasks with the time by which they are due and who has to do them.

document -> sentences with what governs them -> clauses -> times -> tasks -> rows
"""

from __future__ import annotations

from knowledge.deadlines.row import Deadline

__all__ = ["Deadline"]

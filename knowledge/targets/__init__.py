"""Targets: what a document sets itself, as rows with the clause that states each.

document -> sentences with what governs them -> clauses -> figures -> aims -> rows
"""

from __future__ import annotations

from knowledge.targets.row import Comparator, Target

__all__ = ["Comparator", "Target"]

"""How much of what a question is about a text says, and how rare each part of that is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.lexical import LexicalIndex
from index.question import Concept

Floats = NDArray[np.float32]


class Concepts:
    """The concepts of one question, laid out once for all texts that are held against them.

    Args:
        concepts: what the question is about.
        bodies: index that knows how rare each word is.
    """

    def __init__(self, concepts: Sequence[Concept], bodies: LexicalIndex) -> None:
        self._concepts = concepts
        self._bodies = bodies
        wordings = [wording for concept in concepts for wording in concept.wordings]
        self._lengths = np.array([len(wording) for wording in wordings], np.int64)
        self._terms = np.concatenate([*wordings, np.zeros(0, np.uint32)])
        counts = np.array([len(concept.wordings) for concept in concepts], np.int64)
        self._firsts = np.cumsum(counts) - counts

    def shares(self, index: LexicalIndex, text: int) -> Floats:
        """Return how much of each concept a text says, in its best wording. Shape: (concepts,)."""
        if not self._concepts:
            return np.zeros(0, dtype=np.float32)
        held = index.holds(self._terms, text).astype(np.float32)
        begins = np.cumsum(self._lengths) - self._lengths
        return np.maximum.reduceat(np.add.reduceat(held, begins) / self._lengths, self._firsts)

    @cached_property
    def rarity(self) -> Floats:
        """How much each concept, as it was typed, tells texts apart. Shape: (concepts,)."""
        if not self._concepts:
            return np.zeros(0, dtype=np.float32)
        typed = [concept.wordings[0] for concept in self._concepts]
        lengths = np.array([len(wording) for wording in typed])
        idf = self._bodies.idf_of(np.concatenate(typed)).astype(np.float64)
        rarest = np.maximum.reduceat(idf, np.cumsum(lengths) - lengths)
        return (np.array([c.weight for c in self._concepts]) * rarest).astype(np.float32)

    @cached_property
    def spoken(self) -> Floats:
        """The same with as much for an everyday phrase as for the words beside it, one by one.

        What somebody calls a procedure names it, however many words tell why it is needed.
        Shape: (concepts,).
        """
        return self.rarity * np.array([c.size for c in self._concepts], np.float32)

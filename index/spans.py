"""Runs of neighbouring texts: a few out of many, with places of their own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Positions = NDArray[np.int32]
T = TypeVar("T", bound=np.generic)


@dataclass(frozen=True)
class Spans:
    """Texts that are looked at, numbered anew from 0 in their order.

    Attributes:
        starts, ends: positions of the runs, ascending and apart. Shape: (n,) each.
        everything: whether no text is left out.
    """

    starts: Positions
    ends: Positions
    everything: bool = False

    @classmethod
    def whole(cls, size: int) -> Spans:
        """Return all of `size` texts, as one run."""
        return cls(np.zeros(1, np.int32), np.array([size], np.int32), everything=True)

    @cached_property
    def firsts(self) -> NDArray[np.int64]:
        """New number of the first text of each run. Shape: (n,)."""
        lengths = (self.ends - self.starts).astype(np.int64)
        return np.cumsum(lengths) - lengths

    @cached_property
    def _moved(self) -> NDArray[np.int64]:
        """New number less position, the same for all texts of a run. Shape: (n,)."""
        return self.firsts - self.starts

    @cached_property
    def size(self) -> int:
        """Number of texts in all runs."""
        return int((self.ends - self.starts).sum(dtype=np.int64))

    @cached_property
    def positions(self) -> NDArray[np.int64]:
        """Positions of the texts. Shape: (size,)."""
        return np.arange(self.size) - np.repeat(self._moved, self.ends - self.starts)

    def of(self, row: NDArray[T]) -> NDArray[T]:
        """Return what a row with a value for every text holds of these. Shape: (size,)."""
        return row if self.everything else row[self.positions]

    def inside(
        self, texts: Positions
    ) -> tuple[slice | NDArray[np.int64], Positions | NDArray[np.int64]]:
        """Say which of some ascending positions lie in the runs.

        Returns:
            Where they stand in `texts`, and their new numbers. Shape: (m,) each.
        """
        if self.everything:
            return slice(None), texts
        first = np.searchsorted(texts, self.starts)
        counts = np.searchsorted(texts, self.ends) - first
        rows = np.repeat(first - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())
        return rows, texts[rows] + np.repeat(self._moved, counts)

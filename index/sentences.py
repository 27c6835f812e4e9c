"""The sentences of all sections, found once when an index is made: arrays that are memory-mapped.

Taking a section apart costs more than comparing it with a question, and every process that answers
would do it for itself; here they share the pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.arrays import mapped_arrays, save_arrays
from index.text import Terms

_ARRAYS = ("firsts", "spans", "ends", "words")


@dataclass(frozen=True)
class Sentences:
    """Some sentences and their words.

    Attributes:
        spans: of each in the text of its document. Shape: (n, 2).
        counts: words of each. Shape: (n,).
        words: terms of the single words of all, one sentence after the other. Shape: (w,).
    """

    spans: NDArray[np.int32]
    counts: NDArray[np.int64]
    words: Terms


@dataclass(frozen=True)
class SentenceTable:
    """The sentences of sections by the number of the section.

    Attributes:
        firsts: number of the first sentence of each section, and of all sentences. Shape: (s + 1,).
        spans: as in `Sentences`. Shape: (n, 2).
        ends: how many words there are up to the end of each sentence. Shape: (n + 1,), from 0.
        words: as in `Sentences`. Shape: (w,).
    """

    firsts: NDArray[np.int64]
    spans: NDArray[np.int32]
    ends: NDArray[np.int64]
    words: Terms

    @classmethod
    def of(cls, sections: Sequence[Sentences]) -> SentenceTable:
        """Return the table of the sentences of sections, in their order."""
        nothing = Sentences(np.zeros((0, 2), np.int32), np.zeros(0, np.int64), np.zeros(0, "u4"))
        parts = [nothing, *sections]
        return cls(
            np.cumsum([len(part.spans) for part in parts]),
            np.concatenate([part.spans for part in parts]),
            np.concatenate([[0], np.cumsum(np.concatenate([part.counts for part in parts]))]),
            np.concatenate([part.words for part in parts]),
        )

    def __len__(self) -> int:
        """Return the number of sections."""
        return len(self.firsts) - 1

    def section(self, number: int) -> Sentences:
        """Return the sentences of a section."""
        first, end = int(self.firsts[number]), int(self.firsts[number + 1])
        ends = self.ends[first : end + 1]
        # `np.diff` takes longer than all the rest.
        counts = ends[1:] - ends[:-1]
        return Sentences(self.spans[first:end], counts, self.words[ends[0] : ends[-1]])

    def save(self, path: Path) -> None:
        """Write the arrays as files that begin with `path`'s name."""
        save_arrays(self, _ARRAYS, path)

    @classmethod
    def load(cls, path: Path) -> SentenceTable:
        """Return the table saved at `path`, memory-mapped.

        Raises:
            OSError, ValueError: a file is missing or cut short.
        """
        return cls(*mapped_arrays(_ARRAYS, path))

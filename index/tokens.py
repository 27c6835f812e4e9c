"""Late interaction: the tokens of a question held against those of the sections found.

A section is scored by the mean over the question's tokens of the best cosine with one of its own
(Khattab and Zaharia, "ColBERT: Efficient and Effective Passage Search via Contextualized Late
Interaction over BERT", 2020), in the piece of it where that is highest. What one vector for a
whole section blurs, this still tells apart; it is reckoned for the likeliest sections only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.arrays import mapped_arrays, save_arrays
from index.encoder import Vectors

Codes = NDArray[np.uint8]

# Sixteen levels, evenly spaced for what is spread normally (Max, "Quantizing for Minimum
# Distortion", 1960), as the components of vectors turned at random are.
SPACING = 0.3352  # standard deviations between two levels
MIDDLE = 7.5
MOST = 15

_ARRAYS = ("sections", "pieces", "codes")


def coded(tokens: Vectors) -> Codes:
    """Return unit vectors in four bits a component, two components a byte.

    Args:
        tokens: turned at random. Shape: (tokens, dimensions).

    Returns:
        Shape: (tokens, dimensions / 2).
    """
    half = tokens.shape[1] // 2
    spread = tokens * (np.sqrt(tokens.shape[1]) / SPACING)
    levels = np.clip(np.rint(spread + MIDDLE), 0, MOST).astype(np.uint8)
    codes: Codes = levels[:, :half] << 4 | levels[:, half:]
    return codes


@dataclass(frozen=True)
class TokenTable:
    """The tokens of sections, piece by piece, by the number of the section.

    Attributes:
        sections: number of the first piece of each section, and of all pieces. Shape: (s + 1,);
            (1,) where no tokens are kept.
        pieces: number of the first token of each piece, and of all tokens. Shape: (p + 1,).
        codes: as `coded` returns them, one piece after the other. Shape: (t, dimensions / 2).
    """

    sections: NDArray[np.int64]
    pieces: NDArray[np.int64]
    codes: Codes

    @classmethod
    def of(cls, pieces: Sequence[Codes], owners: Sequence[int], count: int) -> TokenTable:
        """Return the table of some pieces.

        Args:
            pieces: their tokens, at least one each.
            owners: number of the section of each, ascending.
            count: of all sections; some may have no piece.
        """
        if not pieces:
            return cls.empty()
        sections = np.searchsorted(np.asarray(owners), np.arange(count + 1))
        lengths = [len(codes) for codes in pieces]
        return cls(sections, np.cumsum([0, *lengths]), np.concatenate(pieces))

    @classmethod
    def empty(cls) -> TokenTable:
        """Return the table of no tokens."""
        return cls(np.zeros(1, np.int64), np.zeros(1, np.int64), np.zeros((0, 1), np.uint8))

    def __len__(self) -> int:
        """Return the number of sections, 0 where no tokens are kept."""
        return len(self.sections) - 1

    def among(self, first: int, end: int) -> bool:
        """Say whether any of the sections from number `first` to before `end` has tokens."""
        return bool(self.sections[first] < self.sections[end])

    def likeness(self, asked: Vectors, sections: NDArray[np.int64]) -> Vectors:
        """Return how like a question sections are.

        Args:
            asked: unit vectors of the question's tokens. Shape: (tokens, dimensions).
            sections: their numbers. Shape: (n,).

        Returns:
            About between -1 and 1, nan for a section without tokens. Shape: (n,).
        """
        likeness = np.full(len(sections), np.nan, np.float32)
        begins, ends = self.sections[sections], self.sections[sections + 1]
        held = np.flatnonzero(ends > begins)
        if not len(held) or not len(asked):
            return likeness
        spans = list(zip(begins[held].tolist(), ends[held].tolist(), strict=True))
        pieces = np.concatenate([np.arange(begin, end) for begin, end in spans])
        told = np.concatenate(
            [self.codes[self.pieces[begin] : self.pieces[end]] for begin, end in spans]
        )
        lengths = self.pieces[pieces + 1] - self.pieces[pieces]
        best = np.maximum.reduceat(_cosines(asked, told), _firsts(lengths))
        likeness[held] = np.maximum.reduceat(best.mean(axis=1), _firsts((ends - begins)[held]))
        return likeness

    def save(self, path: Path) -> None:
        """Write the arrays as files that begin with `path`'s name."""
        save_arrays(self, _ARRAYS, path)

    @classmethod
    def load(cls, path: Path) -> TokenTable:
        """Return the table saved at `path`, memory-mapped.

        Raises:
            OSError, ValueError: a file is missing, cut short or does not fit.
        """
        table = cls(*mapped_arrays(_ARRAYS, path))
        if table.sections[-1] != len(table.pieces) - 1 or table.pieces[-1] != len(table.codes):
            raise ValueError(f"{table.pieces[-1]} tokens in {len(table.codes)} rows")
        return table


def _cosines(asked: Vectors, told: Codes) -> Vectors:
    """Return the cosines of tokens told with those asked. Shape: (told, asked)."""
    half = told.shape[1]
    high, low = (told >> 4).astype(np.float32), (told & MOST).astype(np.float32)
    levels = high @ asked[:, :half].T + low @ asked[:, half:].T - MIDDLE * asked.sum(axis=1)
    cosines: Vectors = levels * np.float32(SPACING / np.sqrt(asked.shape[1]))
    return cosines


def _firsts(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.cumsum(lengths) - lengths

"""How often Vietnamese syllables and adjacent pairs of them occur: the base of restoring.

A table shipped with the project (made by `index.training.syllables` from law texts and
procedures) knows the language; what the home's own documents add is counted on top, so that
their names and terms are restored as well.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from index.text import fold_syllable, syllables

BASE = Path(__file__).parent / "model" / "syllables.npz"

# Interpolation of pair and single frequencies; add-one on singles (Jelinek-Mercer smoothing).
_PAIR_SHARE = 0.85
REMEMBERED = 1 << 14  # probabilities that are kept; the same pairs come in question after question


class SyllableModel:
    """Counts of syllables and of adjacent pairs, with smoothed probabilities.

    Args:
        singles: occurrences of each syllable (lower case, with diacritics).
        pairs: occurrences of each adjacent pair.
    """

    def __init__(self, singles: Counter[str], pairs: Counter[tuple[str, str]]) -> None:
        self.singles = singles
        self.pairs = pairs
        self.log_probability = lru_cache(REMEMBERED)(self._log_probability)

    @classmethod
    def count(cls, texts: Iterable[str]) -> SyllableModel:
        """Return the counts over `texts`; only syllables without digits are counted."""
        counted = cls(Counter(), Counter())
        for text in texts:
            counted.add(text)
        return counted

    def add(self, text: str) -> None:
        """Count one more text; before the first question, for what follows from counts is kept."""
        words = [s for s in syllables(text) if s.isalpha()]
        self.singles.update(words)
        self.pairs.update(pairwise(words))

    def plus(self, other: SyllableModel) -> SyllableModel:
        """Return the sum of both counts."""
        # Copied, then counted on: the other one is small, and adding goes through both.
        singles, pairs = self.singles.copy(), self.pairs.copy()
        singles.update(other.singles)
        pairs.update(other.pairs)
        return SyllableModel(singles, pairs)

    def times(self, factor: int) -> SyllableModel:
        """Return the counts multiplied by `factor`."""
        return SyllableModel(
            Counter({s: n * factor for s, n in self.singles.items()}),
            Counter({p: n * factor for p, n in self.pairs.items()}),
        )

    @cached_property
    def forms(self) -> dict[str, list[str]]:
        """Folded syllable → the forms it can stand for, most frequent first."""
        grouped: defaultdict[str, list[str]] = defaultdict(list)
        for syllable, _ in self.singles.most_common():
            grouped[fold_syllable(syllable)].append(syllable)
        return dict(grouped)

    @cached_property
    def total(self) -> int:
        """Occurrences of all syllables."""
        return sum(self.singles.values())

    @cached_property
    def _mass(self) -> float:
        """What the smoothed frequencies of the single syllables are shares of."""
        return self.total + 0.5 * len(self.singles) + 1

    def _log_probability(self, syllable: str, before: str | None) -> float:
        """Return the natural logarithm of P(syllable | the one before it, None at the start)."""
        single = (self.singles.get(syllable, 0) + 0.5) / self._mass
        if before is None or not (known := self.singles.get(before, 0)):
            return math.log(single)
        pair = self.pairs.get((before, syllable), 0) / known
        return math.log(_PAIR_SHARE * pair + (1 - _PAIR_SHARE) * single)

    def save(self, path: Path, least_single: int = 2, least_pair: int = 3) -> None:
        """Write the table; what was seen fewer times than these is left out."""
        words = [w for w, n in self.singles.most_common() if n >= least_single]
        number = {w: i for i, w in enumerate(words)}
        kept = [
            (number[a], number[b], n)
            for (a, b), n in self.pairs.items()
            if n >= least_pair and a in number and b in number
        ]
        np.savez_compressed(
            path,
            words=np.array("\n".join(words)),
            counts=np.array([self.singles[w] for w in words], dtype=np.int32),
            pairs=np.array(sorted(kept), dtype=np.int32).reshape(-1, 3),
        )

    @classmethod
    def load(cls, path: Path = BASE) -> SyllableModel:
        """Return the table saved at `path`."""
        with path.open("rb") as file, np.load(file) as table:
            words = str(table["words"]).split("\n") if table["counts"].size else []
            singles = Counter(dict(zip(words, table["counts"].tolist(), strict=True)))
            first, second, counts = table["pairs"].T.tolist()
        pairs = Counter(
            {(words[a], words[b]): n for a, b, n in zip(first, second, counts, strict=True)}
        )
        return cls(singles, pairs)

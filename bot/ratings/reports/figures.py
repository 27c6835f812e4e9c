"""The figures of a set of ratings: share satisfied, mean, interval. All numbers come from here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Any

from config.survey import LEVELS

CONFIDENCE = 0.95
SATISFIED = 4  # this level and those above it count as satisfied


@dataclass(frozen=True)
class Figures:
    """Ratings counted by level.

    Attributes:
        counts: how many gave each level, the worst first. Length: LEVELS.
        invited, replied: invitations about the same, and how many of them were answered.
    """

    counts: tuple[int, ...]
    invited: int = 0
    replied: int = 0

    @classmethod
    def of(cls, levels: Mapping[int, int]) -> Figures:
        """Return the figures for numbers of ratings by level."""
        return cls(tuple(levels.get(level, 0) for level in range(1, LEVELS + 1)))

    @property
    def answered(self) -> int:
        """How many ratings there are."""
        return sum(self.counts)

    @property
    def satisfied(self) -> int:
        """How many are satisfied."""
        return sum(self.counts[SATISFIED - 1 :])

    @property
    def share(self) -> float:
        """The share that is satisfied, 0 to 1; 0 where there are no ratings."""
        return self.satisfied / self.answered if self.answered else 0.0

    @property
    def mean(self) -> float:
        """The mean level, 1 to LEVELS; 0 where there are no ratings."""
        total = sum(level * count for level, count in enumerate(self.counts, 1))
        return total / self.answered if self.answered else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the share, 0 to 1."""
        return wilson(self.satisfied, self.answered)

    @property
    def response_rate(self) -> float | None:
        """Share of the invited who answered, 0 to 1; None where nobody was invited."""
        return self.replied / self.invited if self.invited else None

    def __add__(self, other: Figures) -> Figures:
        return Figures(
            tuple(a + b for a, b in zip(self.counts, other.counts, strict=True)),
            self.invited + other.invited,
            self.replied + other.replied,
        )

    def as_json(self) -> dict[str, Any]:
        """Return the figures in the shape that other programs read; shares in percent."""
        low, high = self.interval
        return {
            "answered": self.answered,
            "satisfied": self.satisfied,
            "share": round(100 * self.share, 2),
            "mean": round(self.mean, 3),
            "distribution": list(self.counts),
            "interval": [round(100 * low, 2), round(100 * high, 2)],
            "invited": self.invited,
            "replied": self.replied,
        }


NONE = Figures((0,) * LEVELS)


def total(figures: Iterable[Figures]) -> Figures:
    """Return the figures of several sets taken together."""
    return sum(figures, NONE)


def wilson(successes: int, trials: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Return the score interval of a share (E. B. Wilson, JASA 22, 1927).

    It keeps its level for small samples and for shares near 0 and 1, where the usual one fails.

    Args:
        successes: how many of `trials`.
        trials: how many; for none the interval is everything.
        confidence: level of the interval.
    """
    if not trials:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = successes / trials
    width = 1 + z * z / trials
    centre = (share + z * z / (2 * trials)) / width
    reach = z / width * sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    # At the ends the bounds are 0 and 1, which rounding may miss by a hair.
    low = max(0.0, centre - reach) if successes else 0.0
    high = min(1.0, centre + reach) if successes < trials else 1.0
    return low, high

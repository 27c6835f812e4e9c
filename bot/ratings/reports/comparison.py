"""Ratings held against the targets that the plans set, each with its clause."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from bot.ratings.reports.figures import Figures


@dataclass(frozen=True)
class SatisfactionTarget:
    """What a plan asks for.

    Attributes:
        percent: share of the satisfied that is to be reached, 0 to 100.
        clause: the words of the plan, a quote.
        source: number and title of the plan.
    """

    percent: float
    clause: str
    source: str


class TargetSource(Protocol):
    """Where targets come from."""

    def satisfaction(
        self, field: str | None, year: int, place: str | None
    ) -> SatisfactionTarget | None:
        """Return the target for a field in a year, None where no plan sets one.

        Args:
            field: name of the field, None for all together.
            year: the year that the target is for.
            place: province or city, None for any.
        """
        ...


class NoTargets:
    """A source without targets."""

    def satisfaction(
        self, field: str | None, year: int, place: str | None
    ) -> SatisfactionTarget | None:
        """Return none."""
        return None


class Verdict(StrEnum):
    """What the ratings say of a target."""

    REACHED = "reached"
    MISSED = "missed"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Comparison:
    """A group of ratings and its target.

    Attributes:
        name: the field; "" for all together.
        year: the year that the target is for.
        figures: of the ratings.
        target: what the plan asks for.
        verdict: what the ratings say of it.
    """

    name: str
    year: int
    figures: Figures
    target: SatisfactionTarget
    verdict: Verdict

    def as_json(self) -> dict[str, Any]:
        """Return the comparison in the shape that other programs read."""
        return {
            "field": self.name or None,
            "year": self.year,
            "share": round(100 * self.figures.share, 2),
            "target": self.target.percent,
            "verdict": self.verdict.value,
            "clause": self.target.clause,
            "source": self.target.source,
        }


def judge(figures: Figures, percent: float, margin: float) -> Verdict:
    """Say whether ratings reach a target.

    Where the 95 % interval holds the target and reaches further than `margin` from its middle,
    the sample is too small to say; otherwise the share decides.

    Args:
        figures: of the ratings.
        percent: the target, 0 to 100.
        margin: half a width of the interval, in percentage points.
    """
    low, high = (100 * bound for bound in figures.interval)
    if low < percent < high and (high - low) / 2 > margin:
        return Verdict.UNSURE
    # Shares are fractions of whole numbers, so the comparison is made in whole numbers too.
    reached = 100 * figures.satisfied >= percent * figures.answered
    return Verdict.REACHED if reached and figures.answered else Verdict.MISSED

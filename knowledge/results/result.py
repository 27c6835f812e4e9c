"""A result as a row, and how it stands against a target."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge.targets.row import Comparator, Target

EXACT = 1e-9  # difference below which two figures are the same


@dataclass(frozen=True)
class Result:
    """What an indicator came to.

    Attributes:
        indicator: as it was entered.
        key: code of the index or kind of target in `config/indicators.toml`, if it is one.
        value: the figure.
        unit: "%", "hạng", "điểm", …; "" where none was given.
        year: the year that it is for.
        place: province or city; None for the home's own.
        field: field of administration, if it is for one.
        as_of: the day that it holds for.
        source: report or file that it comes from.
    """

    indicator: str
    key: str | None
    value: float
    unit: str
    year: int
    place: str | None
    field: str | None
    as_of: date
    source: str


class State(StrEnum):
    """How a target stands."""

    REACHED = "reached"
    MISSED = "missed"
    NOT_DUE = "not_due"
    NO_FIGURE = "no_figure"


@dataclass(frozen=True)
class Progress:
    """A target beside its result.

    Attributes:
        state: how it stands.
        gap: how far the result is from the target, positive where it is better: percentage points
            of a share, ranks of a rank; None without a result.
        result: the newest one, None where there is none.
    """

    state: State
    gap: float | None
    result: Result | None


def due_on(target: Target) -> date | None:
    """Return the day by which a target is to be reached, None where none is stated."""
    if target.deadline is not None:
        return target.deadline
    return date(target.year, 12, 31) if target.year else None


def progress_of(
    target: Target, result: Result | None, on: date, before: Result | None = None
) -> Progress:
    """Return how a target stands on a day.

    Args:
        target: what was planned.
        result: what was reached, None where nothing is known.
        on: the day.
        before: the result of the year before, for targets of the kind "tăng 5%".
    """
    due = due_on(target)
    open_still = due is None or on <= due
    gap = _gap(target, result, before)
    if gap is None:
        return Progress(State.NOT_DUE if open_still else State.NO_FIGURE, None, result)
    enough = gap > EXACT if target.strict else gap >= -EXACT
    if enough:
        return Progress(State.REACHED, gap, result)
    return Progress(State.NOT_DUE if open_still else State.MISSED, gap, result)


def _gap(target: Target, result: Result | None, before: Result | None) -> float | None:
    if result is None:
        return None
    if target.comparator is Comparator.INCREASE:
        return None if before is None else result.value - before.value - target.value
    if target.comparator in (Comparator.TOP, Comparator.AT_MOST):
        return (target.upper or target.value) - result.value
    if target.comparator is Comparator.EQUAL and target.unit in RANKS:
        return target.value - result.value
    return result.value - target.value


#: Units of which less is better.
RANKS = ("hạng", "thứ", "vị trí")

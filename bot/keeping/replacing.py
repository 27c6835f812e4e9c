"""Whether one document can replace another."""

from __future__ import annotations

from enum import StrEnum

from knowledge.document import Metadata


class Unfit(StrEnum):
    """Why one document cannot replace another."""

    SAME = "same"
    NO_NUMBER = "no_number"
    ALREADY = "already"
    CIRCLE = "circle"


class ReplacingError(Exception):
    """One document cannot replace another.

    Args:
        unfit: why.
    """

    def __init__(self, unfit: Unfit) -> None:
        super().__init__(unfit.value)
        self.unfit = unfit


def check_fit(old_id: str, old: Metadata, new_id: str, new: Metadata) -> None:
    """Make sure that one document can replace another.

    Args:
        old_id, old: what is to be replaced.
        new_id, new: what is to take its place.

    Raises:
        ReplacingError: it cannot.
    """
    if old_id == new_id:
        raise ReplacingError(Unfit.SAME)
    if new.number is None:
        raise ReplacingError(Unfit.NO_NUMBER)
    if old.number in new.replaces or (old.number is None and old.replaced_by == new.number):
        raise ReplacingError(Unfit.ALREADY)
    if new.number in old.replaces or old.number == new.number:
        raise ReplacingError(Unfit.CIRCLE)

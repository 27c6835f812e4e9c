"""Whether one document can replace another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
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


def check_fit(
    old_id: str, old: Metadata, new_id: str, new: Metadata, known: Iterable[Metadata]
) -> None:
    """Make sure that one document can replace another.

    Args:
        old_id, old: what is to be replaced.
        new_id, new: what is to take its place.
        known: all documents of the store.

    Raises:
        ReplacingError: it cannot.
    """
    if old_id == new_id:
        raise ReplacingError(Unfit.SAME)
    if new.number is None:
        raise ReplacingError(Unfit.NO_NUMBER)
    if old.number in new.replaces or (old.number is None and old.replaced_by == new.number):
        raise ReplacingError(Unfit.ALREADY)
    if old.number == new.number or old.number in _after(new.number, known):
        raise ReplacingError(Unfit.CIRCLE)


def _after(number: str, known: Iterable[Metadata]) -> set[str]:
    """Return the numbers of what replaced a document, what replaced that, and so on."""
    follows: dict[str, set[str]] = defaultdict(set)
    for metadata in known:
        if metadata.number is None:
            continue
        for replaced in metadata.replaces:
            follows[replaced].add(metadata.number)
        if metadata.replaced_by:
            follows[metadata.number].add(metadata.replaced_by)
    found: set[str] = set()
    ahead = {number}
    while ahead:
        found |= ahead
        ahead = set().union(*(follows.get(one, set()) for one in ahead)) - found
    return found - {number}

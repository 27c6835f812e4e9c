"""Finding known phrases in a question, typed with or without diacritics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from index.text import fold_syllable, syllables

T = TypeVar("T")


@dataclass(frozen=True)
class Found(Generic[T]):
    """A phrase at `start:end` of the syllables that were searched."""

    start: int
    end: int
    value: T


class Phrases(Generic[T]):
    """A set of phrases with what they stand for.

    Args:
        entries: phrase, as written with its diacritics, and its value; of two equal phrases the
            first counts.
    """

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        # By its first two syllables, of which most phrases have no others beside them.
        self._by_opening: defaultdict[tuple[str, ...], list[tuple[list[str], list[str], T]]]
        self._by_opening = defaultdict(list)
        for phrase, value in entries:
            marked = syllables(phrase)
            if marked:
                folded = [fold_syllable(s) for s in marked]
                self._by_opening[tuple(folded[:2])].append((marked, folded, value))
        for candidates in self._by_opening.values():
            candidates.sort(key=lambda entry: -len(entry[0]))
        self._firsts = {opening[0] for opening in self._by_opening}

    def find(self, marked: Sequence[str], folded: list[str]) -> list[Found[T]]:
        """Return the phrases found, from left to right, the longest at each place, not overlapping.

        Args:
            marked: syllables with the diacritics that are certain.
            folded: the same without any.
        """
        found: list[Found[T]] = []
        if self._firsts.isdisjoint(folded):
            return found
        position = 0
        while position < len(folded):
            known = folded[position] in self._firsts
            match = self._at(position, marked, folded) if known else None
            if match is None:
                position += 1
            else:
                found.append(match)
                position = match.end
        return found

    def _at(self, start: int, marked: Sequence[str], folded: list[str]) -> Found[T] | None:
        for size in (2, 1):  # longer phrases first
            opening = tuple(folded[start : start + size])
            for phrase, plain, value in self._by_opening.get(opening, ()):
                end = start + len(plain)
                if folded[start:end] == plain and _agrees(phrase, marked[start:end]):
                    return Found(start, end, value)
        return None


def _agrees(phrase: Sequence[str], typed: Sequence[str]) -> bool:
    """Say whether the marks that were typed leave the phrase possible.

    "sơ đồ" is not "sổ đỏ", but one wrong mark ("bàng lái") is a slip, and a bare syllable says
    nothing.
    """
    conflicts = sum(
        word != said and said != fold_syllable(said)
        for word, said in zip(phrase, typed, strict=True)
    )
    return conflicts * 2 <= len(phrase) and (len(phrase) > 1 or not conflicts)

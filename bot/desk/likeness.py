"""When two questions are one: strictly, to answer with what an official wrote; loosely, to sort.

The strict way never guesses. Two questions are the same if they consist of the same syllables in
the same order, diacritics aside where one of them was typed without, abbreviations written out,
polite words at both ends left away. The loose way only decides what an official sees together.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from index.encoder import Encoder, EncoderError
from index.phrases import Phrases
from index.question import Question
from index.text import fold, fold_syllable, normalise
from index.understanding import Understanding

SURE = 0.8  # share of common words from which two questions belong together
MAYBE = 0.5  # share from which the encoder is asked
NEAR = 0.6  # cosine above that of unrelated texts, as a share of what is above it

Key = tuple[str, ...]


class Sameness:
    """The strict way.

    Args:
        fillers: words that may stand before and behind a question.
    """

    def __init__(self, fillers: Sequence[str]) -> None:
        self._fillers: Phrases[None] = Phrases((filler, None) for filler in fillers)

    def key(self, question: Question) -> Key:
        """Return the syllables of a question without diacritics and polite words."""
        marked = list(question.syllables)
        folded = [fold_syllable(syllable) for syllable in marked]
        spans = [(found.start, found.end) for found in self._fillers.find(marked, folded)]
        start, end = 0, len(folded)
        for begin, stop in spans:
            if begin == start:
                start = stop
        for begin, stop in reversed(spans):
            if stop == end and begin >= start:
                end = begin
        return tuple(folded[start:end])

    def same(self, one: Question, other: Question) -> bool:
        """Say whether two questions are the same."""
        key = self.key(one)
        return bool(key) and key == self.key(other) and not _marked_apart(one, other)


def _marked_apart(one: Question, other: Question) -> bool:
    """Say whether what was typed with marks differs in them: "sổ đỏ" is not "sơ đồ"."""
    for mine, theirs in _aligned(one, other):
        both_marked = mine != fold_syllable(mine) and theirs != fold_syllable(theirs)
        if both_marked and mine != theirs:
            return True
    return False


def _aligned(one: Question, other: Question) -> list[tuple[str, str]]:
    """Pair the typed syllables of two questions that fold to the same, in their order."""
    left, right = normalise(one.typed).split(), normalise(other.typed).split()
    pairs = []
    at = 0
    for mine in (word.strip(_EDGES) for word in left):
        for position in range(at, len(right)):
            theirs = right[position].strip(_EDGES)
            if fold(mine) == fold(theirs):
                pairs.append((mine, theirs))
                at = position + 1
                break
    return pairs


_EDGES = "?!.,;:“”\"'()…"


class Sorter:
    """The loose way: finds the question that another one belongs to.

    Args:
        understanding: reads questions.
        encoder: compares what few words tell; None for words alone.
    """

    def __init__(self, understanding: Understanding, encoder: Encoder | None) -> None:
        self._encoder = encoder
        self._read = cache(understanding.read)
        self._vector = cache(self._encoded)

    def closest(self, question: str, others: Sequence[str]) -> int | None:
        """Return the position of the question that `question` belongs to, None for none."""
        asked = self._read(question)
        words = set(asked.content)
        best, most = None, 0.0
        for position, other in enumerate(others):
            told = self._read(other)
            share = _share(words, set(told.content))
            if share < MAYBE or share <= most or not _fixes_the_same(asked, told):
                continue
            if share >= SURE or self._near(question, other):
                best, most = position, share
        return best

    def _near(self, one: str, other: str) -> bool:
        if self._encoder is None:
            return False
        try:
            cosine = float(np.dot(self._vector(one), self._vector(other)))
        except EncoderError:
            return False
        return cosine >= self._encoder.floor + NEAR * (1 - self._encoder.floor)

    def _encoded(self, question: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        assert self._encoder is not None
        vector: np.ndarray[tuple[int, ...], np.dtype[np.float32]]
        (vector,) = self._encoder.encode_questions([self._read(question).encoded])
        return vector


def _share(one: set[str], other: set[str]) -> float:
    """Return twice the common words over all words (Dice's coefficient)."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def _fixes_the_same(one: Question, other: Question) -> bool:
    """Say whether two questions name the same places, years and numbers of documents."""

    def fixed(question: Question) -> tuple[frozenset[object], ...]:
        places = frozenset(place.name for place in question.places if place.end)
        codes = frozenset(str(mention.code) for mention in question.codes)
        return places, frozenset(question.years), codes

    return fixed(one) == fixed(other)

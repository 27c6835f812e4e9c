"""From a text to its lexical terms, the same way for documents and questions."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from index.text import (
    Terms,
    fold,
    folded_syllables,
    folded_syllables_of_each,
    pair_terms,
    syllable_terms,
)

HEADINGS = 1024  # whose terms are kept
_VOWELS = frozenset("aeiouy")


class Analyzer:
    """Folds, splits, writes abbreviations out, pairs.

    "CCHC" in a document and "cải cách hành chính" in a question are the same words. Only
    abbreviations with one meaning that are no syllables are written out; what the others mean
    depends on the sentence and is left to the reading of the question.

    Args:
        abbreviations: token → its expansions.
    """

    def __init__(self, abbreviations: Mapping[str, Sequence[str]]) -> None:
        self._written_out = {
            fold(short): folded_syllables(meanings[0])
            for short, meanings in abbreviations.items()
            if len(meanings) == 1 and _is_clear(fold(short))
        }
        self._of_headings = lru_cache(HEADINGS)(self.terms)

    @cached_property
    def digest(self) -> str:
        """Names the way of analysing: terms made under another digest are not comparable."""
        table = repr(sorted(self._written_out.items()))
        return hashlib.sha256(table.encode()).hexdigest()[:16]

    def write_out(self, folded: Sequence[str]) -> list[str]:
        """Return folded syllables with clear abbreviations written out."""
        if self._written_out.keys().isdisjoint(folded):
            return list(folded)
        written: list[str] = []
        for syllable in folded:
            written += self._written_out.get(syllable) or [syllable]
        return written

    def terms(self, text: str) -> Terms:
        """Return the lexical terms of `text`: its folded syllables and their adjacent pairs."""
        singles = syllable_terms(self.write_out(folded_syllables(text)))
        return np.concatenate([singles, pair_terms(singles)])

    def terms_of_heading(self, text: str) -> Terms:
        """Return what `terms` does, kept: all procedures have the same headings."""
        return self._of_headings(text)

    def words_of_each(self, texts: Sequence[str]) -> tuple[Terms, NDArray[np.int64]]:
        """Return the terms of the single words of several short texts, and how many each has.

        Shape: (n,) and (len(texts),).
        """
        written = [self.write_out(folded) for folded in folded_syllables_of_each(texts)]
        counts = np.array([len(words) for words in written], np.int64)
        return syllable_terms([syllable for words in written for syllable in words]), counts


def with_pairs(words: Terms, counts: NDArray[np.int64]) -> tuple[Terms, NDArray[np.int32]]:
    """Return the terms of texts, pairs of adjacent words among them, and whose each is.

    Args:
        words: terms of the single words of all texts. Shape: (n,).
        counts: words of each text. Shape: (texts,).

    Returns:
        The terms and the position of the text that each is from. Shape: (m,) each.
    """
    owners = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    together = (owners[1:] == owners[:-1]).nonzero()[0]
    terms = np.concatenate([words, pair_terms(words)[together]])
    return terms, np.concatenate([owners, owners[together]])


def _is_clear(token: str) -> bool:
    """Say whether an abbreviation cannot be a syllable: "cchc", "ubnd", but not "kh" or "can"."""
    return token.isalpha() and (len(token) >= 4 or (len(token) == 3 and not set(token) & _VOWELS))

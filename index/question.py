"""A question as it is understood: what is meant, what counts, what is asked for."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from config.words import Answer, Intent
from index.text import Terms, fold_syllable
from index.variants import Special
from knowledge.codes import CodeMention
from knowledge.places import PlaceMention

ASKED = 0.1  # weight of "mất bao lâu": says what is asked, not about what
ENDS = (".", "?", "!")
CLOSING = "\"'”’»)"  # may stand after the end
MEMORABLE = 200  # characters of a question that others may ask as well


@dataclass(frozen=True)
class Concept:
    """One thing that a question is about: a word, or an everyday phrase with its official ones.

    Attributes:
        weight: how much it counts.
        wordings: words of each way to say it, the typed one first. Shape: (n,) each.
        size: words that were typed for it.
    """

    weight: float
    wordings: tuple[Terms, ...]
    size: int = 1


@dataclass(frozen=True)
class Question:
    """What was typed and what it was taken for.

    Attributes:
        typed: the question as it came, cleaned.
        understood: the same with diacritics, chat spelling and abbreviations restored.
        bare: what was understood without the courtesies around it.
        syllables: of the bare question, lower case.
        weights: how much each of them counts in finding. Shape: (len(syllables),).
        official: official wordings of everyday words, searched beside them.
        formal: the bare question with everyday words replaced by official ones, in small letters.
        terms, term_weights: what the lexical index is asked. Shape: (n,) each.
        is_pair: which of the terms are pairs of syllables. Shape: (n,).
        is_stop: which of them are stop words or pairs with one. Shape: (n,).
        concepts: what it is about, word by word.
        codes: document and procedure codes.
        places: provinces named.
        years: years named.
        intents: what is asked about a procedure, first the most certain.
        answers: kinds of answer wanted (number, date, …), first the most certain.
        unasked: special cases of procedures that it does not ask for.
    """

    typed: str
    understood: str
    bare: str
    syllables: tuple[str, ...]
    weights: NDArray[np.float32]
    official: tuple[str, ...]
    formal: str
    terms: Terms
    term_weights: NDArray[np.float32]
    is_pair: NDArray[np.bool_]
    is_stop: NDArray[np.bool_]
    concepts: tuple[Concept, ...] = ()
    codes: tuple[CodeMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    years: tuple[int, ...] = ()
    intents: tuple[Intent, ...] = ()
    answers: tuple[Answer, ...] = ()
    unasked: tuple[Special, ...] = ()

    @property
    def meaning(self) -> Hashable:
        """Equal for questions that one `Understanding` takes for the same, however typed.

        All that is searched with follows from it: not how what was typed begins and ends, nor
        where in it codes and places stand.
        """
        codes = tuple(mention.code for mention in self.codes)
        places = tuple((p.name, p.current, p.certain, p.locality) for p in self.places)
        return self.encoded, self.syllables, codes, places, self.years

    @property
    def encoded(self) -> str:
        """What the encoder reads: official words where everyday ones were used, else as written."""
        if self.official:
            return self.formal
        asked = self.bare[:1].upper() + self.bare[1:]
        return asked if asked.rstrip(CLOSING).endswith(ENDS) else f"{asked}?"

    @property
    def content_weights(self) -> NDArray[np.float32]:
        """How much each term says of what is asked about. Shape: (n,)."""
        return np.where(self.is_stop, np.float32(0), self.term_weights)

    @property
    def content(self) -> list[str]:
        """The folded syllables that count in full or in part."""
        return [
            fold_syllable(s) for s, w in zip(self.syllables, self.weights, strict=True) if w > ASKED
        ]

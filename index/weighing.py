"""What of a question counts in finding, and in which words it is looked for."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from config.words import Answer, Everyday, Intent, Words
from index.analyzer import Analyzer
from index.intents import Intents
from index.phrases import Found, Phrases
from index.question import ASKED, Concept
from index.text import Terms, fold_syllable, folded_syllables, pair_terms, syllable_terms, syllables
from index.variants import Special, Variants

# How much a syllable counts; tuned on the development sets (docs/evaluation.md).
CONTENT = 1.0
EVERYDAY = 0.6  # an everyday word whose official one is searched as well
OFFICIAL = 0.9
OFFICIAL_NEXT = 0.35  # each further official meaning
KIND = 0.4  # "bao nhiêu điểm" says what kind of answer is wanted, "bố mẹ" who asks and why
STOP = 0.0
PASSED_OVER = 0.5  # a stop word, in finding alone: its idf is low as it is
PAIR = 1.0

Weights = NDArray[np.float32]
T = TypeVar("T")


@dataclass(frozen=True)
class Weighed:
    """The parts of a `Question` that say what to look for; the names are the same."""

    weights: Weights
    official: tuple[str, ...]
    formal: str
    terms: Terms
    term_weights: Weights
    is_pair: NDArray[np.bool_]
    is_stop: NDArray[np.bool_]
    concepts: tuple[Concept, ...]
    intents: tuple[Intent, ...]
    answers: tuple[Answer, ...]
    unasked: tuple[Special, ...]


class Weigher:
    """Weighs questions.

    Args:
        words: everyday words, intents, kinds of answer, stop words.
        analyzer: the one that made the index' terms.
    """

    def __init__(self, words: Words, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._intents = Intents(words)
        self._answers: Phrases[Answer] = Phrases(
            (phrase, answer) for answer in words.answers for phrase in answer.phrases
        )
        self._everyday = Phrases((say, e) for e in words.everyday for say in e.say)
        self._indicators: Phrases[tuple[str, ...]] = Phrases(
            (form, (name, max(forms, key=len)))
            for name, forms in words.indicators.items()
            for form in (name, *forms)
        )
        self._told = Phrases((phrase, None) for phrase in words.circumstances)
        self._stopwords = Phrases((phrase, None) for phrase in words.stopwords)
        self._variants = Variants(words.variants)

    def weigh(self, marked: list[str]) -> Weighed:
        """Return what counts of a question, given as its syllables with their diacritics."""
        folded = [fold_syllable(s) for s in marked]
        intents = self._intents.find(marked, folded)
        answers = self._answers.find(marked, folded)
        everyday = self._everyday.find(marked, folded)
        weights = np.full(len(marked), CONTENT, dtype=np.float32)
        _lower(weights, self._stopwords.find(marked, folded), STOP)
        _lower(weights, self._told.find(marked, folded), KIND)
        _lower(weights, answers, KIND)
        _lower(weights, intents, ASKED)
        concepts = self._concepts(folded, weights, everyday)
        for match in everyday:
            span = slice(match.start, match.end)
            weights[span] = np.clip(weights[span], ASKED, EVERYDAY)
        official = self._official(marked, folded, everyday)
        terms, term_weights, is_pair, is_stop = self._terms(folded, weights, official)
        return Weighed(
            weights=weights,
            official=tuple(mean for mean, _ in official),
            formal=_formal(marked, everyday),
            terms=terms,
            term_weights=term_weights,
            is_pair=is_pair,
            is_stop=is_stop,
            concepts=concepts,
            intents=self._intents.meant(intents, marked, folded),
            answers=tuple(dict.fromkeys(match.value for match in answers)),
            unasked=self._variants.unasked(
                [*marked, *(s for mean, _ in official for s in syllables(mean))]
            ),
        )

    def _official(
        self, marked: list[str], folded: list[str], everyday: Sequence[Found[Everyday]]
    ) -> list[tuple[str, float]]:
        """Return the official wordings of what was said, with what each counts."""
        indicators = self._indicators.find(marked, folded)
        official = [(form, OFFICIAL_NEXT) for match in indicators for form in match.value]
        for match in everyday:
            official += [
                (mean, OFFICIAL if not rank else OFFICIAL_NEXT)
                for rank, mean in enumerate(match.value.mean)
            ]
        return official

    def _concepts(
        self,
        folded: list[str],
        weights: NDArray[np.float32],
        everyday: Sequence[Found[Everyday]],
    ) -> tuple[Concept, ...]:
        """Return what a question is about; an everyday phrase is one thing, however it is said."""

        def words(syllables: Sequence[str]) -> Terms:
            return syllable_terms(self._analyzer.write_out(syllables))

        concepts: list[Concept] = []
        covered: set[int] = set()
        for match in everyday:
            covered |= set(range(match.start, match.end))
            said = words(folded[match.start : match.end])
            meant = [words(folded_syllables(mean)) for mean in match.value.mean]
            concepts.append(Concept(CONTENT, (said, *meant), match.end - match.start))
        for i, weight in enumerate(weights.tolist()):
            if i not in covered and weight > KIND:
                concepts.append(Concept(weight, (words([folded[i]]),)))
        return tuple(concepts)

    def _terms(
        self,
        folded: Sequence[str],
        weights: NDArray[np.float32],
        official: Iterable[tuple[str, float]],
    ) -> tuple[Terms, Weights, NDArray[np.bool_], NDArray[np.bool_]]:
        """Return the distinct terms of a question and its official wordings.

        Stop words say nothing of what is asked about, but tell texts apart that speak of the same:
        they and their pairs are sought as well, unless there is nothing else.

        Returns:
            The terms, the weight of each, whether it is a pair, and whether it is a stop word or a
            pair with one. Shape: (n,) each.
        """
        said: list[str] = []
        counts: list[float] = []
        for syllable, weight in zip(folded, weights.tolist(), strict=True):
            written = self._analyzer.write_out([syllable])
            said += written
            counts += [weight] * len(written)
        counted = np.array(counts, dtype=np.float32)
        meant = [(self._analyzer.write_out(folded_syllables(m)), w) for m, w in official]
        about, _ = _weighed(said, counted, meant)
        passed_over = np.float32(PASSED_OVER if about else STOP)
        table, singles = _weighed(said, np.where(counted == STOP, passed_over, counted), meant)
        return (
            np.fromiter(table, dtype=np.uint32, count=len(table)),
            np.fromiter(table.values(), dtype=np.float32, count=len(table)),
            np.array([term not in singles for term in table], dtype=bool),
            np.array([term not in about for term in table], dtype=bool),
        )


def _weighed(
    said: list[str], counted: Weights, meant: Iterable[tuple[list[str], float]]
) -> tuple[dict[int, float], Container[int]]:
    """Return the weight of each term that counts, and which terms are no pairs."""
    singles: dict[int, float] = {}
    pairs: dict[int, float] = {}
    _add(singles, pairs, said, counted)
    for words, weight in meant:
        _add(singles, pairs, words, np.full(len(words), weight, dtype=np.float32))
    table = {term: weight for term, weight in (pairs | singles).items() if weight > 0}
    return table, singles.keys()


def _add(
    singles: dict[int, float], pairs: dict[int, float], words: list[str], weights: Weights
) -> None:
    terms = syllable_terms(words)
    _raise(singles, terms, weights)
    _raise(pairs, pair_terms(terms), np.float32(PAIR) * np.minimum(weights[:-1], weights[1:]))


def _lower(weights: Weights, found: Sequence[Found[T]], most: float) -> None:
    for match in found:
        span = slice(match.start, match.end)
        weights[span] = np.minimum(weights[span], most)


def _formal(marked: Sequence[str], everyday: Sequence[Found[Everyday]]) -> str:
    """Return the question with each everyday phrase replaced by its first official wording."""
    words: list[str] = []
    end = 0
    for match in everyday:
        words += [*marked[end : match.start], match.value.mean[0]]
        end = match.end
    return " ".join([*words, *marked[end:]])


def _raise(table: dict[int, float], terms: Terms, weights: NDArray[np.float32]) -> None:
    for term, weight in zip(terms.tolist(), weights.tolist(), strict=True):
        table[term] = max(table.get(term, 0.0), weight)

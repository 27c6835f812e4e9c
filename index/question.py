"""A question as it is understood: what is meant, what counts, what is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from config.words import Answer, Intent, Words
from index.analyzer import Analyzer
from index.phrases import Phrases
from index.restore import Restorer
from index.syllables import SyllableModel
from index.text import (
    Terms,
    clean,
    fold_syllable,
    folded_syllables,
    normalise,
    pair_terms,
    syllable_terms,
    syllables,
)
from knowledge.codes import CodeMention, code_mentions
from knowledge.places import PlaceMention, Places

_TOKEN = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"(?<![\d.,/])(20[0-4]\d)(?!\d|[.,]\d|%|/)")

# How much a syllable counts in finding; tuned on the development sets (docs/evaluation.md).
CONTENT = 1.0
EVERYDAY = 0.45  # an everyday word whose official one is searched as well
OFFICIAL = 0.9
OFFICIAL_NEXT = 0.5  # each further official meaning
ASKED = 0.1  # "mất bao lâu", "cần giấy tờ gì": says what is asked, not about what
STOP = 0.0
PAIR = 1.0


@dataclass(frozen=True)
class Question:
    """What was typed and what it was taken for.

    Attributes:
        typed: the question as it came, cleaned.
        understood: the same with diacritics, chat spelling and abbreviations restored.
        syllables: the understood syllables, lower case.
        weights: how much each of them counts in finding. Shape: (len(syllables),).
        official: official wordings of everyday words, searched beside them.
        terms, term_weights: what the lexical index is asked. Shape: (n,) each.
        codes: document and procedure codes.
        places: provinces named.
        years: years named.
        intents: what is asked about a procedure, first the most certain.
        answers: kinds of answer wanted (number, date, …), first the most certain.
    """

    typed: str
    understood: str
    syllables: tuple[str, ...]
    weights: NDArray[np.float32]
    official: tuple[str, ...]
    terms: Terms
    term_weights: NDArray[np.float32]
    codes: tuple[CodeMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    years: tuple[int, ...] = ()
    intents: tuple[Intent, ...] = ()
    answers: tuple[Answer, ...] = ()
    everyday_fields: tuple[str, ...] = field(default=())

    @property
    def content(self) -> list[str]:
        """The folded syllables that count in full or in part."""
        return [
            fold_syllable(s)
            for s, w in zip(self.syllables, self.weights, strict=True)
            if w > ASKED
        ]


class Understanding:
    """Reads questions.

    Args:
        words: abbreviations, chat spelling, everyday words, intents.
        places: provinces and how people write them.
        analyzer: the one that made the index' terms.
        model: syllable frequencies of the language and of the home's documents.
    """

    def __init__(
        self, words: Words, places: Places, analyzer: Analyzer, model: SyllableModel
    ) -> None:
        self._places = places
        self._analyzer = analyzer
        phrases = [entry for e in words.everyday for entry in (*e.say, *e.mean)]
        known = SyllableModel.count([*_asked_phrases(words), *phrases, *places.names()])
        self._restorer = Restorer(
            model.plus(known.times(FREQUENT)), _expansions(words), words.spelling
        )
        self._intents: Phrases[Intent] = Phrases(
            (phrase, intent) for intent in words.intents for phrase in intent.phrases
        )
        self._answers: Phrases[Answer] = Phrases(
            (phrase, answer) for answer in words.answers for phrase in answer.phrases
        )
        self._everyday = Phrases((say, e) for e in words.everyday for say in e.say)
        self._indicators: Phrases[tuple[str, ...]] = Phrases(
            (form, (name, max(forms, key=len)))
            for name, forms in words.indicators.items()
            for form in (name, *forms)
        )
        self._stopwords = Phrases((phrase, None) for phrase in words.stopwords)

    def read(self, typed: str) -> Question:
        """Return `typed` as it is understood."""
        typed = " ".join(clean(typed).split())
        tokens = list(_TOKEN.finditer(typed))
        codes = tuple(code_mentions(typed))
        places = tuple(self._places.find(typed))
        fixed = _fixed(tokens, codes, places)
        restored = self._restorer.restore([normalise(t.group()) for t in tokens], fixed)
        understood = _echo(typed, tokens, restored.syllables, restored.typed)
        marked = [normalise(s) for s in restored.syllables]
        return self._weigh(typed, understood, marked, codes, places)

    def _weigh(
        self,
        typed: str,
        understood: str,
        marked: list[str],
        codes: tuple[CodeMention, ...],
        places: tuple[PlaceMention, ...],
    ) -> Question:
        folded = [fold_syllable(s) for s in marked]
        indicators = self._indicators.find(marked, folded)
        weights = np.full(len(marked), CONTENT, dtype=np.float32)
        for stop in self._stopwords.find(marked, folded):
            weights[stop.start : stop.end] = STOP
        intents = self._intents.find(marked, folded)
        answers = self._answers.find(marked, folded)
        for asked in (*answers, *intents):
            weights[asked.start : asked.end] = np.minimum(weights[asked.start : asked.end], ASKED)
        official = [(form, OFFICIAL_NEXT) for found in indicators for form in found.value]
        fields: list[str] = []
        for everyday in self._everyday.find(marked, folded):
            span = slice(everyday.start, everyday.end)
            weights[span] = np.clip(weights[span], ASKED, EVERYDAY)
            official += [
                (mean, OFFICIAL if not rank else OFFICIAL_NEXT)
                for rank, mean in enumerate(everyday.value.mean)
            ]
            if everyday.value.field:
                fields.append(everyday.value.field)
        terms, term_weights = self._terms(folded, weights, official)
        return Question(
            typed,
            understood,
            tuple(marked),
            weights,
            tuple(mean for mean, _ in official),
            terms,
            term_weights,
            codes,
            places,
            tuple(dict.fromkeys(int(y) for y in _YEAR.findall(typed))),
            tuple(dict.fromkeys(found.value for found in intents)),
            tuple(dict.fromkeys(found.value for found in answers)),
            tuple(dict.fromkeys(fields)),
        )


    def _terms(
        self,
        folded: Sequence[str],
        weights: NDArray[np.float32],
        official: Iterable[tuple[str, float]],
    ) -> tuple[Terms, NDArray[np.float32]]:
        """Return the distinct terms of a question and its official wordings with their weights."""
        table: dict[int, float] = {}
        words: list[str] = []
        counts: list[float] = []
        for syllable, weight in zip(folded, weights.tolist(), strict=True):
            written = self._analyzer.write_out([syllable])
            words += written
            counts += [weight] * len(written)
        self._add(table, words, np.array(counts, dtype=np.float32))
        for mean, weight in official:
            words = self._analyzer.write_out(folded_syllables(mean))
            self._add(table, words, np.full(len(words), weight, dtype=np.float32))
        kept = {term: weight for term, weight in table.items() if weight > 0}
        return (
            np.fromiter(kept, dtype=np.uint32, count=len(kept)),
            np.fromiter(kept.values(), dtype=np.float32, count=len(kept)),
        )

    def _add(
        self, table: dict[int, float], words: list[str], weights: NDArray[np.float32]
    ) -> None:
        _raise(table, syllable_terms(words), weights)
        _raise(table, pair_terms(words), np.minimum(weights[:-1], weights[1:]) * PAIR)


FREQUENT = 30  # how often a phrase of the word files counts as seen


def _asked_phrases(words: Words) -> Iterable[str]:
    for asked in (*words.intents, *words.answers):
        yield from asked.phrases
    yield from words.stopwords


def _expansions(words: Words) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Token → its readings: chat spelling first, then official abbreviations."""
    table: dict[str, tuple[tuple[str, ...], ...]] = {}
    for source in (words.chat, words.abbreviations):
        for short, meanings in source.items():
            readings = tuple(tuple(syllables(meaning)) for meaning in meanings)
            table[normalise(short)] = table.get(normalise(short), ()) + readings
    return table


def _fixed(
    tokens: Sequence[re.Match[str]],
    codes: Iterable[CodeMention],
    places: Iterable[PlaceMention],
) -> dict[int, tuple[str, ...]]:
    """Tokens that are not to be read anew: codes stay, places get their full names."""
    fixed: dict[int, tuple[str, ...]] = {}
    for place in places:
        inside = [i for i, t in enumerate(tokens) if place.start <= t.start() < place.end]
        for i in inside:
            fixed[i] = ()
        if inside and place.certain:
            fixed[inside[0]] = tuple(_TOKEN.findall(place.locality or place.name))
        else:
            fixed.update({i: (tokens[i].group(),) for i in inside})
    for code in codes:
        if code.code.complete:
            for i, token in enumerate(tokens):
                if code.start <= token.start() < code.end:
                    fixed[i] = (token.group(),)
    return fixed


def _echo(
    typed: str, tokens: Sequence[re.Match[str]], words: Sequence[str], origins: Sequence[int]
) -> str:
    """Return the typed question with each token replaced by what it was taken for."""
    said: dict[int, list[str]] = {}
    for word, origin in zip(words, origins, strict=True):
        said.setdefault(origin, []).append(word)
    parts: list[str] = []
    end = 0
    for i, token in enumerate(tokens):
        before, end = typed[end : token.start()], token.end()
        meant = said.get(i, [])
        if [normalise(token.group())] == meant:
            parts += [before, token.group()]
        elif meant:
            text = " ".join(meant)
            # "Hoi" is the beginning of a sentence, "CCHC" an abbreviation written out.
            keeps = token.group()[0].isupper() and not token.group().isupper()
            parts += [before, text[0].upper() + text[1:] if keeps else text]
        elif before.strip():
            parts.append(before)
    return " ".join("".join([*parts, typed[end:]]).split())


def _raise(table: dict[int, float], terms: Terms, weights: NDArray[np.float32]) -> None:
    for term, weight in zip(terms.tolist(), weights.tolist(), strict=True):
        table[term] = max(table.get(term, 0.0), weight)

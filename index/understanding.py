"""Reading questions: from what was typed to what is meant and what is to be looked for."""

from __future__ import annotations

import re

from config.words import Words
from index.analyzer import Analyzer
from index.question import MEMORABLE, Question
from index.recent import Recent
from index.spelling import Speller
from index.syllables import SyllableModel
from index.text import clean
from index.weighing import Weigher
from knowledge.codes import code_mentions
from knowledge.places import Places

_YEAR = re.compile(r"(?<![\d.,/])(20[0-4]\d)(?!\d|[.,]\d|%|/)")

REMEMBERED = 1024  # questions that stay understood, some 5 KB each


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
        self._speller = Speller(words, places, model)
        self._weigher = Weigher(words, analyzer)
        self._recent: Recent[tuple[str, str | None], Question] = Recent(REMEMBERED)

    def read(self, typed: str, place: str | None = None) -> Question:
        """Return `typed` as it is understood.

        Args:
            typed: the question as it came.
            place: province that is meant unless the question names one.
        """
        typed = " ".join(clean(typed).split())
        if len(typed) > MEMORABLE:
            return self._read(typed, place)
        return self._recent.get((typed, place), lambda: self._read(typed, place))

    def _read(self, typed: str, place: str | None) -> Question:
        codes = tuple(code_mentions(typed))
        places = tuple(self._places.find(typed))
        spelt = self._speller.spell(typed, codes, places)
        if place and not places:
            places = tuple(self._places.find(place))
        return Question(
            typed=typed,
            understood=spelt.text,
            bare=spelt.bare,
            syllables=tuple(spelt.syllables),
            codes=codes,
            places=places,
            years=tuple(dict.fromkeys(int(year) for year in _YEAR.findall(typed))),
            **vars(self._weigher.weigh(spelt.syllables)),
        )

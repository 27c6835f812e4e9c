"""What was typed, spelt out: codes and places kept, all else restored, and the echo of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from config.words import Words
from index.courtesies import Bare
from index.phrases import Phrases
from index.restore import Restored, Restorer
from index.syllables import SyllableModel
from index.text import fold_syllable, normalise, normalise_syllable, syllables
from knowledge.codes import CodeMention
from knowledge.places import PlaceMention, Places

_TOKEN = re.compile(r"[^\W_]+")
FREQUENT = 30  # how often a phrase of the word files counts as seen


@dataclass(frozen=True)
class Spelt:
    """A question as it is spelt out.

    Attributes:
        syllables: of the bare question, lower case.
        text: what was typed, each token replaced by what it was taken for.
        bare: the same without the courtesies around the question.
    """

    syllables: list[str]
    text: str
    bare: str


class Speller:
    """Spells questions out.

    Args:
        words: abbreviations, chat spelling, and phrases that the language model has to know.
        places: their names are to be known as well.
        model: syllable frequencies of the language and of the home's documents.
    """

    def __init__(self, words: Words, places: Places, model: SyllableModel) -> None:
        self._bare = Bare(words.courtesies, (say for e in words.everyday for say in e.say))
        phrases = [entry for e in words.everyday for entry in (*e.say, *e.mean)]
        asked = [p for intent in words.intents for p in intent.phrases]
        asked += [p for answer in words.answers for p in answer.phrases]
        # Those in which people name themselves would make "chị" of every "c".
        asked += [*words.courtesies.following, *words.courtesies.closing]
        known = SyllableModel.count([*phrases, *asked, *words.stopwords, *places.names()])
        self._spelt_out = Phrases(
            (short, tuple(syllables(meanings[0])))
            for short, meanings in words.chat.items()
            if " " in short
        )
        self._restorer = Restorer(
            model.plus(known.times(FREQUENT)),
            _expansions(words.chat),
            _expansions(words.abbreviations),
            words.spelling,
        )

    def spell(
        self, typed: str, codes: Iterable[CodeMention], places: Iterable[PlaceMention]
    ) -> Spelt:
        """Return what `typed` stands for.

        Args:
            typed: the question, cleaned.
            codes, places: what was found in it, which is not to be read anew.
        """
        tokens = list(_TOKEN.finditer(typed))
        typed_syllables = [normalise_syllable(t.group()) for t in tokens]
        fixed = self._whole(typed_syllables) | _fixed(tokens, codes, places)
        capitals = {i for i, t in enumerate(tokens) if t.group().isupper() and not typed.isupper()}
        restored = self._restorer.restore(typed_syllables, fixed, capitals)
        said = [normalise_syllable(syllable) for syllable in restored.syllables]
        unmarked = [t == fold_syllable(t) for t in typed_syllables]
        begin, end = self._bare.span(
            [(w, unmarked[i]) for w, i in zip(said, restored.typed, strict=True)]
        )
        written = _written(typed, tokens, restored)
        rest = typed[tokens[-1].end() :] if tokens else typed
        whole = bare = _one_line([*(before + meant for before, meant in written), rest])
        if end - begin < len(said):
            first, last = restored.typed[begin], restored.typed[end - 1]
            opening, *others = written[first : last + 1]
            bare = _one_line([opening[1], *(before + meant for before, meant in others)])
        return Spelt(said[begin:end], whole, bare)

    def _whole(self, typed: Sequence[str]) -> dict[int, tuple[str, ...]]:
        """Return what phrases of several tokens stand for, at the first of each; none after it."""
        fixed: dict[int, tuple[str, ...]] = {}
        for found in self._spelt_out.find(typed, [fold_syllable(s) for s in typed]):
            fixed |= dict.fromkeys(range(found.start, found.end), ())
            fixed[found.start] = found.value
        return fixed


def _expansions(short: Mapping[str, Sequence[str]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return token → its readings, each as syllables."""
    return {
        normalise(token): tuple(tuple(syllables(meaning)) for meaning in meanings)
        for token, meanings in short.items()
    }


def _fixed(
    tokens: Sequence[re.Match[str]],
    codes: Iterable[CodeMention],
    places: Iterable[PlaceMention],
) -> dict[int, tuple[str, ...]]:
    """Tokens that are not to be read anew: codes stay, places get their full names."""
    fixed: dict[int, tuple[str, ...]] = {}
    for place in (place for place in places if place.certain):
        inside = [i for i, t in enumerate(tokens) if place.start <= t.start() < place.end]
        fixed.update(dict.fromkeys(inside, ()))
        if inside:
            fixed[inside[0]] = tuple(_TOKEN.findall(place.locality or place.name))
    for code in codes:
        if code.code.complete:
            for i, token in enumerate(tokens):
                if code.start <= token.start() < code.end:
                    fixed[i] = (token.group(),)
    return fixed


def _written(
    typed: str, tokens: Sequence[re.Match[str]], restored: Restored
) -> list[tuple[str, str]]:
    """Return of each token what stands before it and what it was taken for."""
    said: dict[int, list[str]] = {}
    for word, origin in zip(restored.syllables, restored.typed, strict=True):
        said.setdefault(origin, []).append(word)
    written: list[tuple[str, str]] = []
    end = 0
    for i, token in enumerate(tokens):
        before, end = typed[end : token.start()], token.end()
        meant = said.get(i, [])
        if [normalise_syllable(token.group())] == meant:
            written.append((before, token.group()))
        elif meant:
            text = " ".join(meant)
            # "Hoi" is the beginning of a sentence, "CCHC" an abbreviation written out.
            keeps = token.group()[0].isupper() and not token.group().isupper()
            written.append((before, text[0].upper() + text[1:] if keeps else text))
        else:
            written.append((before if before.strip() else "", ""))
    return written


def _one_line(parts: Iterable[str]) -> str:
    return " ".join("".join(parts).split())

"""What a typed answer says: a number, a label, words whose meaning is certain, signs.

The words of a level are read by a small closed grammar. Every word has to be known, and when one
can be read in two ways ("toi" is "tôi" and "tồi"), all readings have to come to the same level.
Anything else is unclear and is asked again; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from bot.ratings.typed import Written, tokens
from config.rating_words import RatingWords
from config.survey import LEVELS, Kind, Question
from index.text import clean, fold

MOST_WORDS = 12  # longer ones are no answers but stories
SHORT = 2  # words that nobody asks a question with
_NUMBER = "number"
_TELLING = ("good", "bad", "best", "worst", "middle")
_CONTRADICTION = 0
_LEVELS: Mapping[tuple[str, ...], int] = {
    ("best",): 5,
    ("strong", "best"): 5,
    ("best", "strong"): 5,
    ("worst",): 1,
    ("middle",): 3,
    ("good",): 4,
    ("strong", "good"): 5,
    ("good", "strong"): 5,
    ("bad",): 2,
    ("strong", "bad"): 1,
    ("bad", "strong"): 1,
    ("not", "good"): 2,
    ("strong", "not", "good"): 1,
}
_STARS = frozenset("⭐★🌟")
# "5", "5.", "(5)", "5/5", "5 trên 5"; a number with a sign or a fraction is none.
_ALONE = re.compile(r"[\s(\[]*(\d)\s*(?:(?:/|trên|tren)\s*(\d{1,2}))?[\s)\].!…]*")
_KEYCAP = re.compile("([0-9])\ufe0f?\u20e3")
_PLAIN = re.compile(r"[\w\s.,!~()…*]*")  # what may stand between the words of an answer
_DRESS = re.compile("[\ufe0e\ufe0f\u200d\U0001f3fb-\U0001f3ff]")  # styles, joins, colours of skin


class Understanding:
    """Reads typed answers.

    Args:
        words: how levels are written.
    """

    def __init__(self, words: RatingWords) -> None:
        self._words = words
        self._phrases = [(tokens(phrase), kind) for phrase, kind in words.phrases.items()]
        for number, word in enumerate(words.numbers, 1):
            self._phrases.append((tokens(word), f"{_NUMBER}{number}"))

    def answer(self, question: Question, typed: str) -> str | None:
        """Return the id of the option that was meant, None where that is not certain.

        Args:
            question: a scale or a choice; what is typed to others is their answer as it is.
            typed: the message as it came.
        """
        text = _KEYCAP.sub(r"\1 ", typed).strip()
        number = self._number(text, len(question.options))
        if number is not None:
            return question.options[number - 1].id
        labelled = self._labelled(question, text)
        if labelled is not None:
            return labelled
        if question.kind is Kind.SCALE and len(question.options) == LEVELS:
            level = self._level(text)
            return None if level is None else question.options[level - 1].id
        return None

    def is_attempt(self, question: Question, typed: str) -> bool:
        """Say whether a message that was not understood was meant as an answer.

        It was where it is very short, or holds a number, a sign or a word of an answer; the
        question of somebody who talks of other things by now was not.
        """
        said = tokens(typed)
        if len(said) <= SHORT:
            return True
        if typed.rstrip().endswith("?") or len(said) > MOST_WORDS:
            return False
        labels = [tokens(name) for one in question.options for name in (one.label, *one.also)]
        telling = [phrase for phrase, kind in self._phrases if kind in _TELLING] + labels
        return any(
            _same(said[at : at + len(phrase)], phrase)
            for at in range(len(said))
            for phrase in telling
        )

    def _number(self, text: str, most: int) -> int | None:
        found = _ALONE.fullmatch(clean(text).lower())
        if not found or (found[2] is not None and int(found[2]) != most):
            return None
        return int(found[1]) if 1 <= int(found[1]) <= most else None

    def _labelled(self, question: Question, text: str) -> str | None:
        said = tokens(text) if _PLAIN.fullmatch(clean(text)) else []
        if said and said[0].text.isdecimal() and len(said) > 1:
            numbered, said = said[0].text, said[1:]
        else:
            numbered = ""
        meant = {
            option.id
            for place, option in enumerate(question.options, 1)
            if numbered in ("", str(place))
            and any(_same(said, tokens(name)) for name in (option.label, *option.also))
        }
        return meant.pop() if len(meant) == 1 else None

    def _level(self, text: str) -> int | None:
        """Return what signs and words agree on."""
        signs, rest = self._signs(text)
        levels: set[int | None] = set(signs)
        said = tokens(rest)
        if not _PLAIN.fullmatch(clean(rest)):
            return None
        if said:
            levels |= self._spoken(said)
        return levels.pop() if len(levels) == 1 else None

    def _signs(self, text: str) -> tuple[set[int | None], str]:
        """Return the levels that signs give, None for an unknown sign, and what else there is."""
        levels: set[int | None] = set()
        rest: list[str] = []
        stars = 0
        for character in _DRESS.sub("", text):
            if character in _STARS:
                stars += 1
            elif character in self._words.emoji:
                levels.add(self._words.emoji[character])
            elif ord(character) >= 0x2190 and not character.isalnum():
                levels.add(None)
            else:
                rest.append(character)
        if stars:
            levels.add(stars if stars <= LEVELS else None)
        return levels, "".join(rest)

    def _spoken(self, said: Sequence[Written]) -> set[int | None]:
        """Return the levels of all readings that make sense, None for one that has no level."""
        if len(said) > MOST_WORDS:
            return {None}
        verdicts = {_verdict(reading) for reading in self._readings(said, 0)}
        return {level for level in verdicts if level != _CONTRADICTION} or {None}

    def _readings(self, said: Sequence[Written], at: int) -> Iterator[tuple[str, ...]]:
        """Yield the kinds of the words from `at` on, in every way that leaves no word out."""
        if at == len(said):
            yield ()
            return
        kinds: set[tuple[int, str]] = set()
        if said[at].text.isdecimal() and len(said[at].text) == 1:
            kinds.add((1, f"{_NUMBER}{int(said[at].text)}"))
        for phrase, kind in self._phrases:
            if _same(said[at : at + len(phrase)], phrase):
                kinds.add((len(phrase), kind))
        for length, kind in kinds:
            for rest in self._readings(said, at + length):
                yield (kind, *rest)


def _same(said: Sequence[Written], phrase: Sequence[Written]) -> bool:
    return len(said) == len(phrase) and all(a.may_be(b) for a, b in zip(said, phrase, strict=True))


def _verdict(kinds: tuple[str, ...]) -> int | None:
    """Return the level that the words come to, None for none, 0 where they contradict."""
    bare = tuple(kind for kind in kinds if kind != "filler")
    found = list(_statements(bare))
    agreed = {levels[0] for levels in found if len(set(levels)) == 1}
    if len(agreed) == 1:
        return agreed.pop()
    return _CONTRADICTION if found and not agreed else None


def _statements(kinds: tuple[str, ...]) -> Iterator[tuple[int, ...]]:
    """Yield the levels of the statements that the words can be cut into, at least one each."""
    for length in range(1, len(kinds) + 1):
        level = _of_statement(kinds[:length])
        if level is None:
            continue
        if length == len(kinds):
            yield (level,)
        for rest in _statements(kinds[length:]):
            yield (level, *rest)


def _of_statement(kinds: tuple[str, ...]) -> int | None:
    if kinds[0].startswith(_NUMBER):
        level = int(kinds[0].removeprefix(_NUMBER))
        return level if kinds[1:] in ((), ("units",)) and 1 <= level <= LEVELS else None
    # "rất rất tốt"
    return _LEVELS.get(tuple(kind for kind, _ in groupby(kinds)))


def skips(typed: str, words: Sequence[str]) -> bool:
    """Say whether a message is one of a few words, with or without diacritics.

    Args:
        typed: the message as it came.
        words: the words, "bỏ qua".
    """
    said = " ".join(fold(typed).split()).strip(" .!…")
    return said in {fold(word) for word in words}

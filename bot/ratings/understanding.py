"""What a typed answer says: a number, a label, words whose meaning is certain, signs.

The words of a level are read by a small closed grammar. Every word has to be known, and when one
can be read in two ways ("toi" is "tôi" and "tồi"), all readings have to come to the same level.
Anything else is unclear and is asked again; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.ratings.grammar import CONTRADICTION, NUMBER, verdict
from bot.ratings.signs import Levels, read_signs
from bot.ratings.typed import Written, tokens
from config.rating_words import RatingWords
from config.survey import LEVELS, Kind, Question
from index.text import clean

MOST_WORDS = 12  # longer ones are no answers but stories
SHORT = 2  # words that nobody asks a question with
CERTAIN = 5  # words of "hài lòng nhưng chờ lâu"; more may be a question on satisfaction
PHRASE = 4  # words of "rất hài lòg", "1 hoặc 2"
_TELLING = ("good", "bad", "best", "worst", "middle", "hint")
_FULL_MARKS = re.compile(r"(10{1,2})\s*/\s*\1[\s.!…]*")
# "5", "5.", "(5)", "5/5", "5 trên 5"; a number with a sign or a fraction is none.
_ALONE = re.compile(r"[\s(\[]*(\d)\s*(?:(?:/|trên|tren)\s*(\d{1,2}))?[\s)\].!…]*")
_KEYCAP = re.compile("([0-9])\ufe0f?\u20e3")
_PLAIN = re.compile(r"[\w\s.,!~()…*]*")  # what may stand between the words of an answer
_PAUSE = re.compile(r"[.,!~()…*]+")  # no word goes with one beyond it: "không, hài lòng"
_FRACTION = re.compile(r"\d\s*[.,]+\s*\d")


class Understanding:
    """Reads typed answers.

    Args:
        words: how levels are written.
    """

    def __init__(self, words: RatingWords) -> None:
        self._words = words
        self._phrases = [(tokens(phrase), kind) for phrase, kind in words.phrases.items()]
        for number, word in enumerate(words.numbers, 1):
            self._phrases.append((tokens(word), f"{NUMBER}{number}"))

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
        if len(said) <= PHRASE and self._begins_like_an_answer(said):
            return True
        return self._tells(question, said)

    def is_certain_attempt(self, question: Question, typed: str) -> bool:
        """Say whether a message can be nothing but an answer: it has no letters, or names one."""
        if not any(character.isalpha() for character in typed):
            return True
        said = tokens(typed)
        asks = typed.rstrip().endswith("?")
        return not asks and len(said) <= CERTAIN and self._tells(question, said)

    def _tells(self, question: Question, said: Sequence[Written]) -> bool:
        """Say whether words of an answer are among those of a message."""
        labels = [tokens(name) for one in question.options for name in (one.label, *one.also)]
        telling = [phrase for phrase, kind in self._phrases if kind in _TELLING] + labels
        return any(
            _same(said[at : at + len(phrase)], phrase)
            for at in range(len(said))
            for phrase in telling
        )

    def _begins_like_an_answer(self, said: Sequence[Written]) -> bool:
        if said[0].text.isdecimal() and len(said[0].text) == 1:
            return True
        strong = [phrase for phrase, kind in self._phrases if kind == "strong"]
        return any(_same(said[: len(phrase)], phrase) for phrase in strong)

    def _number(self, text: str, most: int) -> int | None:
        found = _ALONE.fullmatch(clean(text).lower())
        if not found or (found[2] is not None and int(found[2]) != most):
            return None
        return int(found[1]) if 1 <= int(found[1]) <= most else None

    def _labelled(self, question: Question, text: str) -> str | None:
        parts = [tokens(part) for part in _parts(text)] if _PLAIN.fullmatch(clean(text)) else []
        numbered = ""
        if parts and parts[0][0].text.isdecimal():  # "2. Không hài lòng"
            numbered = parts[0][0].text
            parts = [part for part in (parts[0][1:], *parts[1:]) if part]
        if question.kind is Kind.CHOICE and len(parts) == 1:
            parts = [self._bare(parts[0], question)]
        meant = {
            option.id
            for place, option in enumerate(question.options, 1)
            if numbered in ("", str(place))
            and any(_names(parts, name) for name in (option.label, *option.also))
        }
        return meant.pop() if len(meant) == 1 else None

    def _bare(self, said: list[Written], question: Question) -> list[Written]:
        """Return words that name a reason without those around it: "cán bộ hách dịch quá"."""
        names = [tokens(name) for one in question.options for name in (one.label, *one.also)]
        around = [phrase for phrase, kind in self._phrases if kind in ("filler", "strong")]
        while not any(_same(said, name) for name in names):
            for phrase in around:
                if len(said) > len(phrase) and _same(said[: len(phrase)], phrase):
                    said = said[len(phrase) :]
                    break
                if len(said) > len(phrase) and _same(said[-len(phrase) :], phrase):
                    said = said[: -len(phrase)]
                    break
            else:
                break
        return said

    def _level(self, text: str) -> int | None:
        """Return what words and signs agree on; faces beside words need only point their way."""
        if _FULL_MARKS.fullmatch(clean(text)):
            return LEVELS
        signs = read_signs(text, self._words)
        if not _PLAIN.fullmatch(clean(signs.rest)) or _FRACTION.search(signs.rest):
            return None
        exact = signs.stars | (self._spoken(signs.rest) if tokens(signs.rest) else set())
        levels = exact or signs.faces
        level = levels.pop() if len(levels) == 1 else None
        return level if level is not None and signs.point_to(level) else None

    def _spoken(self, text: str) -> Levels:
        """Return the levels of all readings that make sense, None for one that has no level."""
        parts = [tokens(part) for part in _parts(text)]
        if sum(map(len, parts)) > MOST_WORDS:
            return {None}
        levels: Levels = set()
        for said in parts:
            readings = set(self._readings(said, 0))
            if any(set(reading) == {"filler"} for reading in readings):
                continue  # "dạ, …"
            verdicts = {verdict(reading) for reading in readings}
            levels |= {level for level in verdicts if level != CONTRADICTION} or {None}
        return levels or {None}

    def _readings(self, said: Sequence[Written], at: int) -> Iterator[tuple[str, ...]]:
        """Yield the kinds of the words from `at` on, in every way that leaves no word out."""
        if at == len(said):
            yield ()
            return
        kinds: set[tuple[int, str]] = set()
        if said[at].text.isdecimal() and len(said[at].text) == 1:
            kinds.add((1, f"{NUMBER}{int(said[at].text)}"))
        for phrase, kind in self._phrases:
            if _same(said[at : at + len(phrase)], phrase):
                kinds.add((len(phrase), kind))
        for length, kind in kinds:
            for rest in self._readings(said, at + length):
                yield (kind, *rest)


def _parts(text: str) -> list[str]:
    """Return what stands between the pauses of a text."""
    return [part for part in _PAUSE.split(clean(text)) if tokens(part)]


def _names(parts: Sequence[Sequence[Written]], name: str) -> bool:
    """Say whether what was said is a name, with its pauses or without any."""
    ways = [[tokens(part) for part in _parts(name)], [tokens(name)]]
    return any(len(parts) == len(way) and all(map(_same, parts, way)) for way in ways if parts)


def _same(said: Sequence[Written], phrase: Sequence[Written]) -> bool:
    return len(said) == len(phrase) and all(a.may_be(b) for a, b in zip(said, phrase, strict=True))

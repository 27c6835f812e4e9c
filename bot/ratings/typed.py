"""Words as typed, with and without their diacritics."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.text import fold, normalise

_WORD = re.compile(r"\d+|[^\W\d_]+|\*")  # "5sao" is two
# "lắmmm": no Vietnamese word ends in a double letter.
_DRAWN_OUT = re.compile(r"([^\W\d_])\1+\b")


@dataclass(frozen=True)
class Written:
    """One word: in one style of tone marks, lower case; and without diacritics."""

    text: str
    folded: str

    def may_be(self, word: Written) -> bool:
        """Say whether this can be `word`: the same, or typed without any diacritics."""
        return self.text == word.text or (self.text == self.folded == word.folded)


def tokens(text: str) -> list[Written]:
    """Return the words of a text in order; last letters that are drawn out count once."""
    written = _DRAWN_OUT.sub(r"\1", normalise(text))
    return [Written(word, fold(word)) for word in _WORD.findall(written)]


def is_word(typed: str, words: Sequence[str]) -> bool:
    """Say whether a message is one of a few words, with or without diacritics.

    Args:
        typed: the message as it came.
        words: the words, "bỏ qua".
    """
    said = " ".join(fold(typed).split()).strip(" .!…")
    return said in {fold(word) for word in words}


def is_number(typed: str) -> bool:
    """Say whether a text is a number; long ones, which Python does not read, are of no list."""
    return typed.isdecimal() and len(typed) < 10

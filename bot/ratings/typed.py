"""Words as typed, with and without their diacritics."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.text import fold, normalise

_WORD = re.compile(r"[^\W_]+|\*")


@dataclass(frozen=True)
class Written:
    """One word: in one style of tone marks, lower case; and without diacritics."""

    text: str
    folded: str

    def may_be(self, word: Written) -> bool:
        """Say whether this can be `word`: the same, or typed without any diacritics."""
        return self.text == word.text or (self.text == self.folded == word.folded)


def tokens(text: str) -> list[Written]:
    """Return the words of a text in order."""
    return [Written(word, fold(word)) for word in _WORD.findall(normalise(text))]

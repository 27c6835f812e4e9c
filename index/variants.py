"""Special cases of procedures: which of them a question leaves unsaid, and how many a name tells.

Siblings share nearly every word with a question; what tells "đăng ký kết hôn" from "đăng ký kết
hôn có yếu tố nước ngoài" is only that somebody who means the second would have said so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from config.words import Variant
from index.phrases import Phrases
from index.text import fold_syllable, folded_syllables

OPENING = " thu tuc "  # what a name may begin with
REMEMBERED = 1 << 13  # names of which it is kept how many of the special cases they tell


@dataclass(frozen=True, eq=False)
class Special:
    """A special case as it is looked for in names: folded words with a blank on either side."""

    name: tuple[str, ...]
    begins: tuple[str, ...]

    def told_in(self, padded: str) -> bool:
        """Say whether a name, folded and padded, tells this case."""
        opened = padded.removeprefix(OPENING[:-1])
        return opened.startswith(self.begins) or any(words in padded for words in self.name)


class Variants:
    """Knows the special cases.

    Args:
        variants: how names tell them and how people ask for them.
    """

    def __init__(self, variants: Sequence[Variant]) -> None:
        self._known = [
            (
                Special(tuple(map(_padded, v.name)), tuple(map(_padded, v.begins))),
                Phrases((phrase, None) for phrase in (*v.name, *v.begins, *v.say)),
            )
            for v in variants
        ]

    def unasked(self, said: Sequence[str]) -> tuple[Special, ...]:
        """Return the special cases that a question does not ask for.

        Args:
            said: its syllables and those of its official wordings, with their diacritics.
        """
        folded = [fold_syllable(syllable) for syllable in said]
        return tuple(special for special, asked in self._known if not asked.find(said, folded))


@lru_cache(REMEMBERED)  # most questions ask for none of them, so it is nearly always all of them
def special_in(name: str, unasked: tuple[Special, ...]) -> int:
    """Return how many of the special cases the name of a procedure tells."""
    padded = _padded(name)
    return sum([special.told_in(padded) for special in unasked])


@lru_cache(REMEMBERED // 2)
def _padded(text: str) -> str:
    return f" {' '.join(folded_syllables(text))} "

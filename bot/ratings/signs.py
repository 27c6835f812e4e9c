"""Signs in a typed answer: faces, which are coarse, and stars, which are counted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from config.rating_words import RatingWords
from config.survey import LEVELS

_STARS = frozenset("⭐★🌟")
_STARRED = re.compile(r"(\d)\s*[⭐★🌟](?!\s*[⭐★🌟])")
_DRESS = re.compile("[\ufe0e\ufe0f\u200d\U0001f3fb-\U0001f3ff]")  # styles, joins, colours of skin
_FIRST_SIGN = 0x2190  # arrows; signs begin here

Levels = set[int | None]


@dataclass(frozen=True)
class Signs:
    """What the signs of a message say.

    Attributes:
        faces: the levels of its faces, None among them for one of no certain level.
        stars: the level that its stars count up to, None for too many; empty without stars.
        rest: the message without them.
    """

    faces: Levels
    stars: Levels
    rest: str

    def point_to(self, level: int) -> bool:
        """Say whether the faces point where a level does: above the middle, below it, or at it."""
        return all(face is not None and _side(face) == _side(level) for face in self.faces)


def read_signs(text: str, words: RatingWords) -> Signs:
    """Take the signs out of a message.

    Args:
        text: the message.
        words: what signs say.
    """
    faces: Levels = set()
    rest: list[str] = []
    stars = 0
    # "5⭐" says five stars, "5 ⭐⭐" nothing certain.
    for character in _STARRED.sub(r"\1 ", _DRESS.sub("", text)):
        if character in _STARS:
            stars += 1
        elif character in words.emoji:
            faces.add(words.emoji[character])
        elif ord(character) < _FIRST_SIGN or character.isalnum():
            rest.append(character)
        elif character not in words.neutral:
            faces.add(None)
    counted: Levels = {stars if stars <= LEVELS else None} if stars else set()
    return Signs(faces, counted, "".join(rest))


def _side(level: int) -> int:
    middle = (LEVELS + 1) // 2
    return (level > middle) - (level < middle)

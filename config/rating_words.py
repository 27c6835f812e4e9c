"""How people write a level of satisfaction: `rating_words.toml` as checked data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from config.entries import Entry, Seen
from config.reading import read_toml
from config.survey import LEVELS

FILE = "rating_words.toml"
KINDS = (
    "good", "bad", "best", "worst", "middle", "strong", "fairly", "not", "filler", "give", "units",
    "hint",
)  # fmt: skip
LEVEL_KEYS = range(1, LEVELS + 1)


@dataclass(frozen=True)
class PeopleWords:
    """How people are called in comments.

    Attributes:
        titles: forms of address that a name follows.
        not_names: words in capitals behind them that are no names.
    """

    titles: tuple[str, ...]
    not_names: tuple[str, ...]


@dataclass(frozen=True)
class RatingWords:
    """Words by what they say, and signs by their level.

    Attributes:
        phrases: phrase as written to its kind, one of KINDS.
        numbers: "một", "hai", … up to the highest level, in order.
        emoji: sign to level.
        people: how people are called.
        neutral: signs that say no level: beside words they count for nothing.
    """

    phrases: Mapping[str, str]
    numbers: tuple[str, ...]
    emoji: Mapping[str, int]
    neutral: frozenset[str]
    people: PeopleWords


def load_rating_words(overrides: Path | None = None) -> RatingWords:
    """Return the words, with those in the folder `overrides` added.

    Raises:
        ConfigError: a phrase stands twice, a sign has two levels, or a list is missing.
    """
    entry = Entry(FILE, "", read_toml(FILE, overrides)).only(*KINDS, "numbers", "emoji", "people")
    phrases: dict[str, str] = {}
    seen = Seen()
    for kind in KINDS:
        seen.add(entry, kind, entry.strings(kind))
        phrases.update(dict.fromkeys((one.lower() for one in entry.strings(kind)), kind))
    numbers = entry.strings("numbers")
    if len(numbers) != LEVELS:
        raise entry.error("numbers", f"phải có đúng {LEVELS} số")
    signs = entry.table("emoji").only(*map(str, LEVEL_KEYS), "neutral")
    levels = _levels(signs)
    neutral = frozenset(signs.string("neutral"))
    for sign in neutral & levels.keys():
        raise signs.error("neutral", f"ghi “{sign}” hai lần")
    called = entry.table("people").only("titles", "not_names")
    people = PeopleWords(called.strings("titles"), called.strings("not_names"))
    return RatingWords(phrases, numbers, levels, neutral, people)


def _levels(entry: Entry) -> dict[str, int]:
    levels: dict[str, int] = {}
    for level in LEVEL_KEYS:
        for sign in entry.string(str(level)):
            if sign in levels:
                raise entry.error(str(level), f"ghi “{sign}” hai lần")
            levels[sign] = level
    return levels

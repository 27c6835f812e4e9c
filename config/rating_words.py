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
    "good", "bad", "best", "worst", "middle", "strong", "fairly", "not", "filler", "units", "hint",
)  # fmt: skip


@dataclass(frozen=True)
class RatingWords:
    """Words by what they say, and signs by their level.

    Attributes:
        phrases: phrase as written to its kind, one of KINDS.
        numbers: "một", "hai", … up to the highest level, in order.
        emoji: sign to level.
    """

    phrases: Mapping[str, str]
    numbers: tuple[str, ...]
    emoji: Mapping[str, int]


def load_rating_words(overrides: Path | None = None) -> RatingWords:
    """Return the words, with those in the folder `overrides` added.

    Raises:
        ConfigError: a phrase stands twice, a sign has two levels, or a list is missing.
    """
    entry = Entry(FILE, "", read_toml(FILE, overrides)).only(*KINDS, "numbers", "emoji")
    phrases: dict[str, str] = {}
    seen = Seen()
    for kind in KINDS:
        seen.add(entry, kind, entry.strings(kind))
        phrases.update(dict.fromkeys((one.lower() for one in entry.strings(kind)), kind))
    numbers = entry.strings("numbers")
    if len(numbers) != LEVELS:
        raise entry.error("numbers", f"phải có đúng {LEVELS} số")
    return RatingWords(phrases, numbers, _emoji(entry.table("emoji")))


def _emoji(entry: Entry) -> dict[str, int]:
    levels: dict[str, int] = {}
    for key in entry.only(*map(str, range(1, LEVELS + 1))).data:
        for sign in entry.string(key):
            if sign in levels:
                raise entry.error(key, f"ghi “{sign}” hai lần")
            levels[sign] = int(key)
    return levels

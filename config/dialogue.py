"""How people go on talking: `dialogue.toml` as checked data."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from config.entries import Entry
from config.reading import read_toml

FILE = "dialogue.toml"


@dataclass(frozen=True)
class DialogueWords:
    """The phrases of `dialogue.toml`.

    Attributes:
        leaning, fillers: what a question that leans on the last turn begins with.
        endings, closers: what it ends with.
        names, pointers: "văn bản" and "này" of "văn bản này".
        same_place, same_year: mean the place and the year of the last turn.
        units: "tỉnh" and "năm" before a place or a year.
        attributes: what is asked of a document without naming it again.
        validity: asks whether a document is in force.
        taking: may stand before the number of a choice.
        general: words that alone do not say what is wanted.
    """

    leaning: tuple[str, ...]
    fillers: tuple[str, ...]
    endings: tuple[str, ...]
    closers: tuple[str, ...]
    names: tuple[str, ...]
    pointers: tuple[str, ...]
    same_place: tuple[str, ...]
    same_year: tuple[str, ...]
    units: tuple[str, ...]
    attributes: tuple[str, ...]
    validity: tuple[str, ...]
    taking: tuple[str, ...]
    general: tuple[str, ...]


def load_dialogue(overrides: Path | None = None) -> DialogueWords:
    """Read and check the phrases.

    Args:
        overrides: folder of an official's own files, laid over the bundled ones.

    Raises:
        ConfigError: a list is missing, empty or unknown, or holds something else than phrases.
    """
    names = [field.name for field in fields(DialogueWords)]
    entry = Entry(FILE, "", read_toml(FILE, overrides)).only(*names)
    return DialogueWords(**{name: entry.strings(name) for name in names})

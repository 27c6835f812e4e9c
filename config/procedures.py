"""How people ask about procedures: `procedures.toml` as checked data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from types import MappingProxyType

from config.entries import Entry, Seen
from config.reading import read_toml

FILE = "procedures.toml"


@dataclass(frozen=True)
class ModePhrases:
    """What tells which way of handing in is meant."""

    in_person: tuple[str, ...]
    online: tuple[str, ...]
    by_post: tuple[str, ...]


@dataclass(frozen=True)
class DuePhrases:
    """What asks for the day of the result: handed in today, tomorrow, or on a day that follows."""

    today: tuple[str, ...]
    tomorrow: tuple[str, ...]
    on_day: tuple[str, ...]


@dataclass(frozen=True)
class ProcedurePhrases:
    """The whole of `procedures.toml`.

    Attributes:
        fields: offered where nothing was asked.
        modes: what tells a way of handing in.
        due: what asks for the day of the result.
        short: a word or two that follow an answer → the question that they stand for.
    """

    fields: tuple[str, ...]
    modes: ModePhrases
    due: DuePhrases
    short: Mapping[str, str]


def load_procedures(overrides: Path | None = None) -> ProcedurePhrases:
    """Read and check the phrases.

    Args:
        overrides: folder of an official's own files, laid over the bundled ones.

    Raises:
        ConfigError: a list is missing, empty or unknown, or holds something else than phrases.
    """
    entry = Entry(FILE, "", read_toml(FILE, overrides)).only("fields", "modes", "due", "short")
    names = [field.name for field in fields(ModePhrases)]
    modes = entry.table("modes").only(*names)
    days = [field.name for field in fields(DuePhrases)]
    due = entry.table("due").only(*days)
    return ProcedurePhrases(
        entry.strings("fields"),
        ModePhrases(**{name: modes.strings(name) for name in names}),
        DuePhrases(**{name: due.strings(name) for name in days}),
        _short(entry.tables("short")),
    )


def _short(entries: list[Entry]) -> Mapping[str, str]:
    seen = Seen()
    for entry in entries:
        seen.add(entry.only("ask", "say"), "say", entry.strings("say"))
    return MappingProxyType({say: e.string("ask") for e in entries for say in e.strings("say")})

"""How people ask about procedures: `procedures.toml` as checked data."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from config.entries import Entry
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
    """The whole of `procedures.toml`; `fields` are offered where nothing was asked."""

    fields: tuple[str, ...]
    modes: ModePhrases
    due: DuePhrases


def load_procedures(overrides: Path | None = None) -> ProcedurePhrases:
    """Read and check the phrases.

    Args:
        overrides: folder of an official's own files, laid over the bundled ones.

    Raises:
        ConfigError: a list is missing, empty or unknown, or holds something else than phrases.
    """
    entry = Entry(FILE, "", read_toml(FILE, overrides)).only("fields", "modes", "due")
    names = [field.name for field in fields(ModePhrases)]
    modes = entry.table("modes").only(*names)
    days = [field.name for field in fields(DuePhrases)]
    due = entry.table("due").only(*days)
    return ProcedurePhrases(
        entry.strings("fields"),
        ModePhrases(**{name: modes.strings(name) for name in names}),
        DuePhrases(**{name: due.strings(name) for name in days}),
    )

"""Texts of one part of the program: a flat TOML file as a checked dataclass of sentences."""

from __future__ import annotations

import string
from dataclasses import Field, field, fields
from pathlib import Path
from typing import Any, TypeVar

from config.entries import Entry
from config.reading import read_toml

_Texts = TypeVar("_Texts")


def slots(*names: str) -> Any:
    """A text in which `{name}` stands for something that the program fills in."""
    return field(metadata={"slots": names})


def read_sentences(file: str, kind: type[_Texts], overrides: Path | None = None) -> _Texts:
    """Return a file of sentences with the override of the same name laid over it.

    Args:
        file: name of the file in config/.
        kind: dataclass of strings; those made by `slots` have something left to fill in.
        overrides: folder of an official's own files.

    Raises:
        ConfigError: a text is missing, unknown, empty, or has a `{name}` that is not filled in.
    """
    return sentences(Entry(file, "", read_toml(file, overrides)), kind)


def sentences(entry: Entry, kind: type[_Texts]) -> _Texts:
    """Return the sentences of one table.

    Args:
        entry: the table.
        kind: as for `read_sentences`.

    Raises:
        ConfigError: as `read_sentences`.
    """
    known = fields(kind)  # type: ignore[arg-type]
    entry.only(*(text.name for text in known))
    return kind(**{text.name: _checked(entry, text) for text in known})


def _checked(entry: Entry, text: Field[Any]) -> str:
    value = entry.string(text.name).strip("\n")
    allowed: tuple[str, ...] = text.metadata.get("slots", ())
    try:
        used = {name for _, name, _, _ in string.Formatter().parse(value) if name is not None}
    except ValueError as error:
        raise entry.error(text.name, "có dấu ngoặc nhọn lẻ; gõ hai lần nếu cần in ra") from error
    for name in sorted(used.difference(allowed)):
        listed = ", ".join(f"{{{slot}}}" for slot in allowed) or "không ngoặc nhọn nào"
        raise entry.error(text.name, f"dùng {{{name}}}; ở đây chỉ được {listed}")
    return value if allowed else value.format()

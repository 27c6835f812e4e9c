"""The words of the pages for officials: `office_pages.toml`, a table for each page.

The file that ships says which words there are and what the program fills into each. So a new page
needs a new table and no code here.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from config.entries import Entry
from config.reading import read_toml

FILE = "office_pages.toml"

Words = Mapping[str, str]


def load_office_pages(overrides: Path | None = None) -> Mapping[str, Words]:
    """Return table → word → text, with an official's own file laid over the one that ships.

    Args:
        overrides: folder whose own `office_pages.toml`, if any, is laid over the bundled one.

    Raises:
        ConfigError: a text is unknown, empty, or has a `{name}` that the program does not fill in.
    """
    shipped = read_toml(FILE)
    own = Entry(FILE, "", read_toml(FILE, overrides)).only(*shipped)
    return {name: _words(own.table(name), shipped[name]) for name in shipped}


def _words(table: Entry, shipped: Mapping[str, Any]) -> Words:
    table.only(*shipped)
    return {key: _checked(table, key, _slots(shipped[key])) for key in shipped}


def _checked(table: Entry, key: str, allowed: set[str]) -> str:
    text = table.string(key).strip("\n")
    try:
        used = _slots(text)
    except ValueError as error:
        raise table.error(key, "có dấu ngoặc nhọn lẻ; gõ hai lần nếu cần in ra") from error
    for name in sorted(used - allowed):
        listed = ", ".join(f"{{{slot}}}" for slot in sorted(allowed)) or "không ngoặc nhọn nào"
        raise table.error(key, f"dùng {{{name}}}; ở đây chỉ được {listed}")
    return text


def _slots(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}

"""Entries of a configuration file, checked as they are taken out.

An `Entry` is a table of a file together with the way to it, so that whatever is wrong in it is
named by file and key.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from config.errors import ConfigError


@dataclass(frozen=True)
class Entry:
    """A table of a configuration file.

    Attributes:
        file: name of the file.
        path: keys that lead to the table, "intent[3]"; empty for the file itself.
        data: what TOML gave.
    """

    file: str
    path: str
    data: Mapping[str, Any]

    def only(self, *known: str) -> Entry:
        """Return the entry itself after checking that it has no other keys than `known`."""
        for key in self.data:
            if key not in known:
                listed = ", ".join(known)
                raise self.error(key, f"không có trong các mục được dùng ({listed})")
        return self

    def table(self, key: str) -> Entry:
        """Return the table below `key`."""
        value = self.data.get(key)
        if not isinstance(value, dict):
            raise self.error(key, f"phải là một bảng [{key}]")
        return Entry(self.file, self.at(key), value)

    def tables(self, key: str) -> list[Entry]:
        """Return the array of tables below `key`, each knowing its number from 1."""
        value = self.data.get(key)
        if not isinstance(value, list) or not value or not _all(value, dict):
            raise self.error(key, f"phải là một hay nhiều mục [[{key}]]")
        return [Entry(self.file, f"{self.at(key)}[{n}]", item) for n, item in enumerate(value, 1)]

    def string(self, key: str) -> str:
        """Return a string that is not blank."""
        value = self.data.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.error(key, "phải là một chuỗi không rỗng")
        return value

    def whole(self, key: str, least: int, most: int) -> int:
        """Return the whole number at `key`, which has to lie from `least` to `most`."""
        value = self.data.get(key)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise self.error(key, f"phải là số nguyên từ {least} đến {most}")
        return value

    def flag(self, key: str) -> bool:
        """Return true or false."""
        value = self.data.get(key)
        if not isinstance(value, bool):
            raise self.error(key, "phải là true hoặc false")
        return value

    def strings(self, key: str, *, blank: bool = False) -> tuple[str, ...]:
        """Return a list of different strings with at least one in it.

        Args:
            key: where the list stands.
            blank: whether an empty string is a value too.
        """
        value = self.data.get(key)
        if not isinstance(value, list) or not value or not _all(value, str):
            raise self.error(key, "phải là danh sách có ít nhất một chuỗi")
        if not blank and not all(item.strip() for item in value):
            raise self.error(key, "có một chuỗi rỗng")
        self._different(key, value)
        return tuple(value)

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        """Return a list of two-element lists of strings."""
        value = self.data.get(key)
        if not isinstance(value, list) or not value:
            raise self.error(key, "phải là danh sách các cặp chuỗi")
        for item in value:
            if not (isinstance(item, list) and len(item) == 2 and _all(item, str) and all(item)):
                raise self.error(key, "phải là danh sách các cặp chuỗi, ví dụ [“f”, “ph”]")
        return tuple((written, meant) for written, meant in value)

    def error(self, key: str, problem: str) -> ConfigError:
        """Return the error for what is wrong below `key`."""
        return ConfigError(self.file, self.at(key), problem)

    def at(self, key: str) -> str:
        """Return the way to `key` from the top of the file."""
        return f"{self.path}.{key}" if self.path else key

    def _different(self, key: str, values: Collection[str]) -> None:
        if len({value.casefold() for value in values}) == len(values):
            return
        seen: set[str] = set()
        for value in values:
            if value.casefold() in seen:
                raise self.error(key, f"ghi “{value}” hai lần")
            seen.add(value.casefold())


class Seen:
    """What was written so far, and where, so that nothing is written twice."""

    def __init__(self) -> None:
        """Start with nothing seen."""
        self._where: dict[str, str] = {}

    def add(self, entry: Entry, key: str, texts: Iterable[str]) -> None:
        """Take in the texts below `key`; one seen before is an error naming both."""
        where = f"{entry.file}, mục “{entry.at(key)}”"
        for text in texts:
            place = self._where.setdefault(text.casefold(), where)
            if place is not where:
                raise entry.error(key, f"ghi “{text}” đã có ở {place}")


def _all(values: Iterable[Any], kind: type) -> bool:
    return all(isinstance(value, kind) for value in values)

"""Provinces, cities and how people write them: `places.toml` as checked data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from config.errors import ConfigError
from config.reading import read_toml

FILE = "places.toml"


class Careful(StrEnum):
    """When a name may be another word: never, without diacritics, or even with them."""

    NO = "no"
    UNMARKED = "unmarked"
    SMALL = "small"


@dataclass(frozen=True)
class FormerUnit:
    """A province or city before the reorganisation, and other ways to write its name."""

    name: str
    kind: str
    written: tuple[str, ...] = ()
    careful: Careful = Careful.NO


@dataclass(frozen=True)
class Unit:
    """A province or city of today and the former ones that it was made of."""

    name: str
    kind: str
    code: str
    former: tuple[FormerUnit, ...]


@dataclass(frozen=True)
class Shorthand:
    """A shorthand that several provinces share."""

    written: str
    places: tuple[str, ...]


@dataclass(frozen=True)
class Locality:
    """A former district or town, its province of then, and its communes of today."""

    name: str
    kind: str
    place: str
    communes: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlaceTable:
    """The whole of `places.toml`."""

    reorganised_on: date
    units: tuple[Unit, ...]
    shorthands: tuple[Shorthand, ...]
    localities: tuple[Locality, ...]
    not_places: tuple[str, ...]


def load_places(overrides: Path | None = None) -> PlaceTable:
    """Read and check the table of places.

    Args:
        overrides: folder of an official's own files; a `places.toml` there is laid over the
            bundled one.

    Returns:
        The table.

    Raises:
        ConfigError: the file is missing, is no TOML, or an entry is wrong.
    """
    return _Checker(FILE).table(read_toml(FILE, overrides))


class _Checker:
    """Turns parsed TOML into dataclasses and names the entry that is wrong."""

    def __init__(self, file: str) -> None:
        self._file = file

    def table(self, data: Mapping[str, Any]) -> PlaceTable:
        day = data.get("reorganised_on")
        if not isinstance(day, date):
            raise self._error("reorganised_on", "phải là một ngày, ví dụ 2025-07-01")
        units = tuple(self._unit(raw, key) for key, raw in self._entries(data, "unit", ""))
        known = [former.name for unit in units for former in unit.former]
        self._check_unique([unit.name for unit in units], "unit")
        self._check_unique(known, "unit.former")
        return PlaceTable(
            reorganised_on=day,
            units=units,
            shorthands=tuple(
                self._shorthand(raw, key, known)
                for key, raw in self._entries(data, "shorthand", "", optional=True)
            ),
            localities=tuple(
                self._locality(raw, key, known)
                for key, raw in self._entries(data, "locality", "", optional=True)
            ),
            not_places=self._strings(data, "not_places", ""),
        )

    def _unit(self, raw: Mapping[str, Any], key: str) -> Unit:
        code = self._string(raw, "code", key)
        if not (len(code) == 2 and code.isdecimal()):
            raise self._error(f"{key}.code", "phải là hai chữ số trong dấu nháy, ví dụ “48”")
        former = tuple(self._former(item, k) for k, item in self._entries(raw, "former", f"{key}."))
        return Unit(self._string(raw, "name", key), self._kind(raw, key), code, former)

    def _former(self, raw: Mapping[str, Any], key: str) -> FormerUnit:
        careful = raw.get("careful", "no")
        if careful not in list(Careful):
            raise self._error(f"{key}.careful", "phải là “unmarked” hoặc “small”, hoặc không ghi")
        return FormerUnit(
            self._string(raw, "name", key),
            self._kind(raw, key),
            self._strings(raw, "written", f"{key}."),
            Careful(careful),
        )

    def _shorthand(self, raw: Mapping[str, Any], key: str, known: Sequence[str]) -> Shorthand:
        places = self._strings(raw, "places", f"{key}.")
        if not places or any(place not in known for place in places):
            raise self._error(f"{key}.places", "phải là tên các tỉnh, thành phố có trong bảng")
        return Shorthand(self._string(raw, "written", key), places)

    def _locality(self, raw: Mapping[str, Any], key: str, known: Sequence[str]) -> Locality:
        place = self._string(raw, "place", key)
        if place not in known:
            raise self._error(f"{key}.place", f"không có tỉnh, thành phố “{place}” trong bảng")
        communes = self._strings(raw, "communes", f"{key}.")
        kind = self._string(raw, "kind", key)
        return Locality(self._string(raw, "name", key), kind, place, communes)

    def _kind(self, raw: Mapping[str, Any], key: str) -> str:
        kind = self._string(raw, "kind", key)
        if kind not in ("tỉnh", "thành phố"):
            raise self._error(f"{key}.kind", "phải là “tỉnh” hoặc “thành phố”")
        return kind

    def _entries(
        self, data: Mapping[str, Any], name: str, prefix: str, *, optional: bool = False
    ) -> list[tuple[str, Mapping[str, Any]]]:
        value = data.get(name, [] if optional else None)
        tables = isinstance(value, list) and all(isinstance(item, dict) for item in value)
        if not isinstance(value, list) or not tables or not (value or optional):
            raise self._error(f"{prefix}{name}", f"phải là một hay nhiều mục [[{prefix}{name}]]")
        return [(f"{prefix}{name}[{at}]", item) for at, item in enumerate(value, 1)]

    def _string(self, data: Mapping[str, Any], name: str, key: str) -> str:
        value = data.get(name)
        if not isinstance(value, str) or not value.strip():
            raise self._error(f"{key}.{name}", "phải là một chuỗi không rỗng")
        return value

    def _strings(self, data: Mapping[str, Any], name: str, prefix: str) -> tuple[str, ...]:
        value = data.get(name, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            raise self._error(f"{prefix}{name}", "phải là danh sách các chuỗi không rỗng")
        return tuple(value)

    def _check_unique(self, names: Sequence[str], key: str) -> None:
        for name in names:
            if names.count(name) > 1:
                raise self._error(key, f"ghi “{name}” hai lần")

    def _error(self, key: str, problem: str) -> ConfigError:
        return ConfigError(self._file, key, problem)

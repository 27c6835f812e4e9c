"""Days off and make-up days that the government announces: `holidays.toml` as checked data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from config.errors import ConfigError
from config.reading import read_toml

FILE = "holidays.toml"


@dataclass(frozen=True)
class AnnouncedDays:
    """What was announced beyond the holidays of the law.

    Attributes:
        off: days on which offices are closed.
        working: days on which they are open although they would be closed.
    """

    off: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()


def load_holidays(overrides: Path | None = None) -> AnnouncedDays:
    """Read and check the announced days.

    Args:
        overrides: folder whose own `holidays.toml`, if any, adds to the one that ships.

    Raises:
        ConfigError: a name is unknown, a date is none, or a day is in both lists.
    """
    data = read_toml(FILE, overrides)
    for name in data:
        if name not in ("off", "working"):
            raise ConfigError(FILE, name, "không có trong chương trình; chỉ có off và working")
    off, working = _days(data, "off"), _days(data, "working")
    for day in sorted(off & working):
        raise ConfigError(FILE, day.isoformat(), "vừa là ngày nghỉ vừa là ngày làm bù")
    return AnnouncedDays(off, working)


def _days(data: Mapping[str, Any], name: str) -> frozenset[date]:
    entries = data.get(name, [])
    if not isinstance(entries, list):
        raise ConfigError(FILE, name, f"phải gồm các mục [[{name}]]")
    return frozenset(_day(entry, f"{name}[{at}].date") for at, entry in enumerate(entries, 1))


def _day(entry: object, key: str) -> date:
    day = entry.get("date") if isinstance(entry, dict) else None
    if not isinstance(day, date) or isinstance(day, datetime):
        raise ConfigError(FILE, key, "phải là một ngày như 2027-02-11, không đặt trong dấu nháy")
    return day

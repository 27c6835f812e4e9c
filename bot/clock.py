"""Times as they are stored: in UTC, so that their texts sort like the times."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from config.office import VIETNAM

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the time, aware, in UTC."""
    return datetime.now(UTC)


def stamp(at: datetime) -> str:
    """Return a time as it is stored."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def day_of(stamped: str) -> str:
    """Return the Vietnamese day of a stored time for people: "4/5/2026"."""
    day = datetime.fromisoformat(stamped).astimezone(VIETNAM)
    return f"{day.day}/{day.month}/{day.year}"

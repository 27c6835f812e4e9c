"""Times: stored in UTC, so that their texts sort like the times; in Vietnamese days for people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from config.office import VIETNAM

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the time, aware, in UTC."""
    return datetime.now(UTC)


def stamp(at: datetime) -> str:
    """Return a time as it is stored."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def day_of(at: datetime) -> date:
    """Return the Vietnamese day of a time."""
    return at.astimezone(VIETNAM).date()


def written_day(stamped: str) -> str:
    """Return the Vietnamese day of a stored time for people: "4/5/2026"."""
    day = day_of(datetime.fromisoformat(stamped))
    return f"{day.day}/{day.month}/{day.year}"


def is_quiet(at: datetime, quiet_from: int, quiet_until: int) -> bool:
    """Say whether people are left in peace at a time.

    Args:
        at: the time, aware.
        quiet_from: hour in Vietnam from which on it is quiet, 12 to 24.
        quiet_until: hour of the next morning at which it ends, 0 to 11.
    """
    hour = at.astimezone(VIETNAM).hour
    return hour >= quiet_from or hour < quiet_until


def after_quiet(at: datetime, quiet_from: int, quiet_until: int) -> datetime:
    """Return `at`, or the end of the quiet hours that it falls into."""
    if not is_quiet(at, quiet_from, quiet_until):
        return at
    local = at.astimezone(VIETNAM)
    morning = local.replace(hour=quiet_until, minute=0, second=0, microsecond=0)
    return morning if morning > local else morning + timedelta(days=1)


def time_of(stamped: str) -> str:
    """Return a stored time for people, in Vietnam: "9:05 4/5/2026"."""
    at = datetime.fromisoformat(stamped).astimezone(VIETNAM)
    return f"{at.hour}:{at.minute:02d} {written_day(stamped)}"

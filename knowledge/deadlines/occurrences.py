"""The next day on which something is due."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def next_day(due: str | None, on: date) -> date | None:
    """Return the day that `due` names, or of a rule its next day from `on` on.

    A rule without a day is due on the last day of its week, month, quarter, half year or year.

    Args:
        due: as in `Deadline.due`.
        on: the day to look from.

    Returns:
        The day; None for what counts from an event and for a date that does not exist.
    """
    if due is None or due.startswith("+"):
        return None
    if not due.startswith("FREQ="):
        return date.fromisoformat(due)
    rule = dict(part.split("=", 1) for part in due.split(";"))
    if rule["FREQ"] == "DAILY":
        return on
    if rule["FREQ"] == "WEEKLY":
        return on + timedelta(days=6 - on.weekday())
    months = _months(rule)
    day = int(rule.get("BYMONTHDAY", 31))
    for step in range(14):
        year, month = on.year + (on.month - 1 + step) // 12, (on.month - 1 + step) % 12 + 1
        if month in months:
            found = date(year, month, min(day, monthrange(year, month)[1]))
            if found >= on:
                return found
    return None


def _months(rule: dict[str, str]) -> frozenset[int]:
    """Return the months in which a rule falls due."""
    if "BYMONTH" in rule:
        return frozenset(map(int, rule["BYMONTH"].split(",")))
    if rule["FREQ"] == "YEARLY":
        return frozenset((12,))
    every = int(rule.get("INTERVAL", 1))
    return frozenset(month for month in range(1, 13) if month % every == 0) or frozenset((12,))

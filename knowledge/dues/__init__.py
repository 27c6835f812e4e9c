"""Times by which something is due, as plans write them."""

from __future__ import annotations

from datetime import date

from knowledge.dues import dates, recurring, relative
from knowledge.dues.due import Clause, Due

__all__ = ["Due", "dues"]

_FINDERS = (relative.find, recurring.on_days, dates.find, recurring.find)


def dues(low: str, start: int, end: int, year: int | None, on: date | None = None) -> list[Due]:
    """Return the times of `low[start:end]`, in order, not overlapping.

    Args:
        low: the text in small letters.
        start, end: the clause.
        year: the year of days and months that name none; None if it is not known.
        on: when the document was issued, for "tháng này", "năm nay"; None if it is not known.
    """
    clause = Clause(low, start, end, year, on)
    found: list[Due] = []
    for finder in _FINDERS:
        for due in finder(clause):
            if all(due.end <= other.start or due.start >= other.end for other in found):
                found.append(due)
    return sorted(found, key=lambda due: due.start)

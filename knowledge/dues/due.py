"""A time in a clause, and the clause it is looked for in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Due:
    """A time in a clause.

    Attributes:
        due: as in `Deadline`.
        kind: "date", "recurring", "relative" or "wrong".
        start, end: `text[start:end]` says it.
        firm: whether the words alone make a deadline of it ("trước ngày 15/12"); others ("trong
            quý III/2023", "hằng năm") need a task that is to be finished.
        after: the event that a relative time counts from.
    """

    due: str | None
    kind: str
    start: int
    end: int
    firm: bool
    after: str | None = None


@dataclass(frozen=True)
class Clause:
    """Where times are looked for.

    Attributes:
        low: the text in small letters.
        start, end: the clause.
        year: the year of days and months that name none; None if it is not known.
        on: when the document was issued; None if it is not known.
    """

    low: str
    start: int
    end: int
    year: int | None
    on: date | None

    def before(self, at: int) -> str:
        """Return the clause up to an offset."""
        return self.low[self.start : at]

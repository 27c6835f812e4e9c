"""A deadline as a row."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Deadline:
    """A task with the time by which it is due.

    Attributes:
        task: what is to be done, in the document's words without the time.
        due: the last day as ISO date ("2025-09-22", as printed: "trước ngày 22/9" is that day);
            a rule of RFC 5545 for what recurs ("FREQ=MONTHLY;BYMONTHDAY=23"); for what counts from
            an event "+5wd" (working days), "+10d" or "+2m"; None for a date that does not exist.
        kind: "date", "recurring", "relative" or "wrong".
        due_text: the time in the document's words.
        after: the event that a relative time counts from.
        responsible: who has to do it, in the document's words, None if it is not said.
        quote: the clause that states it, word for word.
        start, end: `text[start:end]` of the document is the quote.
        corrected: whether an official corrected it.
    """

    task: str
    due: str | None
    kind: str
    due_text: str
    after: str | None
    responsible: str | None
    quote: str
    start: int
    end: int
    corrected: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the row in the shape that other programs read."""
        return asdict(self)

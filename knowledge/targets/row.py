"""A target as a row."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Comparator(StrEnum):
    """How a value is meant."""

    AT_LEAST = ">="
    AT_MOST = "<="
    EQUAL = "="
    TOP = "top_n"
    INCREASE = "increase_by"


@dataclass(frozen=True)
class Target:
    """What a document sets itself.

    Attributes:
        indicator: what is measured: the name of an index ("PAR Index"), else the document's words.
        key: code of the index or kind of target in `config/indicators.toml`, if it is one.
        comparator: how the value is meant.
        value: the figure; of a range the lower end.
        upper: the upper end of a range.
        unit: "%", "hạng", "bậc", "điểm", "phiếu", …
        scope: who or what it is for beside the document's place, in the document's words: a field,
            a level of administration, an exception.
        field: name of the field, if it is for one.
        year: the year by whose end it is to be reached.
        deadline: the day, where one is stated.
        quote: the clause that states it, word for word.
        start, end: `text[start:end]` of the document is the quote.
        strict: whether the value itself is not enough ("trên 80%").
        approximate: whether the document says "khoảng".
        corrected: whether an official corrected it.
    """

    indicator: str
    key: str | None
    comparator: Comparator
    value: float
    upper: float | None
    unit: str
    scope: str | None
    field: str | None
    year: int | None
    deadline: date | None
    quote: str
    start: int
    end: int
    strict: bool = False
    approximate: bool = False
    corrected: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the row in the shape that other programs read; a range is "5-7"."""
        row = asdict(self)
        row["comparator"] = self.comparator.value
        row["value"] = plain_number(self.value)
        if self.upper is not None:
            row["value"] = f"{plain_number(self.value)}-{plain_number(self.upper)}"
            row["value_from"], row["value_to"] = plain_number(self.value), plain_number(self.upper)
        row.pop("upper")
        row["deadline"] = self.deadline.isoformat() if self.deadline else None
        return row


def plain_number(value: float) -> float | int:
    """Return a whole number as one."""
    return int(value) if value == int(value) else value

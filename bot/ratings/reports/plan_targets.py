"""Targets for satisfaction out of the plans in the store, each with its clause."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.ratings.reports.comparison import SatisfactionTarget
from knowledge.lowering import lowered
from knowledge.row_shelf import Found, RowShelf, Wanted
from knowledge.targets import Comparator, Target

MEASURE = "hai_long"  # its key in `config/indicators.toml`
WORDS = "mức độ hài lòng"
REACHED_BY_MORE = (Comparator.AT_LEAST, Comparator.EQUAL)


class PlanTargets:
    """Finds what the plans ask for.

    Args:
        rows: the targets of all documents.
        today: the day on which the documents' validity is judged.
    """

    def __init__(self, rows: RowShelf, today: Callable[[], date]) -> None:
        self._rows = rows
        self._today = today

    def satisfaction(
        self, field: str | None, year: int, place: str | None
    ) -> SatisfactionTarget | None:
        """Return the target of a place for a field in a year, None where no plan sets one.

        Args:
            field: name of the field, None for all together.
            year: the year that the target is for.
            place: province or city; without one there is nothing to compare with.
        """
        if place is None:
            return None
        asked = Wanted(text=WORDS, places=(place,), years=(year,))
        found = [one for one in self._rows.targets(asked, self._today()) if self._fits(one, field)]
        # A plan of the place itself before one of the whole country.
        found.sort(key=lambda one: one.document.metadata.place != place)
        return _as_target(found[0]) if found else None

    def _fits(self, found: Found[Target], field: str | None) -> bool:
        row = found.row
        if row.key != MEASURE or row.unit != "%" or row.comparator not in REACHED_BY_MORE:
            return False
        if field is None:
            return row.field is None and row.scope is None
        named = {mention.key for mention in self._rows.names.fields(lowered(field))}
        return row.field in named


def _as_target(found: Found[Target]) -> SatisfactionTarget:
    document = found.document
    number, title = document.metadata.number, document.title
    source = title if not number or number in title else f"{number}, {title}"
    return SatisfactionTarget(found.row.value, found.row.quote, source)

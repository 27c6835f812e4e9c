"""Plans made up for tests, and how a line of them is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from config.indicators import load_indicators
from knowledge.deadlines import Deadline
from knowledge.deadlines.reading import DeadlineReader
from knowledge.document import Document, Period
from knowledge.targets import Target
from knowledge.targets.reading import TargetReader
from tests.made import made_document

TARGETS = TargetReader(load_indicators())
DEADLINES = DeadlineReader()


def plan(*lines: str, year: int = 2024, **metadata: Any) -> Document:
    """Return a plan of one year whose text is `lines`."""
    stated: dict[str, Any] = {
        "kind": "Kế hoạch",
        "place": "Đồng Tháp",
        "period": Period(year, year),
        "title": f"Kế hoạch cải cách hành chính năm {year}",
    }
    return made_document("ke-hoach", *lines, **(stated | metadata))


def targets_of(*lines: str, **metadata: Any) -> tuple[Target, ...]:
    """Return the targets of a plan of 2024."""
    return TARGETS.read(plan(*lines, **metadata))


def deadlines_of(*lines: str, **metadata: Any) -> tuple[Deadline, ...]:
    """Return the deadlines of a plan of 2024."""
    document = plan(*lines, **metadata)
    return DEADLINES.read(document, TARGETS.read(document))


def brief(rows: Sequence[Target]) -> list[tuple[str, str, Any, str]]:
    """Return indicator, comparison, value and unit of rows."""
    return [(r.indicator, r.comparator.value, r.as_json()["value"], r.unit) for r in rows]

"""Whether a report may be narrowed to a group: only where the wider report shows that group.

Who sees a report on everything and one on a part of it can subtract the two. So a part whose
figures the wider report hides, because it is small or because it would give a small one away, has
no report of its own on the same days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.ratings.reports.figures import NONE, Figures
from bot.ratings.reports.hiding import hidden
from bot.ratings.reports.scope import Scope
from bot.ratings.subjects import Subject

Cells = Mapping[tuple[int, str], Figures]
_PARTS: Mapping[str, Callable[[Subject, str], str]] = {
    "office": lambda subject, channel: subject.office.id,
    "field": lambda subject, channel: subject.service.field,
    "service": lambda subject, channel: subject.service.id,
    "channel": lambda subject, channel: channel,
}


def is_narrowed(scope: Scope) -> bool:
    """Say whether a report leaves anything out that was rated on its days."""
    return any(getattr(scope, name) is not None for name in _PARTS)


def may_be_shown(cells: Cells, subjects: Mapping[int, Subject], scope: Scope, least: int) -> bool:
    """Say whether every wider report on the same days shows the group of a report.

    Args:
        cells: figures of the whole, by subject's number and channel.
        subjects: services at offices by number.
        scope: of the report.
        least: ratings below which a group is not shown.
    """
    for name in _PARTS:
        value = getattr(scope, name)
        if value is None:
            continue
        without: dict[str, Any] = {name: None}
        wider = replace(scope, **without)
        if value in _hidden(cells, subjects, wider, name, least):
            return False
        if not may_be_shown(cells, subjects, wider, least):
            return False
    return True


def _hidden(
    cells: Cells, subjects: Mapping[int, Subject], scope: Scope, name: str, least: int
) -> set[str]:
    """Return the groups that a report hides when it is parted by one of its filters."""
    groups: defaultdict[str, Figures] = defaultdict(lambda: NONE)
    fields: defaultdict[str, set[str]] = defaultdict(set)
    for (number, channel), figures in cells.items():
        subject = subjects[number]
        if all(getattr(scope, one) in (None, its(subject, channel)) for one, its in _PARTS.items()):
            group = _PARTS[name](subject, channel)
            groups[group] += figures
            fields[subject.service.field].add(group)
    # Services stand beside their fields.
    within = [sorted(inside) for inside in fields.values()] if name == "service" else []
    return hidden(groups, least, within)

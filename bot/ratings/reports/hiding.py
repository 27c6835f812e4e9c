"""Small groups stay hidden, also from who subtracts what is shown.

A group is never hidden alone, because the total would tell its figures; the smallest of the others
is hidden with it. Where groups are parts of larger ones that are shown as well, like services of
fields, this holds within each of those too.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.ratings.reports.figures import Figures, total

Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True)
class Row:
    """One group of a table.

    Attributes:
        name: what people call it; "" for the small groups taken together.
        figures: of its ratings.
        groups: how many groups it is made of; more than one for those taken together.
    """

    name: str
    figures: Figures
    groups: int = 1


def hidden(
    groups: Mapping[Name, Figures], least: int, within: Sequence[Collection[Name]] = ()
) -> set[Name]:
    """Return the groups that must not be shown.

    Args:
        groups: by name.
        least: ratings below which a group is not shown.
        within: parts of all groups whose totals are known.
    """
    there = {name: one for name, one in groups.items() if one.answered}
    found = {name for name, one in there.items() if one.answered < least}
    parts = [[name for name in part if name in there] for part in (list(there), *within)]
    # What is hidden for one part may leave a part that overlaps it with one hidden group alone.
    while any(_complete(part, there, found, least) for part in parts):
        pass
    return found


def _complete(
    part: Sequence[Name], groups: Mapping[Name, Figures], found: set[Name], least: int
) -> bool:
    """Hide more groups of a part until its total gives none away; say whether any were."""
    more = False
    while not _safe([groups[name] for name in part if name in found], least):
        rest = [name for name in part if name not in found]
        if not rest:
            break
        found.add(min(rest, key=lambda name: (groups[name].answered, str(name))))
        more = True
    return more


def _safe(taken: Sequence[Figures], least: int) -> bool:
    return not taken or (len(taken) > 1 and total(taken).answered >= least)


def rows_of(
    groups: Mapping[Name, Figures], least: int, within: Sequence[Collection[Name]] = ()
) -> list[tuple[Name | None, Row]]:
    """Return the groups that may be shown, the largest first, the others as one row at the end.

    What stays below `least` even taken together, because there is nothing else, is left out.

    Args:
        groups, least, within: as for `hidden`.

    Returns:
        Names with their rows, which are called so; None for the row of the others.
    """
    left_out = hidden(groups, least, within)
    shown: list[tuple[Name | None, Row]] = [
        (name, Row(str(name), one))
        for name, one in groups.items()
        if one.answered and name not in left_out
    ]
    shown.sort(key=lambda row: (-row[1].figures.answered, row[1].name))
    together = total(groups[name] for name in left_out)
    if left_out and together.answered >= least:
        shown.append((None, Row("", together, len(left_out))))
    return shown


def without_small(groups: Mapping[str, Figures], least: int) -> list[Row]:
    """Return the rows of groups that are no parts of others; see `rows_of`."""
    return [row for _, row in rows_of(groups, least)]


def without_small_points(
    points: Sequence[Figures], least: int, within: Sequence[Collection[int]] = ()
) -> list[Figures | None]:
    """Return the points of a trend, None in place of those that have to stay hidden.

    Args:
        points: in order of time; without ratings where there were none.
        least: ratings below which a point is hidden.
        within: places of points whose totals are known from elsewhere, like those of a week.
    """
    left_out = hidden(dict(enumerate(points)), least, within)
    return [None if at in left_out else one for at, one in enumerate(points)]

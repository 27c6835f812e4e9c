"""Tables that lines rule: from the lines of a page to cells, merged ones told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.readers.pdf_rules import Rule

NEAR = 3.0  # points by which lines that belong together may miss each other
SAME = 1.0  # points by which parts of one line may miss each other
FEWEST = 3  # lines each way: two rows and two columns
FEWEST_IN_ROW = 4  # upright lines of a row that a page break left alone

Box = tuple[float, float, float, float]  # left, bottom, right, top


@dataclass(frozen=True)
class Grid:
    """A ruled table.

    Attributes:
        box: what it covers.
        rows: from top to bottom, the cells from left to right; None where a cell is a part of one
            that begins further up or to the left.
    """

    box: Box
    rows: list[list[Box | None]]


def grids_of(rules: Sequence[Rule]) -> list[Grid]:
    """Return the ruled tables of a page from top to bottom.

    Args:
        rules: the lines of the page.
    """
    found = [grid for group in _groups(_whole(rules)) if (grid := _grid(group)) is not None]
    return sorted(found, key=lambda grid: -grid.box[3])


def _whole(rules: Sequence[Rule]) -> list[Rule]:
    """Return the lines with those put together that continue each other, as cells draw theirs."""
    whole: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (rule.level, round(rule.at), rule.start)):
        last = whole[-1] if whole else None
        if (
            last is not None
            and last.level == rule.level
            and abs(last.at - rule.at) <= SAME
            and rule.start <= last.end + NEAR
        ):
            whole[-1] = Rule(last.level, last.at, last.start, max(last.end, rule.end))
        else:
            whole.append(rule)
    return whole


def _groups(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Return the lines that touch each other, together."""
    groups: list[tuple[list[Rule], Box]] = []
    for rule in rules:
        own, box = [rule], _box(rule)
        apart: list[tuple[list[Rule], Box]] = []
        for members, around in groups:
            if _touch(box, around) and any(_touch(_box(rule), _box(other)) for other in members):
                own, box = [*members, *own], _around(box, around)
            else:
                apart.append((members, around))
        groups = [*apart, (own, box)]
    return [members for members, _ in groups]


def _box(rule: Rule) -> Box:
    if rule.level:
        return rule.start, rule.at, rule.end, rule.at
    return rule.at, rule.start, rule.at, rule.end


def _touch(one: Box, other: Box) -> bool:
    return (
        one[0] <= other[2] + NEAR
        and other[0] <= one[2] + NEAR
        and one[1] <= other[3] + NEAR
        and other[1] <= one[3] + NEAR
    )


def _around(one: Box, other: Box) -> Box:
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )


def _grid(rules: Sequence[Rule]) -> Grid | None:
    xs = _places(rule.at for rule in rules if not rule.level)
    ys = _places(rule.at for rule in rules if rule.level)[::-1]
    alone = len(ys) == FEWEST - 1 and len(xs) >= FEWEST_IN_ROW
    if not alone and min(len(xs), len(ys)) < FEWEST:
        return None
    uprights = [rule for rule in rules if not rule.level]
    levels = [rule for rule in rules if rule.level]
    taken: set[tuple[int, int]] = set()
    rows: list[list[Box | None]] = []
    for i in range(len(ys) - 1):
        row: list[Box | None] = []
        for j in range(len(xs) - 1):
            if (i, j) in taken:
                row.append(None)
                continue
            right = j + 1
            while right < len(xs) - 1 and not _drawn(uprights, xs[right], ys[i], ys[i + 1]):
                right += 1
            below = i + 1
            while below < len(ys) - 1 and not _drawn(levels, ys[below], xs[j], xs[right]):
                below += 1
            taken |= {(a, b) for a in range(i, below) for b in range(j, right)}
            row.append((xs[j], ys[below], xs[right], ys[i]))
        rows.append(row)
    return Grid((xs[0], ys[-1], xs[-1], ys[0]), rows)


def _places(values: Iterable[float]) -> list[float]:
    """Return the distinct places of lines, those that nearly coincide as one, ascending."""
    places: list[list[float]] = []
    for value in sorted(values):
        if places and value - places[-1][-1] <= NEAR:
            places[-1].append(value)
        else:
            places.append([value])
    return [sum(group) / len(group) for group in places]


def _drawn(rules: Sequence[Rule], at: float, one: float, other: float) -> bool:
    """Say whether a line at a place goes past the middle of an edge."""
    middle = (one + other) / 2
    return any(abs(rule.at - at) <= NEAR and rule.start <= middle <= rule.end for rule in rules)


def gaps_between(tables: Sequence[Box], bottom: float, top: float) -> list[tuple[float, float]]:
    """Return the bands (bottom, top) of a page above, between and below its tables."""
    edges = [top, *(edge for box in tables for edge in (box[3], box[1])), bottom]
    return [(low, high) for high, low in pairwise(edges)][::2]

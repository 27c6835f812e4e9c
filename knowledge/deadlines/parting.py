"""Which times of a clause count, and which part of the clause belongs to each."""

from __future__ import annotations

import re
from itertools import pairwise

from knowledge.dues import Due

LISTED = re.compile(r"\s*(?:,|và|,\s*và)\s*")
_OWN_TASK = re.compile(r"\w+\s+\w+[\s,]*$")
_CLOSED = re.compile(r"\s*(?:[,;.]|và(?!\w)|$)")
_BESIDE = re.compile(r"[\s,(:]*")
_FROM_NOW = re.compile(r"\s*(?:kể )?từ (?:nay|bây giờ)\s*$")


def pieces(low: str, clause: tuple[int, int], found: list[Due]) -> list[tuple[int, int]]:
    """Return the part of a clause that belongs to each of its times.

    Args:
        low: the text in small letters.
        clause: the clause.
        found: its times, in order.
    """
    start, end = clause
    if len(found) < 2 or all(
        LISTED.fullmatch(low, one.end, other.start) for one, other in pairwise(found)
    ):
        return [clause] * len(found)
    if not low[start : found[0].start].strip(" ,-"):
        starts = [due.start for due in found]
        return list(zip(starts, [*starts[1:], end], strict=True))
    ends = [*(due.end for due in found[:-1]), end]
    return list(zip([start, *ends[:-1]], ends, strict=True))


def counting(found: list[Due], low: str, clause: tuple[int, int]) -> list[Due]:
    """Leave out times that only say another one less exactly, or until when it comes again.

    Args:
        found: the times of a clause, in order.
        low: the text in small letters.
        clause: the clause.
    """
    found = _without_ends(found, low, clause)
    found = _most_exact(found, low, clause)
    kept: list[Due] = []
    for due in found:
        beside = kept and _BESIDE.fullmatch(low, kept[-1].end, due.start)
        if beside and kept[-1].due == due.due:
            continue
        if beside and not LISTED.fullmatch(low, kept[-1].end, due.start):
            kept.pop()  # "trong tuần này (trước ngày 25/7)": the brackets say it exactly
        kept.append(due)
    return kept


def _without_ends(found: list[Due], low: str, clause: tuple[int, int]) -> list[Due]:
    """Leave out "đến hết tháng 9" where something is done each week until then."""
    rules = [due for due in found if due.kind == "recurring"]

    def ends(due: Due) -> bool:
        if due.kind != "date" or not low.startswith(("đến", "tới"), due.start):
            return False
        now = _FROM_NOW.search(low[clause[0] : due.start])
        return bool(now) or any(not low[rule.end : due.start].strip(" ,") for rule in rules)

    return [due for due in found if not ends(due)] if rules else found


def _most_exact(found: list[Due], low: str, clause: tuple[int, int]) -> list[Due]:
    """Leave out "hằng quý" where the day in it is said too, unless it has a task of its own."""
    rules = [due for due in found if due.kind == "recurring"]
    exact = [due for due in rules if due.due and "BYMONTHDAY" in due.due]

    def own(due: Due) -> bool:
        return bool(
            _OWN_TASK.search(low[clause[0] : due.start]) and _CLOSED.match(low, due.end, clause[1])
        )

    return (
        [due for due in found if due not in rules or due in exact or (exact and own(due))]
        if (exact)
        else found
    )

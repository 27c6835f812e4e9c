"""Several things and as many figures in the same order: "A, B và C lần lượt đạt 90%, 85%, 80%"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.targets.quantities import Quantity
from knowledge.targets.subjects import strip_end, subject_start

_IN_ORDER = re.compile(r"(?<!\w)(?:lần lượt|tương ứng)(?!\w)")
_JOIN = re.compile(r"\s*,\s*(?:và\s+)?|\s+và\s+|\s*/\s*(?=cấp)")
_BARE = re.compile(r"[\s,;]*(?:và)?\s*(?:là|đạt)?\s*")
_YEARS = re.compile(
    r"(?:(?:trong|vào|của|đến|cho)\s+)?(?:các )?năm\s+(?P<list>\d{4}(?:(?:\s*,\s*"
    r"|\s+và\s+)(?:năm\s+)?\d{4})+)"
)
_INTO = re.compile(
    r"(?:(?<=\s)|^)(?:tại|ở|của|đối với|trong|về|thuộc|các lĩnh vực|lĩnh vực|cho|các)\s+"
)

_NAMED_BEHIND = re.compile(
    r"\s*,?\s*(?:lần lượt|tương ứng)\s+(?:là\s+)?(?:đối với|với|cho|ở|tại|của|theo)?\s*"
    r"(?P<list>[^;.()]+)"
)


@dataclass(frozen=True)
class Member:
    """One of the things: what is measured, and its year where the things are years."""

    words: str
    year: int | None


def series(low: str, figures: Sequence[Quantity], start: int, end: int) -> list[Member] | None:
    """Return what each figure of a clause measures, None where they are not given in order.

    Args:
        low: the text in small letters.
        figures: the clause's figures.
        start, end: the clause.
    """
    count = len(figures)
    if count < 2 or not _IN_ORDER.search(low, start, end):
        return None
    for first, second in pairwise(figures):
        if not _BARE.fullmatch(low[first.end : second.start]):
            return None
    if behind := _behind(low, figures, start, end):
        return behind
    before = _IN_ORDER.sub(" ", low[start : figures[0].start])
    if match := _YEARS.search(before):
        years = [int(year) for year in re.findall(r"\d{4}", match["list"])]
        if len(years) == count:
            left = strip_end(f"{before[: match.start()]} {before[match.end() :]}")
            words = " ".join(left[subject_start(left) :].split())
            return [Member(words.strip(" ,"), year) for year in years]
    stripped = strip_end(before)
    pieces = _JOIN.split(stripped[subject_start(stripped) :])
    if len(pieces) < count:
        return None
    members = [piece.strip() for piece in pieces[-count:]]
    head = ", ".join([*pieces[:-count], members[0]])
    into = list(_INTO.finditer(head))
    base = head[: into[-1].end()].strip() if into else ""
    first_member = head[into[-1].end() :].strip() if into else members[0]
    members = [first_member, *members[1:]]
    return [Member(" ".join(f"{base} {member}".split()), None) for member in members]


def _behind(low: str, figures: Sequence[Quantity], start: int, end: int) -> list[Member] | None:
    """Return the things named behind the figures: "đạt 90%, 80% tương ứng với cấp tỉnh và xã"."""
    match = _NAMED_BEHIND.match(low, figures[-1].end, end)
    if match is None:
        return None
    pieces = [piece.strip() for piece in _JOIN.split(match["list"])]
    if len(pieces) < len(figures):
        return None
    pieces = pieces[: len(figures)]
    into = list(_INTO.finditer(pieces[0]))
    pieces[0] = pieces[0][into[-1].end() :] if into else pieces[0]
    stripped = strip_end(low[start : figures[0].start])
    base = stripped[subject_start(stripped) :]
    return [Member(" ".join(f"{base} {piece}".split()), None) for piece in pieces]

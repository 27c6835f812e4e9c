"""Deadlines by words: a month, a quarter or a year, a body, a document, a task."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date

from bot.context import Tools
from bot.spans_of_time import span_in
from bot.wanted import wanted_of
from index.text import fold
from knowledge.deadlines import Deadline
from knowledge.row_shelf import Found, Wanted


def due_rows(
    tools: Tools, words: str, on: date, place: str | None = None, year: int | None = None
) -> list[Found[Deadline]]:
    """Return the deadlines that words look for, the next one due first.

    Args:
        tools: the understanding and the rows.
        words: as typed; none look for all.
        on: the day of asking.
        place: province or city, in place of those that the words name.
        year: the year in which they are due, in place of the time that the words name.
    """
    span, rest = span_in(fold(words), on)
    if year is not None:
        span = date(year, 1, 1), date(year, 12, 31)
    wanted = Wanted(document=words) if _is_document(tools, words) else None
    if wanted is None:
        wanted = wanted_of(tools.understanding.read(_left(words, rest)))
        wanted = replace(wanted, years=(), places=(place,) if place else wanted.places)
    if span is None:
        return tools.rows.deadlines(wanted, on)
    first = on if span[0] <= on <= span[1] else span[0]
    found = tools.rows.deadlines(wanted, first)
    return [f for f in found if f.day is not None and span[0] <= f.day <= span[1]]


def _is_document(tools: Tools, words: str) -> bool:
    if " " in words.strip():
        return False  # no id has a space, and looking for one goes through all documents
    return any(document.id == words for document in tools.searcher.index.documents)


def _left(words: str, rest: str) -> str:
    """Return the words, as typed, that are left beside a time."""
    left = Counter(re.findall(r"\w+", rest))
    kept: list[str] = []
    for word in words.split():
        bare = "".join(re.findall(r"\w+", fold(word)))
        if left[bare]:
            left[bare] -= 1
            kept.append(word)
    return " ".join(kept)

"""Targets and deadlines that a free question asks for: facts beside its quotes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from bot.context import Context
from bot.conversation import Shown
from bot.row_texts import as_fact
from bot.wanted import wanted_of
from index.text import fold, folded_syllables
from knowledge.deadlines import Deadline
from knowledge.lowering import lowered
from knowledge.row_shelf import Found
from knowledge.targets import Target

MOST = 5  # facts of one kind that stand in no quote
_ASKS_TARGET = re.compile(
    r"(?<!\w)(?:chỉ tiêu|mục tiêu|phấn đấu|đặt ra|(?:hạng|nhóm) (?:mấy|bao nhiêu)|thứ hạng)(?!\w)"
)
#: What is said of every target: "phấn đấu", "phần trăm", "tối thiểu", "xếp thứ", "đặt ra".
_OF_TARGETS = frozenset(
    ("phan", "dau", "tram", "toi", "thieu", "xep", "thu", "dat", "ra", "duoc", "it", "nhat", "len")
)
_ASKS_WHEN = re.compile(
    r"thời hạn|(?<!\w)hạn|khi nào|bao giờ|ngày (?:nào|mấy)|tháng (?:nào|mấy)|chậm nhất"
)


def asked_rows(context: Context, passage: Shown) -> Iterator[dict[str, Any]]:
    """Yield the rows that the first quote states as far as they were asked.

    Where it states no such target, those that are exactly what the question names are yielded.

    Args:
        context: the message with its hits.
        passage: the first quote.
    """
    quoted, deadlines = context.tools.rows.within(
        passage.document, passage.start, passage.end, context.message.on
    )
    low = lowered(context.asked.understood)
    names = context.tools.rows.names
    asks_when = _ASKS_WHEN.search(low) is not None
    if not asks_when or _ASKS_TARGET.search(low) or names.key_of(low):
        own = [found for found in quoted if _is_asked(context, found)]
        fields = {mention.key for mention in names.fields(low)}
        own = [found for found in own if _of_field(found.row, fields)] or own
        yield from map(as_fact, own or exact_targets(context))
    if asks_when:
        yield from map(as_fact, _said_best(context, deadlines))


def exact_targets(context: Context) -> list[Found[Target]]:
    """Return the targets of the index or kind, field, place and year that a question names.

    Returns:
        The rows, best first; none where no target is asked for, where no index or kind or no year
        is named, or where the question says more than a row does ("ai ký mục tiêu PCI 2023?").
    """
    question, names = context.asked, context.tools.rows.names
    low = lowered(question.understood)
    if not (question.years and _ASKS_TARGET.search(low) and names.key_of(low)):
        return []
    fields = names.fields(low)
    keys = {mention.key for mention in fields}
    wanted = wanted_of(question)
    rest = low
    for mention in (*names.indices(low), *fields):
        rest = rest.replace(low[mention.start : mention.end], " ")
    words = {*folded_syllables(fold(rest))} & {*wanted.words} - _OF_TARGETS
    return [
        found
        for found in context.tools.rows.targets(wanted, context.message.on)
        if (not keys or _of_field(found.row, keys)) and words <= _said(found)
    ][:MOST]


def _said(found: Found[Target]) -> set[str]:
    row = found.row
    parts = (row.indicator, row.scope, row.quote, found.document.title)
    return {*folded_syllables(fold(" ".join(part for part in parts if part)))}


def _is_asked(context: Context, found: Found[Target]) -> bool:
    names, question = context.tools.rows.names, context.asked
    indices = {mention.key for mention in names.indices(lowered(question.understood))}
    key = names.key_of(question.understood)
    if indices:
        of_kind = found.row.key in indices
    else:
        of_kind = key in (None, found.row.key) or key in names.kinds_of(found.row.indicator)
    return of_kind and (not question.years or found.row.year in question.years)


def _of_field(row: Target, fields: Collection[str]) -> bool:
    return row.field in fields or any(name in lowered(row.indicator) for name in fields)


def _said_best(context: Context, deadlines: list[Found[Deadline]]) -> list[Found[Deadline]]:
    """Return the deadlines whose tasks say most of the words asked, all where none says any."""
    words = wanted_of(context.asked).words
    shares = [_share(words, found.row) for found in deadlines]
    best = max(shares, default=0)
    return [found for found, share in zip(deadlines, shares, strict=True) if share == best]


def _share(words: tuple[str, ...], row: Deadline) -> int:
    said = set(fold(f"{row.task} {row.responsible or ''}").split())
    return sum(word in said for word in words)

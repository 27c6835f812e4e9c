"""Asking back when places or years answer equally well."""

from __future__ import annotations

from collections.abc import Callable

from bot.context import Context
from bot.message import Choice, Reply, Status
from bot.offers import numbered
from bot.steps.remember import remember
from index.documents import IndexedDocument
from index.searcher import Hit

EQUAL = 0.02  # difference of score under which two hits answer equally well


def clarify(context: Context) -> Reply | None:
    """Ask which place or year is meant when the best hits differ in it and the question is open."""
    question, texts = context.asked, context.tools.texts.clarify
    best = context.hits[0]
    if context.chosen or context.about or question.codes or best.indexed.metadata.code:
        return None
    threshold = context.tools.settings.threshold
    equal = [
        hit
        for hit in context.hits
        if hit.score >= best.score - EQUAL and hit.confidence >= threshold
    ]
    if not question.places and (choices := _choices(context, equal, _place)):
        return _ask(context, texts.place, choices)
    if not question.years and (choices := _choices(context, equal, _period)):
        return _ask(context, texts.year, choices)
    return None


def _ask(context: Context, heading: str, choices: tuple[Choice, ...]) -> Reply:
    remember(context, choices=choices)
    lines = [heading, *numbered(choices), "", context.tools.texts.clarify.how]
    return Reply(Status.CLARIFY, "\n".join(lines), context.bare, choices=choices)


def _choices(
    context: Context, equal: list[Hit], part_of: Callable[[IndexedDocument], str | None]
) -> tuple[Choice, ...]:
    """Offer the documents by what tells them apart; nothing where it does not."""
    parts = [part_of(hit.indexed) for hit in equal]
    if len(parts) < 2 or None in parts or len(set(parts)) < len(parts):
        return ()
    question = context.text.rstrip(" ?.!")
    return tuple(
        Choice(str(i), str(part), f"{question} {part}", document=hit.document.id)
        for i, (hit, part) in enumerate(zip(equal, parts, strict=True), 1)
    )


def _place(document: IndexedDocument) -> str | None:
    return document.metadata.place


def _period(document: IndexedDocument) -> str | None:
    period = document.metadata.period
    if period is None:
        return None
    if period.start == period.end:
        return f"năm {period.start}"
    return f"giai đoạn {period.start} - {period.end}"

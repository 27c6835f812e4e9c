"""Asking back when places, years or documents answer equally well."""

from __future__ import annotations

from bot.context import Context
from bot.message import Choice, Reply, Status
from bot.steps.compose import remember
from index.searcher import Hit

EQUAL = 0.02  # difference of score under which two hits answer equally well


def clarify(context: Context) -> Reply | None:
    """Ask which place or year is meant when the best hits differ in it and the question is open."""
    question, texts = context.asked, context.tools.texts.clarify
    if context.chosen is not None or question.codes:
        return None
    best = context.hits[0]
    equal = [hit for hit in context.hits if hit.score >= best.score - EQUAL]
    if len(equal) < 2 or best.indexed.metadata.code:
        return None
    if not question.places and (choices := _by_place(context, equal)):
        return _ask(context, texts.place, choices)
    if not question.years and (choices := _by_year(context, equal)):
        return _ask(context, texts.year, choices)
    return None


def _ask(context: Context, heading: str, choices: tuple[Choice, ...]) -> Reply:
    remember(context, None, choices)
    lines = [heading, *(f"{choice.id}. {choice.label}" for choice in choices)]
    lines += ["", context.tools.texts.clarify.how]
    return Reply(Status.CLARIFY, "\n".join(lines), context.understood, choices=choices)


def _by_place(context: Context, equal: list[Hit]) -> tuple[Choice, ...]:
    places = [hit.indexed.metadata.place for hit in equal]
    if None in places or len(set(places)) < len(places):
        return ()
    return tuple(
        Choice(str(i), str(place), f"{context.text.rstrip(' ?.!')} {place}")
        for i, place in enumerate(places, 1)
    )


def _by_year(context: Context, equal: list[Hit]) -> tuple[Choice, ...]:
    periods = [hit.indexed.metadata.period for hit in equal]
    starts = {period.start for period in periods if period}
    if None in periods or len(starts) < len(periods):
        return ()
    years = sorted(starts)
    return tuple(
        Choice(str(i), str(year), f"{context.text.rstrip(' ?.!')} năm {year}")
        for i, year in enumerate(years, 1)
    )

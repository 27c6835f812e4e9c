"""Searching, and deciding whether what was found answers."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from bot.context import Context
from bot.desk.queue import Kind
from bot.message import Choice, Reply, Status
from bot.offers import choice_of, numbered
from bot.quotes import asked_place_notes
from bot.steps.asked_rows import exact_targets
from bot.steps.human import human_actions
from bot.steps.remember import remember
from bot.steps.sheets import (
    PROCEDURES,
    code_is_missed,
    go_over_to_sheets,
    may_ask_sheets,
    named_elsewhere,
    sheet_answers,
    sheet_is_nearer,
)
from bot.steps.targets import look_up_targets
from index.searcher import Hit

NEAREST = 3  # topics offered when nothing answers
TRUST = 0.7  # share of the threshold that is enough for the document being talked about
NEAR = 0.2  # share of the question that a document has to say to be offered


def look_up(context: Context) -> Reply | None:
    """Find the documents that may answer; say so when none is sure enough."""
    go_over_to_sheets(context)
    tools = context.tools
    context.hits = _found(context)
    best = _confidence(context.hits)
    sure = bool(context.hits) and (context.settled or best >= _needed(context))
    elsewhere = code_is_missed(context) or named_elsewhere(context)
    if (elsewhere or not sure) and _answered_by_sheet(context, sure):
        return None
    if sure:
        return None
    if not context.command and exact_targets(context):
        return look_up_targets(context)  # a row says what no passage is sure to say
    question = context.text[: tools.settings.kept_characters]
    tools.conversations.keep_unanswered(question, best)
    if tools.desk is not None and question:
        tools.desk.queue.put(context.message.user, question, Kind.UNANSWERED)
    return _not_known(context)


def _answered_by_sheet(context: Context, sure: bool) -> bool:
    """Take what a sheet of the national procedures answers; say whether one does.

    Where neither is sure, the nearest are what can be offered.
    """
    sheets = context.tools.sheets() if may_ask_sheets(context) else None
    if sheets is None:
        return False
    other = replace(context, tools=sheets)
    hits = _found(other)
    if hits and sheet_answers(other, hits[0]):
        context.tools, context.hits = other.tools, hits
        return True
    if not sure and hits and sheet_is_nearer(context, hits[0]):
        context.hits = hits
    return False


def _found(context: Context) -> list[Hit]:
    only = context.command == PROCEDURES
    search = partial(context.tools.searcher.search, procedures_only=only)
    hits = search(context.asked, context.about or context.favoured)
    if context.implied_place and not _own(context, hits):
        # The person's place only decides between places; what holds everywhere answers as well.
        hits = search(replace(context.asked, places=()), context.about or context.favoured)
    if context.about is None:
        return hits
    meant = [hit for hit in hits if hit.document.id == context.about]
    context.settled = context.settled and bool(meant)
    return meant or hits


def _needed(context: Context) -> float:
    """Return the confidence from which the best hit answers."""
    threshold = context.tools.settings.threshold
    known = context.hits[0].document.id in (context.favoured, context.about)
    return threshold * TRUST if known else threshold


def _own(context: Context, hits: list[Hit]) -> bool:
    """Say whether the best hit is a sure one of the person's own place."""
    if _confidence(hits) < context.tools.settings.threshold:
        return False
    own = hits[0].indexed.metadata.place
    return own is not None and context.tools.places.covers(str(context.place), own)


def _confidence(hits: list[Hit]) -> float:
    return hits[0].confidence if hits else 0.0


def _not_known(context: Context) -> Reply:
    unknown = context.tools.texts.unknown
    choices = _nearest(context)
    remember(context, choices=choices)
    lines = [_what_is_missing(context)]
    lines += asked_place_notes(context.asked, context.message.on, context.tools)
    if choices:
        lines += ["", unknown.nearest, *numbered(choices)]
    lines += ["", unknown.advice]
    return Reply(
        Status.NO_ANSWER,
        "\n".join(lines),
        context.bare,
        choices=choices,
        actions=human_actions(context),
    )


def _what_is_missing(context: Context) -> str:
    """Name the place or the year when without it there were an answer."""
    unknown, question = context.tools.texts.unknown, context.asked
    named = [place for place in question.places if place.end]
    rest = question.typed
    for place in reversed(named):
        rest = f"{rest[: place.start]} {rest[place.end :]}"
    if named and _is_known(context, rest):
        return unknown.place.format(place=named[0].locality or named[0].name)
    for year in question.years:
        rest = rest.replace(str(year), " ")
    if question.years and _is_known(context, rest):
        return unknown.year.format(year=question.years[0])
    return unknown.no_answer


def _is_known(context: Context, text: str) -> bool:
    """Say whether another question has an answer."""
    tools = context.tools
    hits = tools.searcher.search(tools.understanding.read(text))
    return _confidence(hits) >= tools.settings.threshold


def _nearest(context: Context) -> tuple[Choice, ...]:
    near = [hit for hit in context.hits if hit.features["said"] > NEAR][:NEAREST]
    return tuple(choice_of(i, hit, context.text) for i, hit in enumerate(near, 1))

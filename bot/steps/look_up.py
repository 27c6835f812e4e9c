"""Searching, and deciding whether what was found answers."""

from __future__ import annotations

from bot.context import Context
from bot.message import Choice, Reply, Status
from bot.personal_data import without_personal_data
from index.searcher import Hit

NEAREST = 3  # topics offered when nothing answers


def look_up(context: Context) -> Reply | None:
    """Find the documents that may answer; say so when none is sure enough."""
    tools = context.tools
    context.hits = tools.searcher.search(context.asked, context.favoured)
    best = context.hits[0].confidence if context.hits else 0.0
    if best >= tools.settings.threshold:
        return None
    tools.conversations.keep_unanswered(
        without_personal_data(context.text)[: tools.settings.kept_characters], best
    )
    return _not_known(context)


def _not_known(context: Context) -> Reply:
    unknown = context.tools.texts.unknown
    lines = [_what_is_missing(context)]
    choices = _nearest(context)
    if choices:
        lines += ["", unknown.nearest, *(f"{c.id}. {c.label}" for c in choices)]
    lines += ["", unknown.advice]
    return Reply(Status.NO_ANSWER, "\n".join(lines), context.understood, choices=choices)


def _what_is_missing(context: Context) -> str:
    """Name the place or the year when that alone keeps the best hit from answering."""
    unknown, question = context.tools.texts.unknown, context.asked
    features = context.hits[0].features if context.hits else {}
    if question.places and features.get("place_conflict"):
        return unknown.place.format(place=question.places[0].name)
    if question.years and features.get("year_conflict"):
        return unknown.year.format(year=question.years[0])
    return unknown.no_answer


def _nearest(context: Context) -> tuple[Choice, ...]:
    near = [hit for hit in context.hits if hit.features["coverage"] > 0.2][:NEAREST]
    return tuple(choice_of(str(number), hit) for number, hit in enumerate(near, 1))


def choice_of(number: str, hit: Hit) -> Choice:
    """Return the choice that leads to a hit: a procedure by its code, else by its title."""
    code = hit.indexed.metadata.code
    label = f"{hit.document.title} ({code})" if code else hit.document.title
    return Choice(number, label, code or hit.document.title, code)

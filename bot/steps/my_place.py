"""`/diaphuong`: the province or city that a person asks for."""

from __future__ import annotations

from bot.context import Context
from bot.message import Choice, Reply, Status
from bot.quotes import place_note
from bot.steps.offer import offer
from index.text import fold

ANYWHERE = "khong chon"


def my_place(context: Context) -> Reply:
    """Note the place that is named, forget it, or say which one is noted."""
    tools, texts, user = context.tools, context.tools.texts.my_place, context.message.user
    if fold(context.text) == ANYWHERE:
        # Where the office has a place of its own, "none" is a choice as well.
        tools.people.live_in(user, "" if tools.settings.place else None)
        return Reply(Status.SMALLTALK, texts.anywhere)
    if not context.text:
        return _ask(context)
    named = [place.name for place in tools.places.find(context.text)]
    if not named:
        return Reply(Status.CLARIFY, texts.unknown.format(place=context.text))
    tools.people.live_in(user, named[0])
    note = place_note(named[0], context.message.on, tools)
    said = texts.noted.format(place=named[0])
    return Reply(Status.SMALLTALK, f"{said} {note}" if note else said)


def _ask(context: Context) -> Reply:
    texts = context.tools.texts.my_place
    if context.place is None:
        return Reply(Status.CLARIFY, f"{texts.none} {texts.how}")
    choices = (Choice("1", texts.any_place, f"/diaphuong {ANYWHERE}"),)
    heading = f"{texts.current.format(place=context.place)} {texts.how}"
    return offer(context, Status.CLARIFY, heading, choices)

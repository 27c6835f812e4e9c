"""Answers that an official wrote: for the same question, word for word, with what they rest on."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.clock import written_day
from bot.context import Context
from bot.conversation import Turn
from bot.desk.curated import Curated
from bot.message import Choice, Reply, Status
from bot.offers import numbered
from knowledge.document import Document
from knowledge.places import NATIONAL

NO_LONGER = ("ended", "replaced")


def answer_curated(context: Context) -> Reply | None:
    """Give an official's answer to the same question as long as what it rests on holds."""
    tools = context.tools
    if tools.curated is None or context.chosen is not None:
        return None
    found = tools.curated.find(context.asked, tools.understanding)
    if found is None:
        return None
    try:
        document = tools.searcher.document(found.document)
    except KeyError:  # removed since; what it said may be wrong by now
        return None
    standing = tools.searcher.standing(document.metadata, context.message.on)
    if standing.validity.value in NO_LONGER or not _fits(found, document, context):
        return None
    return _shown(found, document, standing.validity.value, context)


def answer_completed(context: Context) -> Reply | None:
    """Do the same for a question completed from the turn before; others were looked for already."""
    return answer_curated(context) if context.followed else None


def _fits(found: Curated, document: Document, context: Context) -> bool:
    """Say whether an answer is about the day and the place that are asked about."""
    # The day in UTC: the machine's own "today" may be behind that of Vietnam, never behind this.
    written = datetime.fromisoformat(found.at).astimezone(UTC).date()
    if context.message.on < written:
        return False
    own = document.metadata.place
    if not context.implied_place or own in (None, NATIONAL):
        return True
    return context.tools.places.covers(str(context.place), str(own))


def _shown(found: Curated, document: Document, validity: str, context: Context) -> Reply:
    texts = context.tools.texts
    day, label = written_day(found.at), texts.validity.label(validity)
    number = document.metadata.number
    if number and number not in document.title:
        basis = texts.desk.rests_on_numbered.format(
            number=number, title=document.title, validity=label
        )
    else:
        basis = texts.desk.rests_on.format(title=document.title, validity=label)
    choices = (
        Choice("1", texts.desk.search, context.text),
        Choice("2", texts.desk.ask_again, f"/canbo {context.text}"),
    )
    said = texts.desk.curated.format(author=found.author, day=day, text=found.text)
    context.keep(Turn(context.understood, choices=choices))
    fact = {
        "kind": "curated",
        "id": found.id,
        "text": found.text,
        "author": found.author,
        "at": found.at,
        "document": found.document,
        "number": number,
        "title": document.title,
        "validity": validity,
    }
    lines = [said, "", basis, "", *numbered(choices)]
    return Reply(Status.ANSWERED, "\n".join(lines), context.bare, facts=(fact,), choices=choices)

"""Reading a document part by part and page by page, word for word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.actions import actions
from bot.context import Context
from bot.conversation import Shown, Turn
from bot.message import Action, Choice, Reply, Status
from bot.quotes import lines_of, quote_of
from bot.reading_on import pages_of, part_named
from knowledge.document import Document

_PART = re.compile(r"(\S+) §(\d{1,9})")


def choices_of_parts(document: Document, headings: Sequence[tuple[str, ...]]) -> tuple[Choice, ...]:
    """Return a choice for each heading path, which opens that part of the document."""
    positions = {h: i for i, h in reversed(list(enumerate(_headings(document))))}
    return tuple(
        Choice(str(i), heading[-1], f"/vanban {document.id} §{positions[heading]}")
        for i, heading in enumerate(headings, 1)
    )


def read_part(context: Context) -> Reply | None:
    """Open the part of a document that such a choice stands for; None for anything else."""
    found = _PART.fullmatch(context.text)
    if found is None:
        return None
    try:
        document = context.tools.searcher.document(found[1])
        heading = _headings(document)[int(found[2])]
    except (KeyError, IndexError):  # removed or changed since it was offered
        return Reply(Status.REFUSED, context.tools.texts.clarify.stale, brief=True)
    span = part_named(document, heading)
    assert span is not None, "the heading is one of the document's"
    passage = Shown(document.id, *span, heading=heading, score=1.0)
    metadata = document.metadata
    number = metadata.code or metadata.number
    turn = Turn(
        heading[-1],
        document=document.id,
        code=metadata.code,
        name=f"{document.title} ({number})" if number else document.title,
        passages=(passage,),
        reading=span,
    )
    return read_page(context, turn, document, 1)


def read_page(context: Context, turn: Turn, document: Document, number: int) -> Reply:
    """Quote a page of what is being read.

    Args:
        context: the message.
        turn: with `reading` set.
        document: the one that is read.
        number: of the page, from 1.
    """
    texts = context.tools.texts.actions
    passage = turn.passages[turn.at]
    assert turn.reading is not None, "a page is a page of something"
    pages = pages_of(document, turn.reading)
    start, end = pages[number - 1]
    within = [
        (max(a + passage.start, start) - start, min(b + passage.start, end) - start)
        for a, b in passage.answering
        if a + passage.start < end and b + passage.start > start
    ]
    shown = replace(passage, start=start, end=end, answering=tuple(within))
    words = [texts.right, texts.wrong, *([texts.next] if number < len(pages) else [])]
    words += [] if turn.reading == (passage.start, passage.end) else [texts.back]
    turn = replace(turn, page=number, choices=())
    heading = texts.page.format(page=number, pages=len(pages)) if len(pages) > 1 else ""
    return quoted(context, turn, document, shown, actions(words, texts), heading)


def quoted(
    context: Context,
    turn: Turn,
    document: Document,
    shown: Shown,
    acts: tuple[Action, ...],
    heading: str = "",
) -> Reply:
    """Return the reply that quotes a passage, and remember the turn.

    Args:
        context: the message.
        turn: what follow-ups and buttons go on from.
        document: the one that is quoted.
        shown: the passage.
        acts: what else can be done with it.
        heading: a line above the quote, if any.
    """
    quote = quote_of(document, shown, context.message.on, context.tools)
    context.keep(turn)
    lines = [heading, ""] if heading else []
    lines += lines_of(quote, document.metadata.url, context.tools)
    return Reply(Status.ANSWERED, "\n".join(lines), turn.question, (quote,), actions=acts)


def _headings(document: Document) -> list[tuple[str, ...]]:
    """Return the first level of headings, then all heading paths, each once, in reading order."""
    paths = [section.heading for section in document.sections if section.heading]
    return list(dict.fromkeys([*(path[:1] for path in paths), *paths]))

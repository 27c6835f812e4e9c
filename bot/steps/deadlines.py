"""`/thoihan`: what is due in a month, for a body, in a document."""

from __future__ import annotations

from collections import Counter
from datetime import date

from bot.context import Context
from bot.due import due_rows
from bot.message import Choice, Reply, Status
from bot.row_texts import deadline_lines
from bot.spans_of_time import month_after, month_of
from bot.steps.offer import offer
from bot.steps.rows import page_of, rows_reply
from knowledge.row_shelf import Wanted

BODIES = 4  # bodies offered


def look_up_deadlines(context: Context) -> Reply:
    """Show the deadlines that fit the words of the command, or offer what there is."""
    texts = context.tools.texts.deadlines
    words, _ = page_of(context.text)
    if not words:
        return _what_there_is(context)
    found = due_rows(context.tools, words, context.message.on)
    if not found:
        return offer(context, Status.NO_ANSWER, texts.none.format(words=words), (), texts.how)
    heading = texts.found.format(count=len(found), words=words)
    return rows_reply(
        context,
        "thoihan",
        found,
        lambda row: deadline_lines(row, texts),
        heading,
        texts.more,
    )


def _what_there_is(context: Context) -> Reply:
    """Offer this month and the next one, where there is something to do, and the busiest bodies."""
    texts, on = context.tools.texts.deadlines, context.message.on
    rows = context.tools.rows.deadlines(Wanted(), on)
    if not rows:
        return offer(context, Status.CLARIFY, texts.empty, (), texts.how)
    bodies = Counter(f.row.responsible for f in rows if f.row.responsible)
    months = [_month(texts.month, first) for first, _ in (month_of(on), month_after(on))]
    labels = [month for month in months if due_rows(context.tools, month, on)]
    labels += [body for body, _ in bodies.most_common(BODIES)]
    choices = tuple(Choice(str(i), name, f"/thoihan {name}") for i, name in enumerate(labels, 1))
    return offer(context, Status.CLARIFY, texts.what, choices, texts.how)


def _month(text: str, first: date) -> str:
    return text.format(month=first.month, year=first.year)

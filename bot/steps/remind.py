"""`/nhactoi`: reminders of deadlines, and a calendar of them."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.context import Context
from bot.due import due_rows
from bot.message import Attachment, Choice, Reply, Status
from bot.reminders.calendar import MEDIA_TYPE, calendar_of
from bot.reminders.store import ReminderStore
from bot.steps.offer import offer
from index.text import fold

STOP = "thoi"  # "/nhactoi thôi 3" ends one subscription, "/nhactoi thôi" all
_NUMBER = re.compile(r"\d{1,15}")
LISTED = 8  # subscriptions offered to end


def remind(context: Context) -> Reply:
    """Subscribe to the deadlines of the command's words, or show what is subscribed to."""
    texts, reminders = context.tools.texts.reminders, context.tools.reminders
    user = context.message.user
    if reminders is None:  # asked by a program that nobody can write to
        return Reply(Status.REFUSED, texts.how)
    words = context.text.split()
    if words and fold(words[0]) == STOP and all(_NUMBER.fullmatch(word) for word in words[1:2]):
        ended = reminders.unsubscribe(user, int(words[1]) if words[1:] else None)
        return Reply(Status.SMALLTALK, texts.ended if ended else texts.none)
    if not words:
        return _subscriptions(context, reminders)
    found = [row for row in due_rows(context.tools, context.text, context.message.on) if row.day]
    if not found:
        return Reply(Status.NO_ANSWER, texts.nothing_due.format(words=context.text))
    reminders.subscribe(user, context.text)
    reply = _subscriptions(context, reminders)
    data = calendar_of(found, context.text)
    caption = texts.calendar.format(count=len(found), words=context.text)
    attachment = Attachment("thoi-han.ics", MEDIA_TYPE, data, caption)
    said = texts.subscribed.format(words=context.text, count=len(found))
    return replace(reply, text=f"{said}\n\n{reply.text}", attachments=(attachment,))


def _subscriptions(context: Context, reminders: ReminderStore) -> Reply:
    """Show what the person is reminded of, each to be ended by its number."""
    texts = context.tools.texts.reminders
    own = reminders.of(context.message.user)
    if not own:
        return Reply(Status.CLARIFY, f"{texts.none} {texts.how}")
    choices = tuple(
        Choice(str(i), texts.end.format(words=one.words), f"/nhactoi {STOP} {one.id}")
        for i, one in enumerate(own[:LISTED], 1)
    )
    return offer(context, Status.ANSWERED, texts.own, choices, texts.how)

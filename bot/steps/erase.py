"""`/xoadulieu`: everything that is kept of a person goes, after one question."""

from __future__ import annotations

from bot.context import Context
from bot.message import Choice, Reply, Status
from bot.steps.offer import offer
from index.text import fold

SURE = "co"
NO = "khong"


def erase(context: Context) -> Reply:
    """Ask whether the person is sure, or erase."""
    texts, user = context.tools.texts.erase, context.message.user
    answer = fold(context.text).strip(" .!")
    if answer == SURE:
        context.tools.conversations.forget(user)
        context.tools.people.forget(user)
        desk = context.tools.desk
        if desk is not None:
            desk.forget(user, desk.roles.name(user))
        if context.tools.reminders is not None:
            context.tools.reminders.forget(user)
        if context.tools.keeping is not None:
            context.tools.keeping.uploads.forget(user)
        if context.tools.ratings is not None:
            context.tools.ratings.desk.forget(user)
        return Reply(Status.SMALLTALK, texts.done)
    if answer == NO:
        return Reply(Status.SMALLTALK, texts.kept)
    choices = (
        Choice("1", texts.yes, f"/xoadulieu {SURE}"),
        Choice("2", texts.no, f"/xoadulieu {NO}"),
    )
    return offer(context, Status.CLARIFY, texts.question, choices)

"""What was said before: the turn that a message goes on from, and where the person lives."""

from __future__ import annotations

from bot.context import Context
from bot.message import Reply, Status


def recall(context: Context) -> Reply | None:
    """Note the turn and the place; refuse a button whose turn is forgotten or another's."""
    message, tools = context.message, context.tools
    context.place = message.place or _lived_in(context)
    if message.turn is None:
        context.turn = tools.conversations.last(message.user)
        return None
    context.turn = tools.conversations.turn(message.user, message.turn)
    if context.turn is None:
        return Reply(Status.REFUSED, tools.texts.clarify.stale, brief=True)
    return None


def _lived_in(context: Context) -> str | None:
    """Return the place that the person chose, the office's where they chose none."""
    chosen = context.tools.people.place(context.message.user)
    return (context.tools.settings.place if chosen is None else chosen) or None

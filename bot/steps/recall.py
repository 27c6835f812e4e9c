"""What was said before: the turn that a message goes on from, and where the person lives."""

from __future__ import annotations

from bot.context import Context
from bot.message import Reply, Status


def recall(context: Context) -> Reply | None:
    """Note the turn and the place; refuse a button that is forgotten, another's or none of ours."""
    message, tools = context.message, context.tools
    context.place = message.place or _lived_in(context)
    if message.turn is None:
        context.turn = tools.conversations.last(message.user)
        return None
    context.turn = tools.conversations.turn(message.user, message.turn)
    if context.turn is None or not _is_button(context):
        return Reply(Status.REFUSED, tools.texts.clarify.stale, brief=True)
    return None


def _is_button(context: Context) -> bool:
    """Say whether a message is what a button can carry: whoever forges one can say nothing more."""
    texts = context.tools.texts
    words = {*texts.actions.labels(), texts.human.action}
    return context.text.isdecimal() or context.text in words


def _lived_in(context: Context) -> str | None:
    """Return the place that the person chose, the office's where they chose none."""
    chosen = context.tools.people.place(context.message.user)
    return (context.tools.settings.place if chosen is None else chosen) or None

"""Messages that are no question: empty, without words, far too long."""

from __future__ import annotations

from bot.context import Context
from bot.message import Reply, Status
from index.text import clean, syllables


def guard(context: Context) -> Reply | None:
    """Refuse what cannot be read as a question; else note its cleaned text."""
    texts, settings = context.tools.texts.guard, context.tools.settings
    text = " ".join(clean(context.message.text).split())
    if not text:
        return Reply(Status.REFUSED, texts.empty)
    if len(text) > settings.max_characters:
        return Reply(Status.REFUSED, texts.too_long.format(limit=settings.max_characters))
    if not syllables(text):
        return Reply(Status.REFUSED, texts.no_words)
    context.text = text
    return None

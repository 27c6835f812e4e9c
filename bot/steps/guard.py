"""Messages that are no question: pictures, empty, far too long; personal data goes out."""

from __future__ import annotations

from bot.context import Context
from bot.message import Reply, Status
from bot.personal_data import MASK, without_personal_data
from bot.row_texts import written
from index.text import clean, syllables


def guard(context: Context) -> Reply | None:
    """Refuse what cannot be read as a question; else note its cleaned text."""
    texts, settings = context.tools.texts.guard, context.tools.settings
    text = " ".join(clean(_storable(context.message.text)).split())
    if not text:
        sent = context.message.sent
        return Reply(Status.REFUSED, texts.empty if sent is None else texts.of_kind(sent))
    if len(text) > settings.max_characters:
        return Reply(Status.REFUSED, texts.too_long.format(limit=written(settings.max_characters)))
    if not syllables(text):
        return Reply(Status.REFUSED, texts.no_words)
    context.text = without_personal_data(text)
    context.masked = context.text != text
    if not syllables(context.text.replace(MASK, " ")):
        return Reply(Status.REFUSED, texts.personal_data)
    return None


def _storable(text: str) -> str:
    """Return `text` without halves of characters, which JSON can carry and UTF-8 cannot."""
    return text.encode("utf-8", "ignore").decode("utf-8")

"""Messages that belong to what somebody behind the assistant is writing, and `/huy`."""

from __future__ import annotations

from bot.context import Context
from bot.desk.drafts import KEEPING, TYPED, Writing
from bot.message import Reply, Status
from bot.steps.keep import write_upload_field
from bot.steps.notices import write_notice
from bot.steps.queue import put_back, write_answer
from bot.steps.stock import write_stock
from index.text import clean

COMMAND = "/"


def write(context: Context) -> Reply | None:
    """Take a message for the answer, the notice or the value that was asked for.

    It stands before the guard, which would mask the telephone number of the office and join lines.
    Commands, buttons and, where choices are offered as well, their numbers go on.
    """
    message, desk = context.message, context.tools.desk
    if desk is None or message.turn is not None or message.sent is not None:
        return None
    draft = desk.drafts.of(message.user)
    if draft is None or draft.kind not in TYPED:
        return None
    text = clean(message.text.encode("utf-8", "ignore").decode("utf-8")).strip()
    if not text or text.startswith(COMMAND) or (text.isdecimal() and len(text) <= 2):
        return None
    if draft.kind in (Writing.ANSWER, Writing.ANSWER_RESTS_ON):
        return write_answer(context, desk, draft, text)
    if draft.kind is Writing.UPLOAD_FIELD:
        return write_upload_field(context, draft, text)
    if draft.kind in KEEPING:
        return write_stock(context, draft, text)
    return write_notice(context, desk, draft, text)


def cancel(context: Context) -> Reply:
    """Stop what is being written; a question that was taken goes back to the queue."""
    texts, desk = context.tools.texts.desk, context.tools.desk
    if desk is None or desk.drafts.of(context.message.user) is None:
        return Reply(Status.REFUSED, texts.nothing_to_cancel)
    put_back(context, desk)
    return Reply(Status.ANSWERED, texts.cancelled)

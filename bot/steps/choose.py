"""A number that takes one of the choices offered before."""

from __future__ import annotations

import re

from bot.context import Context
from bot.message import Reply, Status

_NUMBER = re.compile(r"^(?:(?:chọn|chon|số|so)\s+)?(\d{1,2})[.)]?$", re.IGNORECASE)


def choose(context: Context) -> Reply | None:
    """Replace the number of a choice by the question that it stands for."""
    context.turn = context.tools.conversations.last(context.message.user)
    number = _NUMBER.match(context.text)
    if not number:
        return None
    texts = context.tools.texts.clarify
    choices = context.turn.choices if context.turn else ()
    if not choices:
        return Reply(Status.REFUSED, texts.no_choices)
    taken = [choice for choice in choices if choice.id == number[1].lstrip("0")]
    if not taken:
        return Reply(Status.REFUSED, texts.wrong_number.format(last=len(choices)))
    context.text = taken[0].question
    context.chosen = taken[0]
    return None

"""A number that takes one of the choices offered before."""

from __future__ import annotations

from bot.context import Context
from bot.dialogue import Dialogue
from bot.message import Reply, Status


class Choose:
    """Replaces the number of a choice by the question that it stands for.

    Args:
        dialogue: recognises "2", "chọn 2", "số 2".
    """

    def __init__(self, dialogue: Dialogue) -> None:
        self._dialogue = dialogue

    def __call__(self, context: Context) -> Reply | None:
        number = self._dialogue.number(context.text)
        if number is None:
            return None
        texts = context.tools.texts.clarify
        choices = context.turn.choices if context.turn else ()
        if not choices:
            return Reply(Status.REFUSED, texts.no_choices)
        taken = next((choice for choice in choices if choice.id == str(number)), None)
        if taken is None:
            return Reply(Status.REFUSED, texts.wrong_number.format(last=len(choices)))
        context.text = taken.question
        context.chosen = taken
        context.about = taken.document
        context.settled = taken.document is not None
        return None

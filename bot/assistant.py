"""The assistant: a message goes through a list of small steps; one of them ends in a reply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.context import Context, Step, Tools
from bot.dialogue import Dialogue
from bot.message import Message, Reply
from bot.steps.choose import Choose
from bot.steps.clarify import clarify
from bot.steps.compose import Compose
from bot.steps.follow_up import FollowUp
from bot.steps.guard import guard
from bot.steps.look_up import look_up
from bot.steps.small_talk import SmallTalk
from bot.steps.too_general import TooGeneral
from bot.steps.understand import understand
from config.dialogue import DialogueWords
from config.words import Words


class Assistant:
    """Answers messages.

    Args:
        words: what is no question, and the names of the indices.
        phrases: how people go on talking.
    """

    def __init__(self, words: Words, phrases: DialogueWords) -> None:
        dialogue = Dialogue(phrases)
        self._steps: Sequence[Step] = (
            guard,
            Choose(dialogue),
            understand,
            SmallTalk(words.smalltalk),
            FollowUp(dialogue, words.indicators),
            TooGeneral(phrases.general),
            look_up,
            clarify,
            Compose(dialogue),
        )

    def reply(self, message: Message, tools: Tools) -> Reply:
        """Return the reply to `message`."""
        context = Context(message, tools)
        for step in self._steps:
            reply = step(context)
            if reply is not None:
                return _with_warning(reply, context)
        raise AssertionError("the last step always replies")


def _with_warning(reply: Reply, context: Context) -> Reply:
    """Ask a person who sent personal data not to; it was neither used nor kept."""
    warning = context.tools.texts.guard.personal_data
    if not context.masked or warning in reply.text:
        return reply
    return replace(reply, text=f"{reply.text}\n\n{warning}")

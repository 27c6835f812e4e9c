"""The assistant: a message goes through a list of small steps; one of them ends in a reply."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Context, Step, Tools
from bot.message import Message, Reply
from bot.steps.choose import choose
from bot.steps.clarify import clarify
from bot.steps.compose import compose
from bot.steps.follow_up import follow_up
from bot.steps.guard import guard
from bot.steps.look_up import look_up
from bot.steps.small_talk import SmallTalk
from config.words import Words


class Assistant:
    """Answers messages.

    Args:
        words: word files, for what is no question.
    """

    def __init__(self, words: Words) -> None:
        self._steps: Sequence[Step] = (
            guard,
            choose,
            follow_up,
            SmallTalk(words.smalltalk),
            look_up,
            clarify,
            compose,
        )

    def reply(self, message: Message, tools: Tools) -> Reply:
        """Return the reply to `message`."""
        context = Context(message, tools)
        for step in self._steps:
            reply = step(context)
            if reply is not None:
                return reply
        raise AssertionError("the last step always replies")

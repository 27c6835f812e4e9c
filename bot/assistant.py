"""The assistant: a message goes through a list of small steps; one of them ends in a reply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.context import Context, Step, Tools
from bot.dialogue import Dialogue
from bot.message import Message, Reply
from bot.steps.act import Act
from bot.steps.ask import ask
from bot.steps.choose import Choose
from bot.steps.clarify import clarify
from bot.steps.command import Commands
from bot.steps.compose import Compose
from bot.steps.deadlines import look_up_deadlines
from bot.steps.erase import erase
from bot.steps.follow_up import FollowUp
from bot.steps.guard import guard
from bot.steps.list_documents import list_documents
from bot.steps.look_up import look_up
from bot.steps.my_place import my_place
from bot.steps.recall import recall
from bot.steps.small_talk import SmallTalk
from bot.steps.start import show_help, start
from bot.steps.targets import look_up_targets
from bot.steps.too_general import TooGeneral
from bot.steps.understand import understand
from config.dialogue import DialogueWords
from config.texts import Texts
from config.words import Words

#: What each command does; those without a step of their own ask a question in its words.
HANDLED: Mapping[str, Step] = {
    "start": start,
    "trogiup": show_help,
    "hoi": ask,
    "chitieu": look_up_targets,
    "thoihan": look_up_deadlines,
    "thutuc": ask,
    "danhgia": ask,
    "vanban": list_documents,
    "diaphuong": my_place,
    "xoadulieu": erase,
}
ALIASES = {"help": "trogiup", "batdau": "start", "menu": "trogiup"}


class Assistant:
    """Answers messages.

    Args:
        words: what is no question, and the names of the indices.
        phrases: how people go on talking.
        texts: the words of the actions.
    """

    def __init__(self, words: Words, phrases: DialogueWords, texts: Texts) -> None:
        dialogue = Dialogue(phrases)
        self._steps: Sequence[Step] = (
            guard,
            recall,
            Choose(dialogue),
            Act(texts.actions),
            Commands(HANDLED, ALIASES),
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
                return _finished(reply, context)
        raise AssertionError("the last step always replies")


def _finished(reply: Reply, context: Context) -> Reply:
    """Name the turn, and ask a person who sent personal data not to; it was not used or kept."""
    reply = replace(reply, turn=context.kept)
    warning = context.tools.texts.guard.personal_data
    if not context.masked or warning in reply.text:
        return reply
    return replace(reply, text=f"{reply.text}\n\n{warning}")

"""What else can be done with an answer: say whether it is right, read on, see another one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Context
from bot.conversation import Shown
from bot.message import Action, Reply
from bot.reading_on import section_around
from config.texts import ActionTexts
from knowledge.document import Document

#: Channels on which the assistant can write to a person unasked.
WRITES_FIRST = ("telegram", "zalo_bot", "zalo_oa")


def offered(
    document: Document, passages: Sequence[Shown], at: int, context: Context
) -> tuple[Action, ...]:
    """Return the actions that lead somewhere from a quoted passage.

    Args:
        document: the one that is quoted.
        passages: what the answer can go on to.
        at: which of them is shown.
        context: the message that is replied to.
    """
    texts = context.tools.texts.actions
    words = [texts.right, texts.wrong]
    if section_around(document, passages[at]):
        words.append(texts.section)
    if at + 1 < len(passages):
        words.append(texts.other)
    words.append(texts.related)
    if document.metadata.code and may_be_asked_later(context):
        words.append(texts.later)
    return actions(words, texts)


def may_be_asked_later(context: Context) -> bool:
    """Say whether the person can be asked in some days how a service was."""
    channel = context.message.user.partition(":")[0]
    return context.tools.ratings is not None and channel in WRITES_FIRST


def actions(words: Sequence[str], texts: ActionTexts) -> tuple[Action, ...]:
    """Return the actions of these words, with their labels."""
    labels = texts.labels()
    return tuple(Action(word, labels[word]) for word in words)


def actions_line(reply: Reply, texts: ActionTexts) -> str:
    """Return the line that tells the words of a reply's actions, "" where it has none.

    For channels without buttons.
    """
    if not reply.actions:
        return ""
    return texts.how.format(words=" · ".join(action.word for action in reply.actions))

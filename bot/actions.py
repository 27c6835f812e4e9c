"""What else can be done with an answer: say whether it is right, read on, see another one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation import Shown
from bot.message import Action, Reply
from bot.reading_on import section_around
from config.texts import ActionTexts
from knowledge.document import Document


def offered(
    document: Document, passages: Sequence[Shown], at: int, texts: ActionTexts
) -> tuple[Action, ...]:
    """Return the actions that lead somewhere from a quoted passage.

    Args:
        document: the one that is quoted.
        passages: what the answer can go on to.
        at: which of them is shown.
        texts: words and labels.
    """
    words = [texts.right, texts.wrong]
    if section_around(document, passages[at]):
        words.append(texts.section)
    if at + 1 < len(passages):
        words.append(texts.other)
    words.append(texts.related)
    return actions(words, texts)


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

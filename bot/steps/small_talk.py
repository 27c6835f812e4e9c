"""Greetings, thanks, insults, commands to the bot: short fitting texts."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Context
from bot.message import Reply, Status
from config.words import Smalltalk
from index.phrases import Found, Phrases
from index.text import fold_syllable, syllables

STRANGERS = 1  # words such as a name that may stand around a greeting
LONGEST = 12  # syllables beside a greeting; whoever writes more asks something


class SmallTalk:
    """Answers what is said to the assistant instead of asked of it.

    Args:
        kinds: what is recognised, and the replies.
    """

    def __init__(self, kinds: tuple[Smalltalk, ...]) -> None:
        self._patterns: Phrases[Smalltalk] = Phrases(
            (pattern, kind) for kind in kinds for pattern in kind.patterns
        )

    def __call__(self, context: Context) -> Reply | None:
        if context.chosen is not None:
            return None
        said = syllables(context.text)
        found = self._patterns.find(said, [fold_syllable(s) for s in said])
        alone: bool | None = None
        for match in found:
            kind = match.value
            if kind.whole and alone is None:
                alone = _nothing_else(said, found, context)
            # A greeting before a question is politeness; the question is what counts.
            if not kind.whole or alone:
                return Reply(Status(kind.status), kind.reply, context.bare)
        return None


def _nothing_else(said: list[str], found: Sequence[Found[Smalltalk]], context: Context) -> bool:
    """Say whether a message asks nothing beside the phrases found in it."""
    taken = {at for match in found for at in range(match.start, match.end)}
    rest = [syllable for at, syllable in enumerate(said) if at not in taken]
    if not rest:
        return True
    if len(rest) > LONGEST:
        return False
    question = context.tools.understanding.read(" ".join(rest))
    asked = question.intents or question.answers or question.codes or question.places
    numbered = any(syllable[0].isdigit() for syllable in rest)
    return (
        not asked
        and not numbered
        and not question.official
        and (len(question.concepts) <= STRANGERS)
    )

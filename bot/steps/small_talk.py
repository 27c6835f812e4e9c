"""Greetings, thanks, insults, commands to the bot: short fitting texts."""

from __future__ import annotations

from bot.context import Context
from bot.message import Reply, Status
from config.words import Smalltalk
from index.phrases import Phrases
from index.text import fold_syllable, syllables

PARTICLES = 2  # syllables such as "ad", "bạn ơi" that may stand around a greeting


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
        marked = syllables(context.text)
        found = self._patterns.find(marked, [fold_syllable(s) for s in marked])
        covered = sum(match.end - match.start for match in found)
        for match in found:
            kind = match.value
            # A greeting before a question is politeness; the question is what counts.
            if not kind.whole or covered >= len(marked) - PARTICLES:
                return Reply(Status(kind.status), kind.reply, context.understood)
        return None

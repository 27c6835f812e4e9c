"""Asking when the office is open, where it is, what its number is: what every office is asked."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Context
from bot.message import Reply, Status
from bot.steps.human import contact_lines
from config.office import Office
from index.phrases import Phrases
from index.text import fold_syllable


class Reach:
    """Answers messages that ask how the office behind the assistant is reached, and nothing else.

    Who names another office asks about that one, which the configuration knows nothing of.

    Args:
        office: who is behind the assistant.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        said = ((True, office.reach), (False, (*office.around, *office.itself)))
        self._phrases: Phrases[bool] = Phrases(
            (phrase, asks) for asks, phrases in said for phrase in phrases
        )

    def __call__(self, context: Context) -> Reply | None:
        if context.command is not None or context.chosen is not None:
            return None
        if not self._asks(context.asked.syllables):
            return None
        texts = context.tools.texts.human
        lines = list(contact_lines(self._office, texts)) or [texts.not_configured]
        return Reply(Status.ANSWERED, "\n".join(lines), context.bare)

    def _asks(self, said: Sequence[str]) -> bool:
        found = self._phrases.find(said, [fold_syllable(syllable) for syllable in said])
        known = {at for match in found for at in range(match.start, match.end)}
        return len(known) == len(said) and any(match.value for match in found)

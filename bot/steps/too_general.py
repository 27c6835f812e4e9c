"""Questions that do not say what they are about: "thủ tục", "hồ sơ cần gì"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Context
from bot.message import Choice, Reply, Status
from bot.offers import choice_of, numbered
from bot.steps.ask import examples
from bot.steps.remember import remember
from index.phrases import Phrases
from index.question import Question
from index.text import fold_syllable
from index.weighing import KIND


class TooGeneral:
    """Asks what is meant instead of answering at random.

    Args:
        general: words that do not say what is wanted.
    """

    def __init__(self, general: Sequence[str]) -> None:
        self._general = Phrases((phrase, None) for phrase in general)

    def __call__(self, context: Context) -> Reply | None:
        if context.chosen or context.followed or not self._says_little(context.asked):
            return None
        texts = context.tools.texts.clarify
        choices = _of_the_place(context)
        if len(choices) == 1:  # then there is nothing to ask
            return None
        choices = choices or examples(texts.examples)
        remember(context, choices=choices)
        lines = [texts.topic, *numbered(choices), "", texts.how]
        return Reply(Status.CLARIFY, "\n".join(lines), context.bare, choices=choices)

    def _says_little(self, question: Question) -> bool:
        """Say whether nothing but general words, a place or a year is left of a question."""
        named = [place.locality or place.name for place in question.places if place.end]
        if question.codes or question.official or (named and question.years):
            return False
        marked = list(question.syllables)
        folded = [fold_syllable(syllable) for syllable in marked]
        rest = {i for i, weight in enumerate(question.weights.tolist()) if weight > KIND}
        rest -= {i for i, syllable in enumerate(marked) if syllable in map(str, question.years)}
        for phrases in (self._general, Phrases((name, None) for name in named)):
            for found in phrases.find(marked, folded):
                rest -= set(range(found.start, found.end))
        return not rest


def _of_the_place(context: Context) -> tuple[Choice, ...]:
    """Offer the documents of the place that was named, if one was."""
    tools, question = context.tools, context.asked
    names = {place.name for place in question.places}
    hits = tools.searcher.search(question) if names else []
    own = [hit for hit in hits if hit.indexed.metadata.place in names]
    return tuple(
        choice_of(i, hit, context.text) for i, hit in enumerate(own[: tools.settings.choices], 1)
    )

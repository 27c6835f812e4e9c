"""What a question asks of a procedure: phrases that ask, and what they mean beside other words."""

from __future__ import annotations

from collections.abc import Sequence

from config.words import Intent, Words
from index.phrases import Found, Phrases


class Intents:
    """Recognises what is asked.

    Args:
        words: the intents and what is meant instead of them.
    """

    def __init__(self, words: Words) -> None:
        self._phrases: Phrases[Intent] = Phrases(
            (phrase, intent) for intent in words.intents for phrase in intent.phrases
        )
        self._mentions: Phrases[Intent] = Phrases(
            (phrase, intent)
            for intent in words.intents
            for phrase in (*intent.phrases, *intent.mentions)
        )
        self._by_name = {intent.name: intent for intent in words.intents}
        self._instead = [(i, _phrases(i.words), _phrases(i.unless)) for i in words.instead]

    def find(self, marked: Sequence[str], folded: list[str]) -> list[Found[Intent]]:
        """Return the phrases that ask; those that only name something where none asks."""
        return self._phrases.find(marked, folded) or self._mentions.find(marked, folded)

    def meant(
        self, found: Sequence[Found[Intent]], marked: Sequence[str], folded: list[str]
    ) -> tuple[Intent, ...]:
        """Return what is asked, each once, in the order of the question."""
        asked = tuple(dict.fromkeys(match.value for match in found))
        if len(asked) != 1:
            return asked
        for instead, words, unless in self._instead:
            fits = instead.asked == asked[0].name and words.find(marked, folded)
            if fits and not unless.find(marked, folded):
                return (self._by_name[instead.meant],)
        return asked


def _phrases(phrases: Sequence[str]) -> Phrases[None]:
    return Phrases((phrase, None) for phrase in phrases)

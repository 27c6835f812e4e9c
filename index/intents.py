"""What a question asks of a procedure: phrases that ask, and what they mean beside other words."""

from __future__ import annotations

from collections.abc import Sequence

from config.words import Instead, Intent, Words
from index.phrases import Found, Phrases
from index.text import folded_syllables


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
        self._instead = words.instead

    def find(self, marked: Sequence[str], folded: Sequence[str]) -> list[Found[Intent]]:
        """Return the phrases that ask; those that only name something where none asks."""
        return self._phrases.find(marked, folded) or self._mentions.find(marked, folded)

    def meant(self, found: Sequence[Found[Intent]], folded: Sequence[str]) -> tuple[Intent, ...]:
        """Return what is asked, each once, in the order of the question."""
        asked = tuple(dict.fromkeys(match.value for match in found))
        if len(asked) != 1:
            return asked
        said = _padded(folded)
        other = (i.meant for i in self._instead if i.asked == asked[0].name and _fits(i, said))
        return tuple(self._by_name[name] for name in other)[:1] or asked


def _fits(instead: Instead, said: str) -> bool:
    def stands(phrases: Sequence[str]) -> bool:
        return any(_padded(folded_syllables(phrase)) in said for phrase in phrases)

    return stands(instead.words) and not stands(instead.unless)


def _padded(syllables: Sequence[str]) -> str:
    return f" {' '.join(syllables)} "

"""Where a question begins and ends among the courtesies around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from config.words import Courtesies
from index.text import syllables


class Bare:
    """Finds the bare question in what was typed: "ad ơi cho em hỏi … vậy ạ".

    Whoever asks politely asks the same, and is to be given the same answer.

    Args:
        courtesies: what people say around a question.
    """

    def __init__(self, courtesies: Courtesies) -> None:
        self._before = _Edge(courtesies.before)
        self._following = _Edge(courtesies.following)
        self._after = _Edge(courtesies.after, end=True)
        self._closing = _Edge(courtesies.closing, end=True)
        self._asking = frozenset(courtesies.asking)

    def span(self, said: Sequence[str]) -> tuple[int, int]:
        """Return where the question begins and ends in its syllables, diacritics restored.

        Where it would not leave anything, nothing is taken off.
        """
        words = tuple(said)
        begin, end = 0, len(words)
        while size := self._opened(words, begin):
            begin += size
        while size := self._after.size(words[begin:end]) or self._closed(words[begin:end]):
            end -= size
        return (begin, end) if begin < end else (0, len(words))

    def _opened(self, words: tuple[str, ...], begin: int) -> int:
        size = self._before.size(words[begin:])
        return size or (self._following.size(words[begin:]) if begin else 0)

    def _closed(self, words: tuple[str, ...]) -> int:
        size = self._closing.size(words)
        return size if size and words[-size - 1 : -size] and words[-size - 1] in self._asking else 0


class _Edge:
    """Phrases that may stand at one end.

    Args:
        phrases: as written.
        end: which end.
    """

    def __init__(self, phrases: Iterable[str], end: bool = False) -> None:
        self._phrases = {tuple(syllables(phrase)) for phrase in phrases}
        self._longest = max(map(len, self._phrases), default=0)
        self._end = end

    def size(self, words: tuple[str, ...]) -> int:
        """Return how many syllables the longest phrase at that end has, 0 without one."""
        for size in range(min(self._longest, len(words)), 0, -1):
            if (words[-size:] if self._end else words[:size]) in self._phrases:
                return size
        return 0

"""Where a question begins and ends among the courtesies around it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from config.words import Courtesies
from index.text import fold_syllable, syllables

# Syllables with their diacritics restored, and whether each was typed without any.
Said = Sequence[tuple[str, bool]]


class Bare:
    """Finds the bare question in what was typed: "ad ơi cho em hỏi … vậy ạ".

    Whoever asks politely asks the same, and is to be given the same answer.

    Args:
        courtesies: what people say around a question.
        asked: phrases that may be asked about, of which nothing is taken off: "hỏi quy hoạch".
    """

    def __init__(self, courtesies: Courtesies, asked: Iterable[str] = ()) -> None:
        self._before = _Edge(courtesies.before)
        self._following = _Edge(courtesies.following)
        self._after = _Edge(courtesies.after, end=True)
        self._closing = _Edge(courtesies.closing, end=True, single=True)
        self._asking = frozenset(courtesies.asking)
        openings = (*courtesies.before, *courtesies.following)
        last = {phrase.split()[-1] for phrase in openings}
        self._asked = _Edge(phrase for phrase in asked if phrase.partition(" ")[0] in last)

    def span(self, said: Said) -> tuple[int, int]:
        """Return where the question begins and ends among syllables.

        Where it would not leave anything, nothing is taken off.
        """
        begin, end = 0, len(said)
        while size := self._opened(said, begin, end):
            begin += size
        if begin and self._asked.size(said, begin - 1, end):
            begin -= 1
        while size := self._after.size(said, begin, end) or self._closed(said, begin, end):
            end -= size
        return (begin, end) if begin < end else (0, len(said))

    def _opened(self, said: Said, begin: int, end: int) -> int:
        size = self._before.size(said, begin, end)
        return size or (self._following.size(said, begin, end) if begin else 0)

    def _closed(self, said: Said, begin: int, end: int) -> int:
        size = self._closing.size(said, begin, end)
        last = end - size - 1
        return size if size and last >= begin and said[last][0] in self._asking else 0


class _Edge:
    """Phrases that may stand at one end, typed with diacritics or without.

    Args:
        phrases: as written.
        end: which end.
        single: whether those of one syllable are known without their diacritics as well.
    """

    def __init__(self, phrases: Iterable[str], end: bool = False, single: bool = False) -> None:
        self._by_folded: defaultdict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
        for phrase in phrases:
            words = tuple(syllables(phrase))
            self._by_folded[tuple(map(fold_syllable, words))].append(words)
        self._longest = max(map(len, self._by_folded), default=0)
        self._end = end
        self._single = single

    def size(self, said: Said, begin: int, end: int) -> int:
        """Return how many syllables of `said[begin:end]` the longest phrase has, 0 without one."""
        for size in range(min(self._longest, end - begin), 0, -1):
            words = said[end - size : end] if self._end else said[begin : begin + size]
            known = self._by_folded.get(tuple(fold_syllable(word) for word, _ in words), ())
            if any(self._agrees(phrase, words) for phrase in known):
                return size
        return 0

    def _agrees(self, phrase: tuple[str, ...], words: Said) -> bool:
        # A mark that was only put there may be wrong: "con chao ad" is read "còn chào".
        lenient = len(phrase) > 1 or self._single
        return all(
            said == word or (lenient and unmarked)
            for word, (said, unmarked) in zip(phrase, words, strict=True)
        )

"""Names of indices, kinds of targets and fields in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from config.indicators import Indicators, Measure
from knowledge.lowering import lowered


@dataclass(frozen=True)
class Mention:
    """A name at `text[start:end]`; `key` is the index' code or the field's name."""

    key: str
    start: int
    end: int


class Names:
    """Finds the names of the vocabulary.

    Args:
        vocabulary: indices, measures, fields.
    """

    def __init__(self, vocabulary: Indicators) -> None:
        self.vocabulary = vocabulary
        self._indices = _Forms((form, e.key) for e in vocabulary.indices for form in e.forms)
        self._fields = _Forms((form, e.name) for e in vocabulary.fields for form in e.forms)

    def indices(self, low: str, start: int = 0, end: int | None = None) -> list[Mention]:
        """Return the indices named in `low[start:end]`; a name with its letters is one mention."""
        found: list[Mention] = []
        for mention in self._indices.find(low, start, len(low) if end is None else end):
            between = low[found[-1].end : mention.start] if found else "x"
            if found and found[-1].key == mention.key and _APPOSITION.fullmatch(between):
                found[-1] = Mention(mention.key, found[-1].start, mention.end)
            else:
                found.append(mention)
        return found

    def fields(self, low: str, start: int = 0, end: int | None = None) -> list[Mention]:
        """Return the fields named in `low[start:end]`."""
        return self._fields.find(low, start, len(low) if end is None else end)

    def key_of(self, words: str) -> str | None:
        """Return the code of the index or kind of target that an indicator is, None if of none."""
        low = lowered(words)
        indices = {mention.key for mention in self.indices(low)}
        if len(indices) == 1:
            return indices.pop()
        for measure in self.vocabulary.measures:
            if _is(measure, low):
                return measure.key
        return None

    def kinds_of(self, words: str) -> frozenset[str]:
        """Return the codes of all kinds of targets that an indicator is of, wide and narrow."""
        low = lowered(words)
        return frozenset(m.key for m in self.vocabulary.measures if _is(m, low))


_APPOSITION = re.compile(r"[^,;.]{0,40}\(\s*|\s*[-–:]\s*")


def _is(measure: Measure, low: str) -> bool:
    return all(any(word in low for word in group) for group in measure.all) and not any(
        word in low for word in measure.none
    )


class _Forms:
    """Written forms and what they stand for, the longest first."""

    def __init__(self, forms: Iterable[tuple[str, str]]) -> None:
        self._key = {" ".join(lowered(form).split()): key for form, key in forms}
        longest = sorted(self._key, key=len, reverse=True)
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")

    def find(self, low: str, start: int, end: int) -> list[Mention]:
        return [
            Mention(self._key[match.group()], match.start(), match.end())
            for match in self._pattern.finditer(low, start, end)
        ]

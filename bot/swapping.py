"""Putting a new place, year or index in the place of the one that the last question named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from index.question import Question
from index.text import fold
from knowledge.codes import code_mentions
from knowledge.places import Places

_BEFORE_PLACE = re.compile(r"(?:\b(?:tinh|thanh pho|tp\.?|huyen|quan|thi xa)\s+)$")
_YEARS = re.compile(
    r"(?:\b(?:giai doan|nam|tu nam|den nam)\s+)?\b20[0-4]\d\b"
    r"(?:\s*(?:[-–,]|va|den|den nam)\s*20[0-4]\d\b)*"
)

Spans = list[tuple[int, int]]


class Swapper:
    """Changes one thing of a question and leaves the rest.

    Args:
        indicators: short name of an index → its other names.
    """

    def __init__(self, indicators: Mapping[str, Sequence[str]]) -> None:
        forms = {fold(form) for name, others in indicators.items() for form in (name, *others)}
        longest_first = sorted(forms, key=len, reverse=True)
        any_form = rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b"
        # "Chỉ số cải cách hành chính (PAR Index)" is one name.
        self._indicator = re.compile(
            rf"(?:\bchi so\s+)?{any_form}(?:\s*\((?:\s*{any_form})\s*\))?" if forms else r"(?!)"
        )

    def with_place(self, text: str, question: Question, places: Places) -> str:
        """Return `text` for the place that `question` names; numbers of documents go out."""
        for code in reversed(code_mentions(text)):
            text = f"{text[: code.start]}{text[code.end :]}"
        mention = question.places[0]
        several = len(question.places) > 1
        written = question.typed[mention.start : mention.end] if several else None
        new = written or mention.locality or mention.name
        folded = fold(text)
        spans: Spans = []
        for old in places.find(text):
            before = _BEFORE_PLACE.search(folded[: old.start])
            spans.append((before.start() if before else old.start, old.end))
        return _swapped(text, list(dict.fromkeys(spans)), new, f"ở {new}")

    def with_years(self, text: str, years: Sequence[int]) -> str:
        """Return `text` for other years."""
        one = len(years) == 1
        new = f"năm {years[0]}" if one else f"giai đoạn {years[0]} - {years[-1]}"
        spans = [found.span() for found in _YEARS.finditer(fold(text))]
        return _swapped(text, spans, new, new)

    def is_indicator(self, subject: str) -> bool:
        """Say whether `subject` is nothing but the name of an index."""
        return bool(self._indicator.fullmatch(fold(subject)))

    def with_indicator(self, text: str, subject: str) -> str | None:
        """Return `text` for another index, None unless `subject` and `text` name one each."""
        if not self.is_indicator(subject):
            return None
        spans = [found.span() for found in self._indicator.finditer(fold(text))]
        return _swapped(text, spans, subject, subject) if spans else None


def _swapped(text: str, spans: Iterable[tuple[int, int]], new: str, added: str) -> str:
    """Return `text` with `new` in the first span and the others taken out; else `added` behind."""
    ordered = sorted(spans, reverse=True)
    if not ordered:
        return f"{text.rstrip(' ?.!')} {added}"
    for number, (start, end) in enumerate(ordered, 1):
        text = f"{text[:start]}{new if number == len(ordered) else ''}{text[end:]}"
    return " ".join(text.split())

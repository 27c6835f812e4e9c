"""From one sentence to the things that it measures, each with its figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from knowledge.targets.measuring import HEADED, Frame, Measured, measured
from knowledge.targets.quantities import Figures, Kind, Quantity
from knowledge.targets.row import Comparator
from knowledge.targets.series import series
from knowledge.targets.sharing import likewise, shared
from knowledge.targets.subjects import (
    clean_object,
    clean_subject,
    strip_start,
    subject_start,
    verb_before,
)

_BREAK = re.compile(r",|(?<!\w)và(?!\w)|(?<!\w)cùng với(?!\w)")
_SAME_AGAIN = re.compile(r"(?:tức(?: là)?|tương đương|tương ứng|hay|bằng)\s*$")
_FARTHER = re.compile(r"(?:hướng tới|tiến tới|hướng đến|tiến đến)\s*(?:mục tiêu\s*)?$")
_FROM_TO = re.compile(r"\s*(?:năm \d{4} |hiện nay )?(?:lên|xuống|còn)(?!\w)")
_WHOLE = r"(?P<all>tất cả|toàn bộ|mọi)(?: các| những)? (?:{things})(?!\w)"
_PREPOSITION = re.compile(
    r"(?:trong|với|đối với|của|cho|trên|tới|ở|từ|về|là|tại|theo|vào|và|cùng|bằng|giải quyết"
    r"|lấy)\s+$"
)
_PREDICATE = re.compile(r"(?<!\w)(?:được|phải|đều|là)(?!\w)")
_NEW_SUBJECT = re.compile(r"(?:giảm|tăng|nâng|số hóa|chỉ số)(?!\w)")


class Clauses:
    """Reads the clauses of sentences.

    Args:
        figures: finds figures.
        wholes: what "tất cả …" makes a share of 100 %.
    """

    def __init__(self, figures: Figures, wholes: tuple[str, ...]) -> None:
        self._figures = figures
        longest = sorted((thing.lower() for thing in wholes), key=len, reverse=True)
        self._whole = re.compile(
            rf"(?<!\w){_WHOLE.format(things='|'.join(map(re.escape, longest)))}"
        )

    def read(self, low: str, start: int, end: int) -> Iterator[Measured]:
        """Yield what a sentence measures, in order.

        Args:
            low: the text in small letters.
            start, end: the sentence.
        """
        begin = start
        for stop in [match.start() for match in re.finditer(";", low[start:end])]:
            yield from self._clause(low, begin, start + stop)
            begin = start + stop + 1
        yield from self._clause(low, begin, end)

    def _clause(self, low: str, start: int, end: int) -> Iterator[Measured]:
        found = self._figures.find(low, start, end)
        kept = [q for i, q in enumerate(found) if _counts(low, found, i, start)]
        kept = kept or list(self._wholes(low, start, end))
        members = series(low, kept, start, end)
        if members is not None:
            frame, span = Frame(start, end, start, end), (start, kept[0].start)
            for quantity, member in zip(kept, members, strict=True):
                quantity = likewise(quantity, kept[0])
                words = clean_subject(member.words)
                yield Measured(quantity, frame, span, words, year=member.year)
            return
        yield from shared(low, list(self._measured(low, kept, start, end)))

    def _measured(self, low: str, kept: list[Quantity], start: int, end: int) -> Iterator[Measured]:
        """Yield what each figure of a clause measures by itself."""
        before: Measured | None = None
        left = start
        for quantity, following in zip_longest(kept, kept[1:]):
            right = following.start if following else end
            before = measured(low, quantity, Frame(left, right, start, end), before)
            if following is not None:
                left = _parting(low, quantity.end, following, before)
                before = _shortened(low, before, left)
            yield before

    def _wholes(self, low: str, start: int, end: int) -> Iterator[Quantity]:
        """Yield 100 % for "tất cả văn bản … được …"."""
        for match in self._whole.finditer(low, start, end):
            before = low[start : match.start()].rstrip()
            if _PREPOSITION.search(f"{before} "):
                continue
            opened = not strip_start(before).strip(" ,:") or subject_start(before) >= len(before)
            if opened and not _PREDICATE.search(low, match.end(), end):
                continue
            if not opened and len(verb_before(before).split()) not in (1, 2, 3):
                continue
            at, stop = match.start(), match.end("all")
            yield Quantity(Kind.SHARE, Comparator.EQUAL, 100.0, None, "%", at, stop, at, stop)
            return


def _counts(low: str, found: list[Quantity], number: int, start: int) -> bool:
    """Say whether a figure is one of its own and not a remark on another."""
    quantity = found[number]
    before = low[start : quantity.start].rstrip(" (")
    if _SAME_AGAIN.search(before):
        return False
    if number and _FARTHER.search(before) and found[number - 1].kind is quantity.kind:
        return False
    if _in_brackets(low, quantity, start):
        return quantity.kind is Kind.RANK and number == 0
    follows = found[number + 1] if number + 1 < len(found) else None
    if follows is not None and quantity.kind is follows.kind:
        between = low[quantity.end : follows.start]
        prefix = low[quantity.start : quantity.number].strip()
        if prefix.endswith("từ") and _FROM_TO.match(between) and len(between.split()) <= 5:
            return False
    return True


def _in_brackets(low: str, quantity: Quantity, start: int) -> bool:
    """Say whether a figure is a part of what brackets hold, not all of it."""
    opening = low.rfind("(", start, quantity.start)
    if opening < 0 or ")" in low[opening : quantity.start]:
        return False
    closing = low.find(")", quantity.end)
    alone = low[opening + 1 : quantity.start].strip() in ("", "đạt", "phấn đấu đạt", "từ")
    return not (alone and closing >= 0 and not low[quantity.end : closing].strip())


def _shortened(low: str, found: Measured, stop: int) -> Measured:
    """Return a figure whose noun stands behind it without the words of the next one."""
    first = found.subject[0]
    if first < found.quantity.end:
        return found
    words = clean_object(low[first:stop])
    return replace(
        found,
        subject=(first, stop),
        words=f"{found.verb} {words}".strip() if words else found.words,
    )


def _open(words: str) -> bool:
    """Say whether a bracket is open at the end of words."""
    return words.count("(") > words.count(")")


def _parting(low: str, start: int, following: Quantity, found: Measured) -> int:
    """Return where, between two figures, the words of the second one begin."""
    between = low[start : following.start]
    breaks = [match for match in _BREAK.finditer(between) if not _open(between[: match.start()])]
    if not breaks:
        return start
    if found.subject[0] < found.quantity.end and not found.verb:
        return start + breaks[0].start()
    for match in breaks:
        rest = strip_start(between[match.end() :])
        if HEADED.match(rest) or _NEW_SUBJECT.match(rest) or not rest.strip():
            return start + match.start()
    return start + breaks[-1].start()

"""Sentences of a document, each with the headings and leading words that govern it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.document import Document
from knowledge.sentences import sentence_spans

ROW = " | "

_HEADLINES = 3  # lines at the top that may be headlines
_TITLE_WORDS = 14
_CLOSING = ".;:,!?…"

_MARKER = re.compile(
    r"\s*(?:[-–—+•*▪●○◦]\s*|\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)]\s+|\(?[a-zđ]\d?[.)]\s+"
    r"|[ivx]{1,5}\.\s+|(?:\d{1,2}|[ivx]{1,4})\s?-\s+|điều \d{1,2}[.:]\s+)+"
)
_LEAD = re.compile(r"(?P<lead>(?:(?!phần trăm)[^:;%|]){2,160})(?<!trong đó):\s+(?=\S)")
#: What a document rests on governs nothing of it, though "ban hành kế hoạch như sau:" ends it.
_GROUNDS = re.compile(
    r"\s*(?:[-–+•]\s*)?(?:căn cứ|thực hiện|theo|trên cơ sở|xét)(?!\w)[^\n]{0,60}?(?<!\w)(?:luật"
    r"|nghị định"
    r"|nghị quyết|quyết định|kế hoạch|chương trình|công văn|chỉ thị|thông tư|đề nghị|tờ trình"
    r"|đề án|kết luận)(?!\w)"
)
_LAST = re.compile(r"(?:.*[.!?]\s+)?(?P<last>.+?)\s*:?\s*$", re.DOTALL)


@dataclass(frozen=True)
class Sentence:
    """A sentence or list item.

    Attributes:
        start, end: without its bullet and its leading words.
        whole: where it begins with them.
        parts: what governs it, small letters, outermost first: headings, the line above a list,
            its own leading words ("Đến năm 2025:").
        line: number of its line, for what carries on within one paragraph.
        headline: whether it stands over the text and sums it up.
    """

    start: int
    end: int
    whole: int
    parts: tuple[str, ...]
    line: int
    headline: bool = False


@dataclass(frozen=True)
class TableLine:
    """A table row of the text and the headings above it."""

    start: int
    end: int
    parts: tuple[str, ...]


def sentences(document: Document, low: str) -> Iterator[Sentence]:
    """Yield the sentences of a document in reading order.

    Args:
        document: the document.
        low: its text in small letters.
    """
    return (part for part in passages(document, low) if isinstance(part, Sentence))


def passages(document: Document, low: str) -> Iterator[Sentence | TableLine]:
    """Yield sentences and table rows in reading order.

    Args:
        document: the document.
        low: its text in small letters.
    """
    paths = _Paths(document)
    leads: dict[str, str] = {}
    title = document.title.rstrip(" …")
    at = opening = 0
    lines = document.text.split("\n")
    for number, line in enumerate(lines):
        start, end = at, at + len(line)
        at = end + 1
        if not line.strip():
            continue
        if ROW in line:
            yield TableLine(start, end, paths.above(start, ""))
            continue
        parts = paths.above(start, low[start:end])
        marker = _MARKER.match(low, start, end)
        style = low[start : marker.end()].strip()[-1:] if marker else ""
        lead: tuple[str, ...] = ()
        if not marker:
            leads.clear()
        else:
            _forget_below(leads, style)
        governing = (*parts, *(lead for lead in leads.values() if lead not in parts))
        headline = line.strip().startswith(title) or (
            opening < _HEADLINES and not marker and line.rstrip()[-1] not in _CLOSING
        )
        opening += 1
        begin = marker.end() if marker else start
        for first, last in _joined(document.text, begin, end):
            match = _LEAD.match(low, first, last)
            if match:
                lead = (match["lead"].strip(),)
            inner = match.end() if match else first
            yield Sentence(inner, last, first, (*governing, *lead), number, headline)
        leading = line.rstrip().endswith(":") or (
            marker is not None and _titles(line, next(filter(str.strip, lines[number + 1 :]), ""))
        )
        if leading and not _GROUNDS.match(low, start, end):
            leads[style] = _last_sentence(low[begin:end])


def _titles(line: str, following: str) -> bool:
    """Say whether a numbered line is the title of the list below it: "2.2. Đến năm 2030"."""
    own, other = _MARKER.match(line.lower()), _MARKER.match(following.lower())
    if own is None or other is None or line.rstrip()[-1] in _CLOSING:
        return False
    return (
        len(line.split()) <= _TITLE_WORDS
        and own.group().strip()[:1].isalnum()
        and not other.group().strip()[:1].isalnum()
        and "%" not in line
    )


def _forget_below(leads: dict[str, str], style: str) -> None:
    """Forget what led lists that an item of `style` has ended."""
    if style in leads:
        names = list(leads)
        for name in names[names.index(style) :]:
            del leads[name]


def _joined(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentences with the clauses that semicolons part put together again."""
    begin: int | None = None
    for first, last in sentence_spans(text, start, end):
        begin = first if begin is None else begin
        if text[last - 1] == ";" and last < end:
            continue
        yield begin, last
        begin = None
    if begin is not None:
        yield begin, end


class _Paths:
    """The headings above any offset."""

    def __init__(self, document: Document) -> None:
        self._starts = [section.start for section in document.sections]
        self._paths = [
            tuple(
                _last_sentence(title.lower())
                for title in section.heading
                if not _GROUNDS.match(title.lower())
            )
            for section in document.sections
        ]

    def above(self, offset: int, line: str) -> tuple[str, ...]:
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return ()
        return tuple(part for part in self._paths[at] if part not in line)


def _last_sentence(text: str) -> str:
    match = _LAST.fullmatch(text.strip())
    return match["last"].strip() if match else text

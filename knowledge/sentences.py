"""Where sentences and list items begin and end.

Spans, not strings: what is cut here is shown as a quote, so it has to be a slice of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

#: A clause before or after a semicolon is a quote of its own only when it is longer than this.
_CLAUSE = 60

_LINE = re.compile(r"[^\n]+")
_STOP = re.compile(r"(?:[.!?]+|…+|;)[\"”’»)\]]*(?=\s|$)|(?<=[a-zà-ỹđ]{2})\.(?=[A-ZÀ-ỸĐ][a-zà-ỹđ])")
_MARKER = re.compile(
    r"\s*(?:[-+•*–]\s*)?(?:(?:Điều|Khoản|Chương|Mục|Tiểu mục|Phần|Phụ lục|Bước|Biểu|Mẫu số)\s+)?"
    r"(?:\d{1,3}(?:\.\d{1,3})*[a-zđ]?|[IVXLC]+|[A-Za-zđĐ]\d?)\.$",
    re.IGNORECASE,
)
_INLINE_NUMBER = re.compile(
    r"(?:[:;,–]\s+|\(|\b(?:Điều|Khoản|Mục|Bước|Chương)\s+)(?:\d{1,3}|[IVX]+)\.$"
)
_ABBREVIATION = re.compile(
    r"(?<![^\W_])(?:[A-ZĐ]|TP|Tp|tp|ThS|Ths|Th|TS|PGS|GS|BS|CN|KS|TT|TX|Tx|Tr|tr|số|Số|St|Dr|Mr|Ms"
    r"|vd|VD|đ/c|Đ/c|NXB|ĐT|Tel|No|stt|STT)\.$"
)
_AND_SO_ON = re.compile(r"(?<!\w)v\.\s?v\.+$")


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Cut a text into sentences and list items.

    Lines always end a sentence. Numbers, abbreviations, initials, addresses of web pages and the
    numbers of headings and list items do not; a semicolon does between long clauses.

    Args:
        text: the text.
        start: where to begin.
        end: where to stop; the end of the text if left out.

    Returns:
        Spans into `text` in order, without white space around them. They do not overlap and
        together hold every character of the range that is not white space.
    """
    spans: list[tuple[int, int]] = []
    for line in _LINE.finditer(text, start, len(text) if end is None else end):
        begin = line.start()
        for stop in _stops(text, line.start(), line.end()):
            spans.append(_trimmed(text, begin, stop))
            begin = stop
        spans.append(_trimmed(text, begin, line.end()))
    return [span for span in spans if span[0] < span[1]]


def _stops(text: str, start: int, end: int) -> Iterator[int]:
    """Offsets inside a line at which a sentence ends."""
    candidates = [m for m in _STOP.finditer(text, start, end) if m.end() < end]
    begin = start
    for at, match in enumerate(candidates):
        if match.group()[0] == ";":
            following = candidates[at + 1].start() if at + 1 < len(candidates) else end
            if match.start() - begin <= _CLAUSE or following - match.end() <= _CLAUSE:
                continue
        elif not _ends_sentence(text, begin, match, end):
            continue
        yield match.end()
        begin = match.end()


def _ends_sentence(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    after = text[match.end() : end].lstrip()
    if match.group()[0] in "!?":
        return True
    if not after or after[0].islower():
        return False
    before = text[max(begin, match.start() - 40) : match.start() + 1]
    if match.group() != ".":
        return True
    if _AND_SO_ON.search(before):
        return after[0].isupper()
    whole = text[begin : match.start() + 1]
    return not (
        _MARKER.match(whole) or _INLINE_NUMBER.search(before) or _ABBREVIATION.search(before)
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end

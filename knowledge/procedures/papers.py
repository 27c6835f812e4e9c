"""The table of papers, whose rows end in "1 bản chính,1 bản sao" glued to the paper's name."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from knowledge.procedures.facts import Paper, Span
from knowledge.procedures.letters import UPPER

_COUNT = re.compile(
    r"(?:(?<=/(?:19|20)\d\d)|(?<![(\d]))"
    r"(?:(\d{1,2}) bản chính(?:,\s?(\d{1,2}) bản sao)?|(\d{1,2}) bản sao)(?=\s*(?:\n|\Z))"
)
_BULLET = re.compile(
    r"\s*(?:[-–+*•●]+|\(?(?:\d{1,2}(?:\.\d+)*|[ivx]{1,4}|[a-zđ])[.)]\)?(?=\s)|\(\d{1,2}\)|\([ivx]+\))\s*"
)
_ITEM = re.compile(rf"(?<=[.;:])\s+(?=[-–+]\s?[{UPPER}])")
_INTRODUCTION = re.compile(
    r"(?:[-+*]\s*)?(?:(?:Đối với|Trường hợp|Hồ sơ|Thành phần|Lưu ý|Gồm)\b[^\n]*"
    r"|[^\n]*(?::|phải (?:có|nộp)|gồm|sau(?: đây)?)\s*)"
)
_NO_PAPER = re.compile(
    r"(?:số (?:lượng|bộ)(?: bộ)? (?:hồ sơ|:)|số lượng:|lưu ý|ghi chú|không (?:có|quy định)\b)",
    re.IGNORECASE,
)
_FILE = re.compile(r"\.(?:docx?|pdf|xlsx?|rar|zip|rtf|png|jpe?g)\s*$", re.IGNORECASE)
_NAMED_FORM = re.compile(
    r"(?<=[^\s(/\-])(?:(?<!\d)\d{1,3}[-.] ?)?"
    r"(?:Mẫu|MẪU|Mau|MAU|mẫu|mau|Phụ lục|Phu luc|PL|Biểu|BM)(?![a-zà-ỹđ])"
)
_FORM = re.compile(rf"(?<=[.;)\]])(?=[^\s.;)\]])|(?<=[a-zà-ỹđ])(?=[{UPPER}0-9])")
_NUMBER_BEFORE_FORM = re.compile(
    r"(?:TT|NĐ|QĐ|NQ)-(?:BNNPTNT|BNNMT|BGTVT|BTNMT|NHNN|BTC|BCA|BTP|BXD|BQP|BYT|BCT|TTg|CP)(?=[^\s).,;])"
)
_STRAY = re.compile(r"(?<=[.;)])\s?\d{1,2}[.-]?\s*$")
_HEAD_ENDS = re.compile(rf"[.;](?=\s|$|[{UPPER}][a-zà-ỹđ])|: \d+ bản (?:chính|sao)|\s*$")
_SHORTEST = 4  # characters of a name
LONGEST_FORM = 200  # characters of the names of the form's files


def read_papers(text: str, span: Span, headings: Container[str]) -> tuple[Paper, ...]:
    """Read the rows of the tables of papers.

    Args:
        text: the document's text.
        span: where the tables stand in it.
        headings: lines that say for which case the table below them is.
    """
    papers: list[Paper] = []
    case: str | None = None
    begin = span[0]
    for count in _COUNT.finditer(text, *span):
        for start, end in _lines(text, begin, count.start()):
            if text[start:end] in headings:
                case, begin = text[start:end], end
        numbers = tuple(int(n) for n in (count[1] or 0, count[2] or count[3] or 0))
        if any(numbers):
            whole = _trimmed(text, begin, count.end())
            papers += _papers(text, whole, count.start(), numbers, case)
        begin = count.end()
    return tuple(papers)


def _papers(
    text: str, whole: Span, end: int, numbers: tuple[int, ...], case: str | None
) -> Iterator[Paper]:
    """Yield the papers of one row; some rows list several."""
    name, form = _without_form(text[whole[0] : end])
    first, line, rest = name.partition("\n")
    if line and _INTRODUCTION.fullmatch(first.strip()):
        case, name = first.strip(" *:"), rest
    items = _ITEM.split(name)
    if len(items) > 1 and _INTRODUCTION.fullmatch(items[0].strip()):
        items = items[1:]
    for item in items:
        words = _head(item)
        if len(words) >= _SHORTEST and not _NO_PAPER.match(words):
            yield Paper(words, numbers[0], numbers[1], form, case, whole)


def _without_form(row: str) -> tuple[str, str | None]:
    """Cut the name of the form's file off the end of a row."""
    file = _FILE.search(row)
    if file is None:
        return row, None
    first, last = max(row.rfind("\n") + 1, len(row) - LONGEST_FORM), file.start()
    named = _NAMED_FORM.search(row, first, last)
    numbered = _NUMBER_BEFORE_FORM.search(row, first, last)
    begins = [match.start() for match in _FORM.finditer(row, first, last)]
    ends = [named.start()] if named else [numbered.end()] if numbered else begins[-1:]
    at = ends[0] if ends else len(row)
    return row[:at], row[at:].strip() or None


def _head(item: str) -> str:
    """Return a paper's name: the first sentence or clause, brackets aside."""
    words = item[match.end() :] if (match := _BULLET.match(item)) else item
    words = words.strip()
    for end in _HEAD_ENDS.finditer(words):
        head = words[: end.start()]
        if head.count("(") <= head.count(")") and len(head) >= _SHORTEST:
            return _STRAY.sub("", head).strip(" .;")
    return words.strip(" .;")


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    for match in re.finditer(r"[^\n]+", text[start:end]):
        yield start + match.start(), start + match.end()


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    return start, end

"""Lines of PDF pages: margins taken off, paragraphs put together."""

from __future__ import annotations

import re
from collections import Counter

from knowledge.readers.lines import begins_item, begins_part, ends_sentence

_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–—\s]*", re.IGNORECASE)
# Words that no heading or sentence ends with: what follows belongs to them.
_LINK = re.compile(
    r"\b(?:tại|của|và|theo|với|hoặc|đến|từ|các|những|về|cho|trong|trên|là|có|được|do|để|bằng|số|"
    r"năm|ngày|tháng|(?:khoản|điều) \d+|điểm \w)$",
    re.IGNORECASE,
)
_RANGE = re.compile(r"[-–] ?\d")
_MARGIN_LINES = 2
_FEWEST_PAGES = 3
_PAGE_SHARE = 0.5
_FULL_LINE = 0.8
_WIDE = 0.9


def without_margins(pages: list[list[str]]) -> list[str]:
    """Return the lines of all pages without page numbers and running heads or feet.

    Args:
        pages: the lines of each page, top to bottom.
    """
    repeated = _repeated(pages)
    lines: list[str] = []
    for page in pages:
        kept = list(page)
        while kept and (_PAGE_NUMBER.fullmatch(kept[0]) or _shape(kept[0]) in repeated):
            del kept[0]
        while kept and (_PAGE_NUMBER.fullmatch(kept[-1]) or _shape(kept[-1]) in repeated):
            del kept[-1]
        lines += kept
    return lines


def join_lines(lines: list[str]) -> list[str]:
    """Put lines that the page width broke together to paragraphs.

    A line goes on in the next one where it ends no sentence and the next one begins with a small
    letter, or where it fills the width and the next one begins no item, part or heading.
    """
    lengths = sorted(map(len, lines))
    width = lengths[int(len(lengths) * _WIDE)] if lengths else 0
    paragraphs: list[str] = []
    before = ""
    for line in lines:
        if paragraphs and _goes_on(before, line, width):
            paragraphs[-1] = f"{paragraphs[-1]} {line}"
        else:
            paragraphs.append(line)
        before = line
    return paragraphs


def _goes_on(before: str, line: str, width: int) -> bool:
    if before[-1].isdigit() and _RANGE.match(line):
        return True
    is_full = len(before) >= _FULL_LINE * width
    if begins_item(line):
        return False
    if ends_sentence(before):
        return is_full and before.endswith(";") and line[0].islower()
    if line[0].islower() or before.endswith(",") or _LINK.search(before):
        return True
    return is_full and not begins_part(line) and before.isupper() == line.isupper()


def _repeated(pages: list[list[str]]) -> set[str]:
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_shape(line) for line in (*page[:_MARGIN_LINES], *page[-_MARGIN_LINES:])})
    fewest = max(_FEWEST_PAGES, _PAGE_SHARE * len(pages))
    return {shape for shape, count in seen.items() if count >= fewest}


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", line).casefold()

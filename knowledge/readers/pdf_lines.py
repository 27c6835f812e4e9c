"""Lines of PDF pages: margins taken off, paragraphs put together."""

from __future__ import annotations

import re
from collections import Counter

from knowledge.readers.lines import begins_item, begins_part, ends_sentence
from knowledge.readers.rows import is_row, row_text

_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–—\s]*", re.IGNORECASE)
# Words that no heading or sentence ends with: what follows belongs to them.
_LINK = re.compile(
    r"\b(?:tại|của|và|theo|với|hoặc|đến|từ|các|những|về|cho|trong|trên|là|có|được|do|để|bằng|số|"
    r"năm|ngày|tháng|(?:khoản|điều) \d+|điểm \w)$",
    re.IGNORECASE,
)
_RANGE = re.compile(r"[-–] ?\d")
_TITLE_WORDS = 16
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


def join_rows(lines: list[str]) -> list[str]:
    """Put together what a page break parted of a table: its head once, its rows whole.

    A row goes on in the next one where that has no first cell and all that it says begins with
    a small letter below text.
    """
    joined: list[str] = []
    heads: list[str] = []
    for line in lines:
        if not is_row(line):
            heads = heads if _is_title(line) else []
            joined.append(line)
            continue
        if line in heads:
            continue
        if not heads or (joined[-1] in heads and line.startswith("|")):
            heads.append(line)  # the names of columns may take two rows
        before = joined[-1] if joined else ""
        if is_row(before) and (whole := _whole_row(before, line)):
            joined[-1] = whole
        else:
            joined.append(line)
    return joined


def _is_title(line: str) -> bool:
    """Say whether a line may be the title of a group of rows, merged over all columns."""
    return len(line.split()) <= _TITLE_WORDS


def _whole_row(before: str, line: str) -> str | None:
    upper = [cell.strip() for cell in f"{before} ".split("|")]
    lower = [cell.strip() for cell in f"{line} ".split("|")]
    if lower[0] or len(lower) > len(upper):
        return None
    lower += [""] * (len(upper) - len(lower))
    pairs = list(zip(upper, lower, strict=True))
    if not all(above and below[0].islower() for above, below in pairs if below):
        return None
    return row_text(f"{above} {below}" for above, below in pairs)


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
    if is_row(before) or is_row(line):
        return False
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

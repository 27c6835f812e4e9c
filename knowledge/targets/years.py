"""Which year a clause speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass

_YEAR = re.compile(r"(?<![\d/.,-])(?P<year>(?:19|20)\d\d)(?![\d/%]|[.,]\d)")
_STAGE = re.compile(r"(?:(?:19|20)\d\d)\s*(?:-|–|—|đến(?: năm)?)\s*(?P<end>(?:19|20)\d\d)(?![\d/])")
_MARKED = re.compile(
    r"(?:năm|đến|tới|cuối|hết|giai đoạn|tháng \d{1,2}\s*(?:/|-|năm)|quý [ivx\d]+\s*(?:/|-|năm)"
    r"|\d{1,2}\s*/\s*\d{1,2}\s*/)\s*$"
)
_MONTH_YEAR = re.compile(r"(?<!\d)(?:\d{1,2}\s*[/.-]\s*)?\d{1,2}\s*[/.-]\s*(?P<year>20\d\d)(?!\d)")
_BASELINE = re.compile(
    r"(?:so với|so sánh với|bằng với|cao hơn|thấp hơn|tính từ|kể từ)"
    r"[^;:,]{0,45}?(?:năm\s+)?(?:19|20)\d\d"
    r"|(?:kết quả|số liệu|báo cáo)\s+(?:của\s+)?năm\s+(?:19|20)\d\d"
    r"|từ\s+\S+\s*%\s+(?:của\s+)?(?:\(?\s*)?năm\s+(?:19|20)\d\d"
)
#: A document named by its number and day says nothing of when its contents hold.
_NAMED = re.compile(
    r"(?:số\s+)?[\w.]*\d+[\w.]*/[\w/-]*[a-zđ][\w-]*(?:\s+ngày\s+\d{1,2}\s*[/-]\s*\d{1,2}\s*[/-]\s*\d{4})?"
    r"|ngày\s+\d{1,2}(?:\s*[/-]\s*\d{1,2}\s*[/-]\s*|\s+tháng\s+\d{1,2}\s+năm\s+)\d{4}"
)
_UNTIL = re.compile(r"(?:trước|đến(?: hết)?|chậm nhất(?: là)?|xong|muộn nhất|tới|hạn)\s*$")
#: Done before a year begins is done by the end of the one before.
_BEFORE = re.compile(r"(?<!\w)trước năm\s+$")
_HORIZON = re.compile(r"(?:định hướng|tầm nhìn|hướng tới|hướng đến)\s*(?:đến|tới)?\s*(?:năm)?\s*$")


@dataclass(frozen=True)
class YearMention:
    """A year that a clause is set in: `text[start:end]` names it."""

    year: int
    start: int
    end: int


def year_mentions(low: str, start: int, end: int) -> list[YearMention]:
    """Return the years that `low[start:end]` is set in, in order.

    Years only compared with ("so với năm 2021"), of documents' dates and of far horizons
    ("định hướng đến năm 2030") are left out; a stage counts as its last year.

    Args:
        low: the text in small letters.
        start, end: the clause.
    """
    hidden = [match.span() for match in _BASELINE.finditer(low, start, end)]
    for match in _NAMED.finditer(low, start, end):
        if not _UNTIL.search(low, max(start, match.start() - 20), match.start()):
            hidden.append(match.span())
    found: list[YearMention] = []
    for match in _STAGE.finditer(low, start, end):
        if not _covered(match.start(), hidden):
            found.append(YearMention(int(match["end"]), match.start(), match.end()))
        hidden.append(match.span())
    for pattern in (_YEAR, _MONTH_YEAR):
        for match in pattern.finditer(low, start, end):
            at = match.start("year")
            if _covered(at, hidden) or _HORIZON.search(low, max(start, at - 40), at):
                continue
            marked = pattern is _MONTH_YEAR or _MARKED.search(low, max(start, at - 24), at)
            if not marked and low[start:end].strip(" :.()") != match["year"]:
                continue
            year = int(match["year"]) - bool(_BEFORE.search(low, max(start, at - 12), at))
            found.append(YearMention(year, match.start(), match.end()))
            hidden.append(match.span())
    return sorted(found, key=lambda mention: mention.start)


def _covered(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)

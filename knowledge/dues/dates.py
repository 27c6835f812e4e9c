"""Days, months, quarters and years by which something is due."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain

from knowledge.dues.due import Clause, Due

_BEFORE = (
    r"(?P<how>(?:hoàn thành |xong |kết thúc |thực hiện )?(?:trước|(?:chậm|muộn|trễ) nhất"
    r"|đến hết|hạn cuối(?: cùng)?|hạn chót|thời hạn|không muộn hơn|không quá"
    r"|không (?:được )?(?:để )?(?:kéo dài|chậm|muộn|trễ)\s+(?:quá|hơn)"
    r"|(?:thời gian )?hoàn thành(?=\s*:)|thời gian(?: thực hiện)?(?=\s*:)"
    r"|hạn|đến|ngay trong|trong|vào|xong)"
    r"(?: là| vào| trong| đến| đến hết| trước| hết| cuối)*)"
)
#: "trước 17 giờ 00, thứ Sáu, ngày 26/9".
_HOUR = (
    r"(?:\d{1,2}\s*(?:giờ|h|g)(?:\s*\d{2}(?:\s*phút)?)?\s*,?\s*)?"
    r"(?:(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)\s*,?\s*\(?(?=\s*ngày\s|\s*\d))?"
)
#: The year that an issued document calls its own, or the next one.
_THIS = r"(?:\s+(?P<this>này|tới|năm nay|năm sau|năm tới))?(?!\w)"
_DAY = re.compile(
    rf"(?P<yearly>(?:hằng|hàng|mỗi) năm\s*,?\s+)?"
    rf"(?:{_BEFORE}\s*:?\s*{_HOUR})?"
    rf"(?P<word>ngày\s+)?(?<![\d/.-])(?P<d>\d{{1,2}})(?:\s*[/.-]\s*"
    rf"(?P<m>\d{{1,2}})"
    r"(?:\s*[/.-]\s*(?P<y>\d{4}))?|\s+tháng\s+(?P<m2>\d{1,2})(?:\s*(?:năm|/|-)\s*(?P<y2>\d{4}))?"
    r"|\s+(?:của\s+)?tháng\s+(?P<rel>này|sau|tới))"
    r"(?![\d/.-]*\d|\s*%)(?P<each>\s+(?:của\s+)?(?:hằng|hàng|mỗi)\s+năm)?"
)
#: Parts of a month and the day that each of them ends with.
_PARTS = (
    r"(?:(?:nửa |thượng tuần |hạ tuần )?(?:đầu|cuối)|giữa|thượng tuần|trung tuần|hạ tuần"
    r"|tuần (?:đầu(?: tiên)?|cuối(?: cùng)?|(?:thứ )?(?:nhất|hai|ba|tư|0?[1-4])))(?: của)?"
)
_ENDS = {"nửa đầu": 15, "giữa": 20, "trung tuần": 20, "thượng tuần": 10, "tuần đầu": 7, "đầu": 10,
         "nhất": 7, "1": 7, "hai": 14, "2": 14, "ba": 21, "3": 21}  # fmt: skip
_MONTH = re.compile(
    rf"(?:{_BEFORE}\s*:?\s*)?(?P<part>{_PARTS}\s+)?tháng\s+(?:(?:\d{{1,2}}\s*[-–]\s*(?:tháng\s+)?)?(?P<m>\d{{1,2}})"
    rf"(?:\s*(?:năm|/|-)\s*(?P<y>\d{{4}}))?(?![\d/]){_THIS}|(?P<rel>này|sau|tới)(?!\w))"
)
_QUARTER = re.compile(
    rf"(?:{_BEFORE}\s*:?\s*)?(?:cuối |đầu )?quý\s+"
    r"(?:(?:i{1,3}|[1-3])\s*[-–]\s*(?:quý\s+)?)?(?P<q>i{1,3}|iv|[1-4])"
    rf"(?:\s*(?:năm|/|-|,)\s*(?P<y>\d{{4}}))?(?![\w/]){_THIS}"
)
_HALF = re.compile(
    rf"(?:{_BEFORE}\s*:?\s*)?(?P<half>[369]|0[369]) tháng (?P<part>đầu|cuối)\s+(?:của\s+)?"
    r"năm(?:\s+(?P<y>\d{4}))?(?![\d/])(?:\s+(?P<this>nay|sau|tới))?(?!\w)"
)
_YEAR = re.compile(rf"(?:{_BEFORE}\s*:?\s*)?(?:cuối )?năm\s+(?P<y>\d{{4}})(?![\d/])")
_WEEK = re.compile(rf"(?:{_BEFORE}\s*:?\s*)?tuần\s+(?P<rel>này|sau|tới)(?!\w)")
#: "từ ngày 10/10" in front of "đến ngày 20/10".
_RANGE_BEFORE = re.compile(r"từ\s+(?:ngày\s+)?[^,;.]{1,30}?$")
_SINCE = re.compile(r"(?:từ|kể từ|bắt đầu)\s*$")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_AND = re.compile(r"\s*(?:,|và)\s*")
_NOT_DUE = re.compile(r"(?:từ|kể từ|ban hành|ký|số|lúc|hôm|sáng|chiều|tin|đăng|ra)\s*$")
_LOOSE = ("vào", "trong")


def find(clause: Clause) -> Iterator[Due]:
    """Yield the days, quarters, months, weeks and years of a clause, by kind."""
    return chain(*(kind(clause) for kind in (_days, _quarters, _halves, _months, _weeks, _years)))


def _days(clause: Clause) -> Iterator[Due]:
    before: re.Match[str] | None = None
    for match in _DAY.finditer(clause.low, clause.start, clause.end):
        how = match["how"]
        if (
            how is None
            and before is not None
            and _AND.fullmatch(clause.low, before.end(), match.start())
        ):
            how = "trước"  # "trước 15/6 và 15/11"
        at = match.start()
        whole = bool(match["word"] or match["y"] or match["y2"])
        loose = how is None or how.split()[-1] in ("trong", "vào", "đến")
        if (how is None and not (match["word"] and whole)) or (
            not whole and (loose or not match["m"])
        ):
            continue
        firm = how is not None and how not in _LOOSE
        if how is None and _SINCE.search(clause.before(at)):
            continue
        if how and how.startswith("đến") and (span := _RANGE_BEFORE.search(clause.before(at))):
            at, firm = clause.start + span.start(), False
        if how is not None:
            before = match
        if match["each"] or match["yearly"]:
            rule = f"FREQ=YEARLY;BYMONTH={int(match['m'] or match['m2'])}"
            rule += f";BYMONTHDAY={int(match['d'])}"
            yield Due(rule, "recurring", match.start(), match.end(), True)
            continue
        day = _named_day(match, clause)
        kind = "date" if day else "wrong"
        if kind == "date" or firm:
            yield Due(day.isoformat() if day else None, kind, at, match.end(), firm)


def _named_day(match: re.Match[str], clause: Clause) -> date | None:
    if match["rel"]:
        month = _month_of(match["rel"], clause.on)
        return _day(month.year, month.month, int(match["d"])) if month else None
    written = match["y"] or match["y2"]
    of = int(written) if written else clause.year
    return _day(of, int(match["m"] or match["m2"]), int(match["d"])) if of else None


def _months(clause: Clause) -> Iterator[Due]:
    for match in _MONTH.finditer(clause.low, clause.start, clause.end):
        if match["rel"]:
            named = _month_of(match["rel"], clause.on)
            of, month = (named.year, named.month) if named else (None, 0)
        else:
            of, month = _year_of(match, clause), int(match["m"])
        if of is not None:
            yield from _closing(match, clause, of, month, 1)


def _quarters(clause: Clause) -> Iterator[Due]:
    for match in _QUARTER.finditer(clause.low, clause.start, clause.end):
        of = _year_of(match, clause)
        quarter = _ROMAN.get(match["q"]) or int(match["q"])
        if of is not None:
            yield from _closing(match, clause, of, 3 * quarter, 3)


def _halves(clause: Clause) -> Iterator[Due]:
    """Yield "trong 6 tháng đầu năm 2025"; without "trong" it mostly names what is told of."""
    for match in _HALF.finditer(clause.low, clause.start, clause.end):
        of = _year_of(match, clause)
        if of is not None and (match["how"] or match["y"]):
            month = int(match["half"]) if match["part"] == "đầu" else 12
            yield from _closing(match, clause, of, month, int(match["half"]))


def _weeks(clause: Clause) -> Iterator[Due]:
    for match in _WEEK.finditer(clause.low, clause.start, clause.end):
        if clause.on is not None:
            ahead = 6 - clause.on.weekday() + (0 if match["rel"] == "này" else 7)
            day = clause.on + timedelta(days=ahead)
            yield Due(day.isoformat(), "date", match.start(), match.end(), False)


def _years(clause: Clause) -> Iterator[Due]:
    for match in _YEAR.finditer(clause.low, clause.start, clause.end):
        how = match["how"] or ""
        if how or "cuối" in match.group():
            of = int(match["y"]) - how.endswith("trước")
            yield Due(date(of, 12, 31).isoformat(), "date", match.start(), match.end(), False)


def _year_of(match: re.Match[str], clause: Clause) -> int | None:
    """Return the year that a month or quarter is in, as said or as the clause has it."""
    if match["y"]:
        return int(match["y"])
    this = match["this"] or ""
    if this in ("năm sau", "sau") or this == "năm tới":
        of = clause.on.year if clause.on else clause.year
        return of + 1 if of else None
    if this and clause.on:
        return clause.on.year
    return clause.year


def _month_of(words: str, on: date | None) -> date | None:
    """Return a day of "tháng này" or "tháng sau", seen from the day that a document was issued."""
    if on is None:
        return None
    first = on.replace(day=1)
    return first if words == "này" else (first + timedelta(days=32)).replace(day=1)


def _closing(
    match: re.Match[str], clause: Clause, year: int, month: int, months: int
) -> Iterator[Due]:
    """Yield the last day of some months, or the day before their first one."""
    how, at = match["how"] or "", match.start()
    if not how and _NOT_DUE.search(clause.before(at)):
        return  # it only tells when something was
    if not 1 <= month <= 12:
        yield Due(None, "wrong", at, match.end(), bool(how))
        return
    if "trước" in how:
        day = date(year, month - months + 1, 1) - timedelta(days=1)
    else:
        part = (match.groupdict().get("part") or "").strip() if months == 1 else ""
        last = next((end for name, end in _ENDS.items() if _names(name, part)), None)
        day = date(year, month, last or monthrange(year, month)[1])
    latest = "nhất" in how or "hạn" in how
    firm = latest or (bool(how) and how.split()[-1] not in ("vào", "đến", "trong"))
    if how.startswith("đến") and (span := _RANGE_BEFORE.search(clause.before(at))):
        at, firm = clause.start + span.start(), False
    yield Due(day.isoformat(), "date", at, match.end(), firm)


def _names(name: str, part: str) -> bool:
    """Say whether a part of a month is the named one: "tuần thứ hai" is "hai"."""
    return part.startswith(name) or part.removesuffix(" của").endswith(f" {name}")


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

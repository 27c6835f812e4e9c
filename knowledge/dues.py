"""Times by which something is due, as plans write them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Due:
    """A time in a clause.

    Attributes:
        due: as in `Deadline`.
        kind: "date", "recurring", "relative" or "wrong".
        start, end: `text[start:end]` says it.
        firm: whether the words alone make a deadline of it ("trước ngày 15/12"); others ("trong
            quý III/2023", "hằng năm") need a task that is to be finished.
        after: the event that a relative time counts from.
    """

    due: str | None
    kind: str
    start: int
    end: int
    firm: bool
    after: str | None = None


_BEFORE = (
    r"(?P<how>(?:hoàn thành |xong |kết thúc |thực hiện )?(?:trước|chậm nhất|muộn nhất|đến hết"
    r"|hạn cuối"
    r"|hạn chót|thời hạn|không muộn hơn|không quá|hạn|đến|ngay trong|trong|vào|xong)"
    r"(?: là| vào| trong| đến| đến hết| trước| hết| cuối)*)"
)
_DAY = re.compile(
    rf"(?P<yearly>(?:hằng|hàng|mỗi) năm\s*,?\s+)?"
    rf"(?:{_BEFORE}\s*:?\s*(?:\d{{1,2}}\s*(?:giờ|h)(?:\s*\d{{2}}(?:\s*phút)?)?\s*,?\s*)?)?"
    rf"(?P<word>ngày\s+)?(?<![\d/.-])(?P<d>\d{{1,2}})(?:\s*[/.-]\s*"
    rf"(?P<m>\d{{1,2}})"
    r"(?:\s*[/.-]\s*(?P<y>\d{4}))?|\s+tháng\s+(?P<m2>\d{1,2})(?:\s*(?:năm|/|-)\s*(?P<y2>\d{4}))?)"
    r"(?![\d/.-]*\d|\s*%)(?P<each>\s+(?:hằng|hàng|mỗi)\s+năm)?"
)
_MONTH = re.compile(
    rf"(?:{_BEFORE}\s*:?\s*)?(?:cuối |đầu )?tháng\s+(?P<m>\d{{1,2}})"
    r"(?:\s*(?:năm|/|-)\s*(?P<y>\d{4}))?(?![\d/])"
)
_YEARLY_MONTH = re.compile(
    r"(?:(?:trước|trong|vào)\s+)?(?<!\d )(?:tháng\s+(?P<m>\d{1,2}(?:\s*(?:,|và)\s*(?:tháng\s+)?"
    r"\d{1,2})*)|quý\s+(?P<q>i{1,3}|iv|[1-4]))\s+(?:hằng|hàng|mỗi|các) năm(?!\w)"
)
_QUARTER = re.compile(
    rf"(?:{_BEFORE}\s*:?\s*)?(?:cuối |đầu )?quý\s+(?P<q>i{{1,3}}|iv|[1-4])"
    r"(?:\s*(?:năm|/|-|,)\s*(?P<y>\d{4}))?(?![\w/])"
)
_YEAR = re.compile(
    rf"(?:{_BEFORE}\s*:?\s*)?(?:(?P<half>\d) tháng (?P<part>đầu"
    rf"|cuối)\s+)?(?:cuối )?năm\s+(?P<y>\d{{4}})(?![\d/])"
)
_MONTHLY = re.compile(
    r"(?:(?:trước|chậm nhất|vào|muộn nhất)\s+(?:là\s+|vào\s+)?)?ngày\s+(?P<d>\d{1,2})\s+"
    r"(?:của\s+)?(?P<every>(?:hằng|hàng|mỗi) tháng"
    r"|(?:của )?tháng cuối(?: của)? (?:mỗi )?quý|tháng đầu(?: của)? quý sau)"
)
_RECURRING = re.compile(
    r"(?:định kỳ\s+)?(?:(?:hằng|hàng|mỗi)\s+(?P<unit>năm|quý|tháng|tuần|ngày)"
    r"|(?:định kỳ\s+)?(?P<n>\d+|một|hai|ba|sáu)\s+(?P<unit2>năm|quý|tháng|tuần)\s*"
    r"(?:/\s*lần|/?\s*(?:một|1|01)\s+lần)"
    r"|(?:ít nhất |tối thiểu )?(?:một|1|01)\s+lần\s*(?:/|trong một |trong "
    r"|mỗi )\s*(?P<unit3>năm|quý|tháng|tuần)"
    r"|định kỳ\s+(?:theo\s+)?(?P<unit4>năm|quý|tháng|tuần)(?:\s*,?\s*(?:và\s+)?(?:\d+ tháng|năm"
    r"|quý))*"
    r"|định kỳ\s+(?P<n5>\d+)\s+(?P<unit5>tháng|năm|tuần))(?!\w)"
    r"(?:\s+vào\s+(?:chiều\s+|sáng\s+)?thứ\s+\w+)?"
)
#: So many times in a span: "mỗi năm 02 lần", "2 lần/năm".
_TIMES = re.compile(
    r"(?:mỗi|hằng|hàng|một|01)\s+(?P<unit>năm|quý|tháng)\s+(?:ít nhất |tối thiểu )?"
    r"(?P<n>\d{1,2}|một|hai|ba|sáu)\s+lần(?!\w)"
    r"|(?:ít nhất |tối thiểu )?(?P<n2>\d{1,2}|một|hai|ba|sáu)\s+lần\s*(?:/\s*(?:01\s+)?"
    r"|trong một |trong |mỗi "
    r"|một )(?P<unit2>năm|quý|tháng)(?!\w)"
)
_MONTHS = {"năm": 12, "quý": 3, "tháng": 1}
_DAY_OF_MONTH = re.compile(
    r"(?:trước|chậm nhất|muộn nhất|vào)\s+(?:là\s+)?ngày\s+(?P<d>[12]?\d|3[01])(?!\d|\s*[/-]"
    r"|\.\d|\s*tháng)"
)
_RELATIVE = re.compile(
    r"(?:trong (?:thời hạn|vòng|thời gian)\s+)?"
    r"(?:chậm nhất(?: là)?(?: sau| trong)?|không quá|tối đa|trong(?: thời hạn| vòng| thời gian)?"
    r"|sau)\s+"
    r"(?P<n>\d{1,3})\s+(?P<unit>ngày làm việc|ngày|tháng|giờ)"
    r"(?:,)?\s+(?:kể\s+)?(?:từ|sau)\s+(?P<after>(?:ngày|khi|lúc|thời điểm)\s+[^,;.]+)"
)
_RANGE_BEFORE = re.compile(r"từ\s+(?:ngày\s+)?[^,;.]{1,30}?$")
_COUNTS = {"một": 1, "hai": 2, "ba": 3, "sáu": 6}
_EACH = {"năm": "YEARLY", "tháng": "MONTHLY", "tuần": "WEEKLY", "ngày": "DAILY"}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_AND = re.compile(r"\s*(?:,|và)\s*")
_NOT_DUE = re.compile(r"(?:từ|kể từ|ban hành|ký|số|lúc|hôm|sáng|chiều|tin|đăng|ra)\s*$")


def dues(low: str, start: int, end: int, year: int | None) -> list[Due]:
    """Return the times of `low[start:end]`, in order, not overlapping.

    Args:
        low: the text in small letters.
        start, end: the clause.
        year: the year of days and months that name none; None if it is not known.
    """
    found: list[Due] = []
    for finder in (_relative, _monthly, _days, _quarters, _months, _years, _recurring):
        for due in finder(low, start, end, year):
            if all(due.end <= other.start or due.start >= other.end for other in found):
                found.append(due)
    return sorted(found, key=lambda due: due.start)


def _relative(low: str, start: int, end: int, year: int | None) -> Iterator[Due]:
    for match in _RELATIVE.finditer(low, start, end):
        short = {"ngày làm việc": "wd", "ngày": "d", "tháng": "m", "giờ": "h"}[match["unit"]]
        due = f"+{int(match['n'])}{short}"
        yield Due(due, "relative", match.start(), match.end(), True, match["after"].strip())


def _monthly(low: str, start: int, end: int, year: int | None) -> Iterator[Due]:
    for match in _YEARLY_MONTH.finditer(low, start, end):
        if match["q"]:
            named = [3 * (_ROMAN.get(match["q"]) or int(match["q"]))]
        else:
            named = [int(month) for month in re.findall(r"\d+", match["m"])]
        if all(1 <= month <= 12 for month in named):
            rule = f"FREQ=YEARLY;BYMONTH={','.join(map(str, named))}"
            yield Due(rule, "recurring", match.start(), match.end(), True)
    for match in _MONTHLY.finditer(low, start, end):
        day = int(match["d"])
        rule = f"FREQ=MONTHLY;BYMONTHDAY={day}"
        if "quý" in match["every"]:
            months = "1,4,7,10" if "đầu" in match["every"] else "3,6,9,12"
            rule = f"FREQ=MONTHLY;BYMONTH={months};BYMONTHDAY={day}"
        kind = "recurring" if 1 <= day <= 31 else "wrong"
        yield Due(rule if kind == "recurring" else None, kind, match.start(), match.end(), True)


def _days(low: str, start: int, end: int, year: int | None) -> Iterator[Due]:
    before: re.Match[str] | None = None
    for match in _DAY.finditer(low, start, end):
        how = match["how"]
        if how is None and before is not None and _AND.fullmatch(low, before.end(), match.start()):
            how = "trước"  # "trước 15/6 và 15/11"
        whole = match["word"] or match["y"] or match["y2"]
        loose = how is None or how.split()[-1] in ("trong", "vào", "đến")
        if how is None or (not whole and (loose or not match["m"])):
            continue
        if how.startswith("đến") and _RANGE_BEFORE.search(low[start : match.start()]):
            continue
        if how in ("vào", "trong", "thời hạn"):
            continue
        before = match
        month = int(match["m"] or match["m2"])
        written = match["y"] or match["y2"]
        if match["each"] or match["yearly"]:
            rule = f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={int(match['d'])}"
            yield Due(rule, "recurring", match.start(), match.end(), True)
            continue
        of = int(written) if written else year
        day = _day(of, month, int(match["d"])) if of else None
        kind = "date" if day else "wrong"
        yield Due(day.isoformat() if day else None, kind, match.start(), match.end(), True)


def _months(low: str, start: int, end: int, year: int | None) -> Iterator[Due]:
    for match in _MONTH.finditer(low, start, end):
        of = int(match["y"]) if match["y"] else year
        how = match["how"] or ""
        if of is None or _bare(low, match, how, start):
            continue
        yield _closing(match, how, of, int(match["m"]), 1)


def _quarters(low: str, start: int, end: int, year: int | None) -> Iterator[Due]:
    for match in _QUARTER.finditer(low, start, end):
        of = int(match["y"]) if match["y"] else year
        how = match["how"] or ""
        if of is None or _bare(low, match, how, start):
            continue
        quarter = _ROMAN.get(match["q"]) or int(match["q"])
        yield _closing(match, how, of, 3 * quarter, 3)


def _years(low: str, start: int, end: int, year: int | None) -> Iterator[Due]:
    for match in _YEAR.finditer(low, start, end):
        how = match["how"] or ""
        if not how and not match["half"] and "cuối" not in match.group():
            continue
        of = int(match["y"])
        month = int(match["half"]) if match["part"] == "đầu" else 12
        if how.endswith("trước"):
            of -= 1
        day = _day(of, month, monthrange(of, month)[1]) if 1 <= month <= 12 else None
        if day:
            yield Due(day.isoformat(), "date", match.start(), match.end(), False)


def _recurring(low: str, start: int, end: int, year: int | None) -> Iterator[Due]:
    for match in _TIMES.finditer(low, start, end):
        unit = match["unit"] or match["unit2"]
        written = match["n"] or match["n2"]
        times = _COUNTS.get(written) or int(written)
        months = _MONTHS[unit]
        rule = f"FREQ={_EACH.get(unit, 'MONTHLY')}"
        if unit in ("năm", "quý") and 0 < times <= months and months % times == 0:
            every = months // times
            rule = "FREQ=YEARLY" if every == 12 else "FREQ=MONTHLY"
            rule += f";INTERVAL={every}" if 1 < every < 12 else ""
        yield Due(rule, "recurring", match.start(), match.end(), True)
    for match in _RECURRING.finditer(low, start, end):
        unit = next(match[g] for g in ("unit", "unit2", "unit3", "unit4", "unit5") if match[g])
        written = match["n"] or match["n5"] or "1"
        count = _COUNTS.get(written) or int(written)
        if unit == "quý":
            unit, count = "tháng", 3 * count
        rule = f"FREQ={_EACH[unit]}" + (f";INTERVAL={count}" if count > 1 else "")
        firm = "định kỳ" in match.group() or "lần" in match.group()
        day = _DAY_OF_MONTH.search(low, start, end) if rule == "FREQ=MONTHLY" else None
        if day:
            rule, firm = f"{rule};BYMONTHDAY={int(day['d'])}", True
        yield Due(rule, "recurring", match.start(), match.end(), firm)


def _bare(low: str, match: re.Match[str], how: str, start: int) -> bool:
    """Say whether a month or quarter only tells when something was."""
    before = low[start : match.start()]
    return (not how and bool(_NOT_DUE.search(before))) or (
        how.startswith("đến") and bool(_RANGE_BEFORE.search(before))
    )


def _closing(match: re.Match[str], how: str, year: int, month: int, months: int) -> Due:
    """Return the last day of a month or quarter, or the day before its first one."""
    if not 1 <= month <= 12:
        return Due(None, "wrong", match.start(), match.end(), bool(how))
    if "trước" in how:
        day = date(year, month - months + 1, 1) - timedelta(days=1)
    else:
        day = date(year, month, monthrange(year, month)[1])
    latest = "nhất" in how or "hạn" in how
    firm = latest or (bool(how) and how.split()[-1] not in ("vào", "đến", "trong"))
    return Due(day.isoformat(), "date", match.start(), match.end(), firm)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

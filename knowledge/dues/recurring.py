"""Times that come again: "trước ngày 23 hằng tháng", "6 tháng một lần", "thứ Sáu hằng tuần"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.dues.due import Clause, Due

_EVERY = r"(?:hằng|hàng|mỗi|từng)"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_COUNTS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "sáu": 6}
_COUNT = r"\d{1,2}|một|hai|ba|bốn|sáu"
_EACH = {"năm": "YEARLY", "tháng": "MONTHLY", "tuần": "WEEKLY", "ngày": "DAILY"}
_MONTHS = {"năm": 12, "quý": 3, "tháng": 1}

_YEARLY_MONTH = re.compile(
    r"(?:(?:trước|trong|vào)\s+)?(?<!\d )(?:tháng\s+(?P<m>\d{1,2}(?:\s*(?:,|và)\s*(?:tháng\s+)?"
    r"\d{1,2})*)|quý\s+(?P<q>i{1,3}|iv|[1-4]))\s+(?:hằng|hàng|mỗi|các) năm(?!\w)"
)
_MONTHLY = re.compile(
    r"(?:(?:trước|chậm nhất|vào|muộn nhất|trễ nhất)\s+(?:là\s+|vào\s+)?)?"
    r"ngày\s+(?P<d>\d{1,2})\s+"
    r"(?:của\s+)?(?P<every>(?:hằng|hàng|mỗi|từng) tháng"
    r"|(?:của )?tháng cuối(?: của)? (?:mỗi )?quý|tháng đầu(?: của)? quý sau)"
)
#: "trước 10 giờ thứ Sáu", "vào chiều thứ Năm hằng tuần", "trước 16h00 hằng ngày".
_HOUR = r"(?:lúc\s+)?\d{1,2}\s*(?:giờ|h|g)(?:\s*\d{2}(?:\s*phút)?)?\s*,?\s*"
_UNTIL = r"(?:(?:trước|chậm nhất|muộn nhất|vào|trong)\s+(?:là\s+|vào\s+|lúc\s+)?)"
_WEEKDAY = re.compile(
    rf"{_UNTIL}?(?:{_HOUR})?(?:cuối |đầu )?(?:buổi )?(?:sáng |chiều |ngày )*"
    r"(?:(?<!tuần )thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)(?P<each>\s*,?\s*(?:của\s+)?"
    rf"{_EVERY} tuần|\s+(?:đầu|cuối) tuần)?(?!\s*,?\s*(?:\(|ngày\s)?\s*\d|\w)"
)
#: "vào ngày cuối tháng", "cuối mỗi quý".
_LAST_OF = re.compile(
    rf"{_UNTIL}?(?:ngày (?:làm việc )?(?:cuối|cuối cùng)(?: của)?|cuối)\s+"
    r"(?P<each>(?:hằng|hàng|mỗi)\s+)?(?P<unit>tháng|quý)(?!\s*(?:\d|i|trước|này|sau|tới))(?!\w)"
)
#: "phát sóng 02 số/tháng"
_PER = re.compile(
    r"(?:ít nhất |tối thiểu )?\d{1,2}\s+(?:số|kỳ|chuyên mục|buổi|phiên|bản tin|chuyên trang)\s*/\s*"
    r"(?:01\s+)?(?P<unit>năm|quý|tháng|tuần)(?!\w)"
)
_DAILY = re.compile(rf"{_UNTIL}{_HOUR}{_EVERY} ngày(?!\w)")
_OF_WEEK = re.compile(r"(?<!\w)tuần(?!\w)")
_RECURRING = re.compile(
    r"(?:định kỳ\s+)?(?:(?:hằng|hàng|mỗi)\s+(?P<unit>năm|quý|tháng|tuần|ngày)"
    rf"|(?:định kỳ\s+)?(?P<n>{_COUNT})\s+(?P<unit2>năm|quý|tháng|tuần)\s*"
    r"(?:/\s*lần|/?\s*(?:một|1|01)\s+lần)"
    r"|(?:ít nhất |tối thiểu )?(?:một|1|01)\s+lần\s*(?:/|trong một |trong "
    r"|mỗi )\s*(?P<unit3>năm|quý|tháng|tuần|ngày)"
    r"|định kỳ\s+(?:theo\s+)?(?P<unit4>năm|quý|tháng|tuần)(?:\s*,?\s*(?:và\s+)?(?:\d+ tháng|năm"
    r"|quý))*"
    r"|định kỳ\s+(?P<n5>\d+)\s+(?P<unit5>tháng|năm|tuần))(?!\w)"
    r"(?:\s+vào\s+(?:chiều\s+|sáng\s+)?thứ\s+\w+)?"
)
#: So many times in a span: "mỗi năm 02 lần", "2 lần/năm", "mỗi tuần một lần".
_TIMES = re.compile(
    r"(?:mỗi|hằng|hàng|một|01)\s+(?P<unit>năm|quý|tháng|tuần|ngày)\s+(?:ít nhất |tối thiểu )?"
    rf"(?P<n>{_COUNT})\s+lần(?!\w)"
    rf"|(?:ít nhất |tối thiểu )?(?P<n2>{_COUNT})\s+lần\s*(?:/\s*(?:01\s+)?"
    r"|trong một |trong |mỗi "
    r"|một )(?P<unit2>năm|quý|tháng|tuần|ngày)(?!\w)"
)
_DAY_OF_MONTH = re.compile(
    r"(?:trước|chậm nhất|muộn nhất|vào)\s+(?:là\s+)?ngày\s+(?P<d>[12]?\d|3[01])(?!\d|\s*[/-]"
    r"|\.\d|\s*tháng)"
)


def on_days(clause: Clause) -> Iterator[Due]:
    """Yield what comes again on a day that is named: of the year, the month, the week."""
    low, start, end = clause.low, clause.start, clause.end
    for match in _YEARLY_MONTH.finditer(low, start, end):
        if match["q"]:
            named = [3 * (_ROMAN.get(match["q"]) or int(match["q"]))]
        else:
            named = [int(month) for month in re.findall(r"\d+", match["m"])]
        if all(1 <= month <= 12 for month in named):
            yield _rule(f"FREQ=YEARLY;BYMONTH={','.join(map(str, named))}", match)
    for match in _MONTHLY.finditer(low, start, end):
        day = int(match["d"])
        rule = f"FREQ=MONTHLY;BYMONTHDAY={day}"
        if "quý" in match["every"]:
            months = "1,4,7,10" if "đầu" in match["every"] else "3,6,9,12"
            rule = f"FREQ=MONTHLY;BYMONTH={months};BYMONTHDAY={day}"
        if 1 <= day <= 31:
            yield _rule(rule, match)
        else:
            yield Due(None, "wrong", match.start(), match.end(), True)
    for match in _WEEKDAY.finditer(low, start, end):
        if match["each"] or _OF_WEEK.search(low, max(start, match.start() - 30), match.start()):
            yield _rule("FREQ=WEEKLY", match)
    for match in _LAST_OF.finditer(low, start, end):
        if match["each"] or "ngày" in match.group():
            step = ";INTERVAL=3" if match["unit"] == "quý" else ""
            yield _rule(f"FREQ=MONTHLY{step}", match)
    for match in _DAILY.finditer(low, start, end):
        yield _rule("FREQ=DAILY", match)


def find(clause: Clause) -> Iterator[Due]:
    """Yield what comes again so many times in a span, or once in each."""
    low, start, end = clause.low, clause.start, clause.end
    for match in _TIMES.finditer(low, start, end):
        unit = match["unit"] or match["unit2"]
        written = match["n"] or match["n2"]
        times = _COUNTS.get(written) or int(written)
        months = _MONTHS.get(unit, 1)
        rule = f"FREQ={_EACH.get(unit, 'MONTHLY')}"
        if unit in ("năm", "quý") and 0 < times <= months and months % times == 0:
            every = months // times
            rule = "FREQ=YEARLY" if every == 12 else "FREQ=MONTHLY"
            rule += f";INTERVAL={every}" if 1 < every < 12 else ""
        yield _rule(rule, match)
    for match in _PER.finditer(low, start, end):
        step = ";INTERVAL=3" if match["unit"] == "quý" else ""
        yield _rule(f"FREQ={_EACH.get(match['unit'], 'MONTHLY')}{step}", match)
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


def _rule(rule: str, match: re.Match[str]) -> Due:
    return Due(rule, "recurring", match.start(), match.end(), True)

"""Figures in a clause: shares, ranks, steps up and down, scores, counts, money, time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from knowledge.targets.numbers import DIGITS, IN_WORDS, NUMERAL, value_of
from knowledge.targets.row import Comparator


class Kind(StrEnum):
    """What a figure is."""

    SHARE = "share"
    RANK = "rank"
    STEP = "step"
    SCORE = "score"
    COUNT = "count"
    TIME = "time"
    MONEY = "money"


@dataclass(frozen=True)
class Quantity:
    """A figure with the words that belong to it.

    Attributes:
        kind: what it is.
        comparator: how it is meant.
        value, upper: the figure, and the upper end of a range.
        unit: as rows name it.
        start, end: with the words of comparison, `text[start:end]`.
        number: where the bare figure begins.
        stop: where the figure with its unit ends, before words like "trở lên".
        strict, approximate: as in `Target`.
        stated: whether words of comparison stand beside it.
        change: "tăng" or "giảm" where the figure is a change.
        suffix: where words of comparison that stand apart begin ("từ 50% tổng số hồ sơ trở lên").
    """

    kind: Kind
    comparator: Comparator
    value: float
    upper: float | None
    unit: str
    start: int
    end: int
    number: int
    stop: int
    strict: bool = False
    approximate: bool = False
    stated: bool = False
    change: str | None = None
    suffix: int | None = None


_N = rf"(?:{NUMERAL}|{IN_WORDS})"
_DIGITS = rf"(?:{NUMERAL})"
_END = rf"(?:{DIGITS}|{IN_WORDS})"  # of a range
_TO = r"\s*(?:-|–|—|đến|tới)\s*(?:dưới\s+)?"
_TIME_UNITS = r"ngày làm việc|ngày|giờ làm việc|giờ|phút"
_PLACES = (
    r"tỉnh|thành phố|thành|địa phương|đơn vị|bộ|ngành|sở|quốc gia|nước|xã|huyện|phường|cơ quan"
    r"|vị trí|hạng"
)
_FIRST = r"đứng đầu|dẫn đầu|đầu bảng|cao nhất|tốt nhất|hàng đầu|đầu tiên|khá trở lên|tốt|đầu"

_PERCENT = re.compile(
    rf"(?P<a>{_N})(?:\s*(?:%|phần trăm))?{_TO}(?P<b>{_END})\s*(?:%|phần trăm)"
    rf"|(?P<c>{_N})\s*(?:%|phần trăm)"
)
_HALF = re.compile(r"(?<![\w/])(?:một nửa|phân nửa|1/2)(?=\s(?:số|tổng|các)\s)")
_GROUP = re.compile(
    rf"(?:trong |thuộc |vào |nằm |đứng |lọt |xếp )*(?:tốp|top|nhóm)\s*(?:đầu )?(?:các )?"
    rf"(?P<a>{_N})(?![.,]?\d|%)(?=(?P<rest>[^.;:]{{0,40}}))"
)
#: "vào nhóm 15" alone is a rank too.
_RANKING = re.compile(r"(?:trong|thuộc|vào|nằm|đứng|lọt|xếp)\s")
_ENDS = re.compile(r"\s*(?:$|[,;.)]|và\b|cả nước|toàn quốc|của|trên cả nước)")
_AMONG = re.compile(
    rf"(?:trong|thuộc|vào|là một trong)(?: số)?(?: các)? (?P<a>{_N}) (?:{_PLACES})"
    rf"[^.;:]{{0,40}}?(?:{_FIRST})"
)
_PLACE_IN_ORDER = re.compile(
    rf"(?:xếp(?: hạng| vị trí)?|đứng(?: vị trí)?|đạt (?:vị trí|thứ hạng|hạng|thứ)"
    rf"|giữ(?: vững)? (?:vị trí|thứ hạng|hạng|thứ)|vị trí"
    r"|thứ hạng|hạng|(?:từ|ở) thứ(?=\s*\d+\s*(?:/\d|trở lên|hoặc|toàn quốc|cả nước)))"
    rf"\s*(?:từ |thứ hạng |vị thứ |hạng |thứ )*(?P<a>{_DIGITS})(?:/\d+)?(?!\s*%)"
)
_STEP = re.compile(
    rf"(?P<a>{_N})(?:{_TO}(?P<b>{_END}))?\s*"
    r"(?P<unit>bậc|thứ bậc|hạng|điểm phần trăm|điểm|lần(?! lượt))"
)
#: "8/10 điểm"
_OUT_OF = re.compile(r"(?<![\w/.,-])(?P<a>\d+(?:,\d+)?)(?P<b>)/\d+\s*điểm(?!\w)")
_TIME = re.compile(rf"(?P<a>{_DIGITS})(?:{_TO}(?P<b>{_END}))?\s*(?P<unit>{_TIME_UNITS})(?!\w)")
_MONEY = re.compile(
    rf"(?P<a>{_DIGITS})(?:{_TO}(?P<b>{_END}))?\s*(?P<unit>(?:nghìn |ngàn )?(?:tỷ|tỉ|triệu|nghìn)?"
    r"\s?(?:đồng|usd))(?!\w)"
)

#: What is added or cut is counted, whatever it is: "giảm 03 phòng".
_CHANGED = re.compile(
    rf"(?<=(?:giảm|thêm)\s)(?P<a>{_DIGITS})(?P<b>)\s+(?P<unit>[^\W\d_]+)(?<!\snăm)(?<!\stháng)"
    r"(?<!\sngày)(?<!\slần)(?!\w)"
)

_AT_LEAST = (
    "không dưới", "không thấp hơn", "không ít hơn", "tối thiểu là", "tối thiểu", "ít nhất là",
    "ít nhất", "thấp nhất là", "thấp nhất", "từ", "≥", ">=", "bằng hoặc cao hơn",
)  # fmt: skip
_MORE_THAN = (
    "vượt mức", "vượt trên", "vượt", "trên mức", "trên", "hơn", "cao hơn", "lớn hơn", ">", "quá",
)  # fmt: skip
_AT_MOST = (
    "không vượt quá", "không vượt", "không quá", "không cao hơn", "không lớn hơn", "không trên",
    "không nhiều hơn", "không hơn", "tối đa là", "tối đa", "nhiều nhất", "≤", "<=", "cao nhất là",
)  # fmt: skip
_LESS_THAN = ("dưới mức", "dưới", "thấp hơn", "nhỏ hơn", "ít hơn", "<")
_ABOUT = ("khoảng", "xấp xỉ", "chừng", "~", "gần", "ước")

_PREFIXES: tuple[tuple[str, Comparator, bool, bool], ...] = tuple(
    sorted(
        (
            *((words, Comparator.AT_LEAST, False, False) for words in _AT_LEAST),
            *((words, Comparator.AT_LEAST, True, False) for words in _MORE_THAN),
            *((words, Comparator.AT_MOST, False, False) for words in _AT_MOST),
            *((words, Comparator.AT_MOST, True, False) for words in _LESS_THAN),
            *((words, Comparator.EQUAL, False, True) for words in _ABOUT),
        ),
        key=lambda entry: -len(entry[0]),
    )
)
#: "không để phát sinh quá 1% …" forbids more, as "không quá" does.
_NOT_LET = re.compile(r"không (?:để|có|còn)[^,;%]*$")
#: "không tiêu chí nào dưới 70%" asks for as much at least.
_NONE_BELOW = re.compile(r"không(?: để| có| còn)? [^,;%]*?(?<!\w)nào(?!\w)[^,;%]*$")
_UP = re.compile(r"\s*(?:trở lên|hoặc cao hơn|hoặc hơn|và cao hơn)(?!\w)")
_DOWN = re.compile(r"\s*(?:trở xuống|hoặc thấp hơn)(?!\w)")
_UP_APART = re.compile(r"trở lên(?!\w)")
_CHANGE = re.compile(
    r"(?:^|(?<!\w))(?P<verb>tăng|nâng|cải thiện|thăng|giảm|cắt giảm|rút ngắn|tiết giảm|tiết kiệm"
    r"|đơn giản hóa|hạ|tăng trưởng)(?P<mid>(?:\s+(?:ngay|thêm|bình quân|trung bình|được|tiếp"
    r"|hằng năm|hàng năm|mỗi năm|ít nhất|tối thiểu|khoảng|trên|từ|hơn))*)\s*$"
)
_DOWNWARD = frozenset(
    ("giảm", "cắt giảm", "rút ngắn", "tiết giảm", "tiết kiệm", "hạ", "đơn giản hóa")
)


class Figures:
    """Finds the figures of a clause.

    Args:
        units: what is counted, "phiếu", "nhiệm vụ".
    """

    def __init__(self, units: Sequence[str]) -> None:
        longest = sorted((unit.lower() for unit in units), key=len, reverse=True)
        named = "|".join(re.escape(unit) for unit in longest)
        self._count = re.compile(
            rf"(?P<a>{_DIGITS})(?:{_TO}(?P<b>{_END}))?\s+(?P<unit>{named})(?!\w)"
        )

    def find(self, low: str, start: int, end: int) -> list[Quantity]:
        """Return the figures of `low[start:end]` in order, not overlapping.

        Args:
            low: the text in small letters.
            start, end: the clause.
        """
        found: list[Quantity] = []
        taken = start
        candidates = sorted(self._candidates(low, start, end), key=lambda q: (q.number, -q.stop))
        for quantity in candidates:
            if quantity.number >= taken:
                found.append(_compared(quantity, low, max(taken, start), end))
                taken = found[-1].end
        return found

    def _candidates(self, low: str, start: int, end: int) -> Iterator[Quantity]:
        yield from _shares(low, start, end)
        yield from _groups(low, start, end)
        for match in _STEP.finditer(low, start, end):
            unit = match["unit"].replace("thứ bậc", "bậc").replace("hạng", "bậc")
            kind = Kind.SCORE if unit == "điểm" else Kind.STEP
            yield from _made(match, kind, unit)
        for match in _OUT_OF.finditer(low, start, end):
            yield from _made(match, Kind.SCORE, "điểm")
        for match in _TIME.finditer(low, start, end):
            yield from _made(match, Kind.TIME, match["unit"])
        for match in _MONEY.finditer(low, start, end):
            yield from _made(match, Kind.MONEY, " ".join(match["unit"].split()))
        for match in self._count.finditer(low, start, end):
            yield from _made(match, Kind.COUNT, match["unit"])
        for match in _CHANGED.finditer(low, start, end):
            yield from _made(match, Kind.COUNT, match["unit"])


def _shares(low: str, start: int, end: int) -> Iterator[Quantity]:
    for match in _PERCENT.finditer(low, start, end):
        lower = value_of(match["a"] or match["c"])
        upper = value_of(match["b"]) if match["b"] else None
        if lower is not None:
            at = match.start()
            yield Quantity(
                Kind.SHARE, Comparator.EQUAL, lower, upper, "%", at, match.end(), at, match.end()
            )
    for match in _HALF.finditer(low, start, end):
        at, stop = match.span()
        yield Quantity(Kind.SHARE, Comparator.EQUAL, 50.0, None, "%", at, stop, at, stop)


def _groups(low: str, start: int, end: int) -> Iterator[Quantity]:
    for match in _GROUP.finditer(low, start, end):
        rest = match["rest"]
        told = re.match(rf"\s*(?:{_PLACES}|{_FIRST})(?!\w)", rest)
        word = match.group().split(match["a"])[0]
        if "nhóm" in word and not told and not (_RANKING.match(word) and _ENDS.match(rest)):
            continue
        stop = match.end("a")
        first = re.search(rf"(?:{_FIRST})(?!\w)(?: cả nước| toàn quốc| của cả nước)?", rest)
        if first and "," not in re.sub(r"tỉnh, thành", "", rest[: first.start()]):
            stop = match.end("a") + first.end()
        elif told:
            stop = match.end("a") + told.end()
        yield from _ranked(match, Comparator.TOP, stop)
    for match in _AMONG.finditer(low, start, end):
        yield from _ranked(match, Comparator.TOP, match.end())
    for match in _PLACE_IN_ORDER.finditer(low, start, end):
        tail = low[match.end() : end]
        upward = re.match(r"\s*(?:trở lên|trở xuống|hoặc cao hơn)", tail)
        comparator = Comparator.TOP if upward else Comparator.EQUAL
        yield from _ranked(match, comparator, match.end() + (upward.end() if upward else 0))


def _ranked(match: re.Match[str], comparator: Comparator, stop: int) -> Iterator[Quantity]:
    value = value_of(match["a"])
    if value is not None and value >= 1:
        at = match.start()
        yield Quantity(Kind.RANK, comparator, value, None, "hạng", at, stop, at, stop, stated=True)


def _made(match: re.Match[str], kind: Kind, unit: str) -> Iterator[Quantity]:
    lower, upper = value_of(match["a"]), value_of(match["b"]) if match["b"] else None
    if lower is not None:
        at, stop = match.start(), match.end()
        yield Quantity(kind, Comparator.EQUAL, lower, upper, unit, at, stop, at, stop)


def _compared(found: Quantity, low: str, start: int, end: int) -> Quantity:
    """Return a figure with the words of comparison before and behind it."""
    quantity = found if found.kind is Kind.RANK else _with_prefix(found, low, start)
    quantity = _with_suffix(quantity, low, end)
    return quantity if quantity.kind is Kind.RANK else _with_change(quantity, low, start)


def _with_prefix(quantity: Quantity, low: str, start: int) -> Quantity:
    at = quantity.number
    for _ in range(2):  # "tối thiểu từ 80%", "đạt trên khoảng 80%"
        before = low[start:at].rstrip()
        for words, comparator, strict, about in _PREFIXES:
            if before.endswith(words) and not _inside_word(before, words):
                if words in _MORE_THAN and _NOT_LET.search(before):
                    comparator = Comparator.AT_MOST
                if words in _LESS_THAN and _NONE_BELOW.search(before):
                    comparator, strict = Comparator.AT_LEAST, False
                at = start + len(before) - len(words)
                quantity = replace(
                    quantity,
                    comparator=comparator,
                    strict=strict,
                    approximate=about,
                    stated=not about,
                    start=at,
                )
                break
        else:
            break
    if quantity.upper is not None and quantity.comparator is Comparator.AT_LEAST:
        quantity = replace(quantity, comparator=Comparator.EQUAL, strict=False)
    return quantity


def _inside_word(before: str, words: str) -> bool:
    rest = before[: len(before) - len(words)]
    return words[0].isalpha() and bool(rest) and (rest[-1].isalnum())


def _with_suffix(quantity: Quantity, low: str, end: int) -> Quantity:
    if (match := _UP.match(low, quantity.end, end)) and quantity.comparator is not Comparator.TOP:
        return replace(
            quantity, comparator=Comparator.AT_LEAST, strict=False, stated=True, end=match.end()
        )
    if match := _DOWN.match(low, quantity.end, end):
        return replace(
            quantity, comparator=Comparator.AT_MOST, strict=False, stated=True, end=match.end()
        )
    if low[quantity.start : quantity.number].startswith("từ"):
        apart = _UP_APART.search(low, quantity.end, end)
        if apart and not re.search(r"[;%]", low[quantity.end : apart.start()]):
            return replace(quantity, suffix=apart.start())
    return quantity


def _with_change(quantity: Quantity, low: str, start: int) -> Quantity:
    match = _CHANGE.search(low, start, quantity.start)
    if match is None or quantity.kind is Kind.MONEY:
        return quantity
    if match["verb"] in _DOWNWARD:
        return replace(quantity, change="giảm")
    return replace(quantity, comparator=Comparator.INCREASE, change="tăng", start=match.start())

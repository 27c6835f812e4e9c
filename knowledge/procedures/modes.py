"""The table of the ways to hand in, whose cells arrive run together: "Trực tuyến3 Ngày…"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.procedures.facts import MODES, Duration, Mode, Span
from knowledge.procedures.fees import FEE, UNKNOWN, read_fee
from knowledge.procedures.letters import UPPER

_UNITS = {
    "ngày làm việc": "working_day",
    "ngày": "day",
    "giờ làm việc": "hour",
    "giờ": "hour",
    "phút": "minute",
    "tuần": "week",
    "tháng": "month",
    "năm": "year",
}
_ANY_MODE = "|".join(MODES)
_ANY_UNIT = "|".join(unit.capitalize() for unit in _UNITS)
# What is no number and unit is words that begin with a capital and run up to the fee. A number
# without a unit in front of a sum is told from it by being one digit: "125 VNĐ" is 1 and 25 VNĐ.
_ROW = re.compile(
    rf"(?P<mode>{_ANY_MODE})\s?"
    rf"(?:(?P<time>\d+(?:[.,]\d+)?\s?(?:{_ANY_UNIT})|{UNKNOWN}|\d+(?=\s?(?:Miễn|Không))"
    rf"|[{UPPER}](?:(?!{_ANY_MODE})[^\n]){{0,160}}?)\s?(?P<fee>{FEE})"
    rf"|(?P<digit>\d)(?P<sum>{FEE}))"
)
_QUANTITY = re.compile(rf"(\d+(?:[.,]\d+)?)\s?({_ANY_UNIT})?")
_NUMBERED = re.compile(r"\(\d{1,2}\)")  # begins the first of several cases, no remark
_STEP = re.compile(
    r"[Tt]rong (?:thời hạn|vòng|thời gian) (?:không quá )?0?(\d+)(?: \([^)]*\))? ngày làm việc"
)


def read_modes(text: str, span: Span, steps: str = "") -> tuple[Mode, ...]:
    """Read the rows of a table.

    Args:
        text: the document's text.
        span: where the table stands in it.
        steps: the words on how the procedure goes, which name the unit where the table does not.
    """
    found = list(_ROW.finditer(text, *span))
    ends = [*(match.start() for match in found[1:]), span[1]][: len(found)]
    return tuple(_mode(text, match, end, steps) for match, end in zip(found, ends, strict=True))


def _mode(text: str, match: re.Match[str], end: int, steps: str) -> Mode:
    remark = "" if _NUMBERED.match(text, match.end()) else _bracketed(text, match.end(), end)
    time = match["time"] or match["digit"]
    head = (match.start(), match.end() + len(remark))
    note = text[head[1] : end].strip()
    return Mode(
        match["mode"],
        None if time == UNKNOWN else time,
        _duration(time, steps),
        read_fee(match["fee"] or match["sum"], remark),
        note,
        (match.start(), match.start() + len(text[match.start() : end].rstrip())),
        head,
    )


def _bracketed(text: str, start: int, end: int) -> str:
    """Return what stands in brackets at `start`, to the bracket that closes it."""
    depth = 0
    for at in range(start, end):
        if text[at] == "(":
            depth += 1
        elif text[at] == ")":
            depth -= 1
        if depth == 0:
            return text[start : at + 1] if at > start else ""
    return text[start:end].rstrip() if depth else ""


def _duration(time: str, steps: str) -> Duration:
    quantity = _QUANTITY.fullmatch(time)
    if quantity is None:
        return Duration()
    amount = float(quantity[1].replace(",", "."))
    amount = int(amount) if amount.is_integer() else amount
    if quantity[2]:
        return Duration(amount, _UNITS[quantity[2].lower()])
    named = {int(match[1]) for match in _STEP.finditer(steps)}
    return Duration(amount, "working_day" if amount in named else None)


def cases(modes: tuple[Mode, ...]) -> Iterator[tuple[Mode, bool]]:
    """Yield each row and whether its mode has several, so that its note says for which case."""
    names = [mode.mode for mode in modes]
    for mode in modes:
        yield mode, names.count(mode.mode) > 1

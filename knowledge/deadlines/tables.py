"""Deadlines that a table states: task, body and time each in a column of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from knowledge.deadlines.bodies import is_body
from knowledge.deadlines.row import Deadline
from knowledge.dues import Due, dues
from knowledge.targets.setting import Mood, Setting
from knowledge.targets.tables import Cell, Role, Table

_TASK = re.compile(r".*(?:nhiệm vụ|công việc|đầu việc|hoạt động|nội dung|giải pháp|biện pháp)")
_FEWEST = 2  # filled cells that tell what a column holds
_GROUP_NUMBER = re.compile(r"(?:[ivx]+|[a-eđ])[.)]?|")
_SPAN = re.compile(
    r"(?:tháng|quý|năm|\d)\s*\S*\s*(?:-|–|đến)\s*(?:hết\s+)?(?:ngày|tháng|quý|năm|\d)"
)
#: "2021-2025", "giai đoạn 2022 - 2024", "2025": done by the end of the last year.
_YEARS = re.compile(
    r"^(?:thường xuyên\W+)?(?:giai đoạn\s+|(?:trong\s+)?năm\s+|từ\s+(?:năm\s+)?)?"
    r"(?:20\d\d\s*(?:-|–|đến)\s*(?:hết\s+)?(?:năm\s+)?)?(20\d\d)$"
)
#: "Quý III - IV", "Tháng 5, 6": each with its unit.
_LIST = re.compile(
    r"(?P<unit>tháng|quý)\s+(?:\d{1,2}|i{1,3}|iv)(?:\s*(?:,|và|-|–)\s*(?:\d{1,2}|i{1,3}|iv)(?!\w))+"
)
#: "02 chuyên mục/tháng": how often, whatever it is that is done.
_PER = re.compile(r"^(\d{1,2})\s[^/\d]{1,24}/\s*(?:01\s+)?(năm|quý|tháng|tuần)$")
#: "3", "III" below "Tháng", "Quý".
_BARE_NUMBERS = re.compile(r"(?:\d{1,2}|i{1,3}|iv)(?:\s*(?:,|và|-|–)\s*(?:\d{1,2}|i{1,3}|iv))*$")
_BARE_DAY = re.compile(r"\s*(?:ngày\s*)?\d{1,2}\s*[/.-]\s*\d")


def of_table(table: Table, text: str, low: str, setting: Setting) -> Iterator[Deadline]:
    """Yield the deadlines of a table.

    Args:
        table: the table.
        text, low: the document's text, and in small letters.
        setting: what the document is.
    """
    when, what = _until(table), _tasks(table)
    if setting.mood is Mood.PLAN and when is None:
        when = _full_of(table, lambda cell: bool(times_of(cell, setting)))
    if setting.mood is Mood.PLAN and what is None and when is not None:
        what = _wordiest(table, when)
    if when is None or what is None or setting.mood is Mood.RESULT:
        return
    who = _leading(table)
    if who is None and setting.mood is Mood.PLAN:
        who = _full_of(table, lambda cell: is_body(cell.low), (when, what))
    heading = table.columns[when].heading if when < len(table.columns) else ""
    time: Cell | None = None
    body: Cell | None = None
    for row, below in zip(table.rows, [*table.rows[1:], []], strict=False):
        if _titles(row, below, what):
            time = body = None
            continue
        # A time or a body that several rows share stands merged in the first of them.
        time = _filled(row, when) or time
        body = (_filled(row, who) if who is not None else None) or body
        if time is None or _filled(row, what) is None:
            continue
        for due in times_of(time, setting, heading):
            start, end = row[0].start, row[-1].end
            yield Deadline(
                task=_text(row[what], text),
                due=due.due,
                kind=due.kind,
                due_text=_text(time, text),
                after=due.after,
                responsible=_text(body, text) if body else None,
                quote=text[start:end],
                start=start,
                end=end,
            )


def _until(table: Table) -> int | None:
    """Return the column of when it is done: not of when it is begun, where both have one."""
    columns = [(i, c.heading) for i, c in enumerate(table.columns) if c.role is Role.WHEN]
    own = (i for i, heading in columns if "bắt đầu" not in heading and "từ ngày" not in heading)
    return next(own, columns[0][0] if columns else None)


def _leading(table: Table) -> int | None:
    """Return the column of who has to do it: not of those who help, where both have one."""
    columns = [(i, c.heading) for i, c in enumerate(table.columns) if c.role is Role.WHO]
    own = (i for i, heading in columns if "chủ trì" in heading or "phối hợp" not in heading)
    return next(own, columns[0][0] if columns else None)


def times_of(cell: Cell, setting: Setting, heading: str = "") -> list[Due]:
    """Return the times that a cell names.

    Args:
        cell: of a column of times.
        setting: what the document is.
        heading: of its column, small letters.
    """
    words = _PER.sub(r"\1 lần/\2", _YEARS.sub(r"năm \1", cell.low))
    if heading.startswith(("tháng", "quý")) and _BARE_NUMBERS.match(words):
        words = f"{heading.split('/')[0].split()[0]} {words}"
    words = _LIST.sub(_each_named, words)
    prefix = "trước ngày " if _BARE_DAY.match(words) else "trong "
    written = f"{prefix}{words.removeprefix('ngày ')}"
    found = dues(written, 0, len(written), setting.year, setting.on)
    # "tháng 4 - tháng 10": done by its end
    return found[-1:] if _SPAN.search(words) else found


def _each_named(match: re.Match[str]) -> str:
    return re.sub(r"([,–-]|và)\s*", rf"\1 {match['unit']} ", match.group())


def _full_of(
    table: Table, holds: Callable[[Cell], bool], taken: tuple[int, ...] = ()
) -> int | None:
    """Return the last column most of whose cells hold something, whatever its heading says."""
    for i in range(max(map(len, table.rows), default=0) - 1, -1, -1):
        cells = [row[i] for row in table.rows if i < len(row) and row[i].low]
        if i not in taken and len(cells) >= _FEWEST and 2 * sum(map(holds, cells)) > len(cells):
            return i
    return None


def _wordiest(table: Table, when: int) -> int | None:
    """Return the column with the longest texts beside the times: what is to be done."""
    words = {
        i: sum(len(row[i].low.split()) for row in table.rows if i < len(row))
        for i in range(max(map(len, table.rows), default=0))
        if i != when
    }
    return max(words, key=words.__getitem__) if words else None


def _tasks(table: Table) -> int | None:
    """Return the column of the tasks: not that of the aims beside them."""
    columns = [(i, c) for i, c in enumerate(table.columns) if c.role is Role.WHAT]
    named = (i for i, column in columns if _TASK.match(column.heading))
    return next(named, columns[0][0] if columns else None)


def _titles(row: list[Cell], below: list[Cell], what: int) -> bool:
    """Say whether a row is the title of those below it: "II | CẢI CÁCH THỂ CHẾ", "2 | …", "2.1"."""
    filled = [cell for i, cell in enumerate(row) if cell.low and i != what]
    number = filled[0].low if filled else ""
    parted = bool(number) and bool(below) and below[0].low.startswith(f"{number.rstrip('.')}.")
    return len(filled) <= 1 and (parted or _GROUP_NUMBER.fullmatch(number) is not None)


def _filled(row: list[Cell], column: int) -> Cell | None:
    return row[column] if column < len(row) and row[column].low else None


def _text(cell: Cell, text: str) -> str:
    return " ".join(text[cell.start : cell.end].split()).strip(" ;:.")

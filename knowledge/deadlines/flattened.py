"""Tables that a copy has flattened: one cell a line, a numbered row after another.

TT / Nội dung nhiệm vụ / Đơn vị chủ trì / Thời gian hoàn thành / 1 / Tập huấn … / Sở Nội vụ / Quý II
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from knowledge.deadlines.bodies import is_body
from knowledge.targets.tables import Cell, Role, Table, columns_of

_NUMBERED = re.compile(r"(?:stt|tt|số tt|số thứ tự)$")
_GOES_BY = re.compile(r"\(\d{1,2}\)$")  # "(1)", "(2)" below the headings
_NUMBER = re.compile(r"(\d{1,3})[.)]?$")
_GROUP = re.compile(r"(?:[ivx]{1,5}|[a-e])[.)]?$")
_WIDTH = range(3, 10)  # headings of a table
_HEADING_WORDS = 10


def flattened(text: str, low: str, has_time: Callable[[Cell], bool]) -> Iterator[Table]:
    """Yield the flattened tables of a text that have a column of tasks and one of times.

    Args:
        text, low: the document's text, and in small letters.
        has_time: says whether a cell names a time.
    """
    lines = _lines(low)
    at = 0
    while at < len(lines):
        heads = _heads(lines, at, text) if _NUMBERED.match(lines[at].low) else []
        columns = columns_of([heads])
        at += max(1, len(heads))
        roles = [column.role for column in columns]
        if Role.WHAT not in roles or Role.WHEN not in roles:
            continue
        table = Table((), columns)
        for cells in _rows(lines, at, len(columns), text):
            if row := _in_columns(cells, roles, has_time):
                table.rows.append(row)
        if table.rows:
            yield table


def _lines(low: str) -> list[Cell]:
    lines: list[Cell] = []
    at = 0
    for line in low.split("\n"):
        if words := line.strip():
            start = at + line.index(words)
            lines.append(Cell(words, start, start + len(words)))
        at += len(line) + 1
    return lines


def _heads(lines: list[Cell], at: int, text: str) -> list[Cell]:
    """Return the headings up to the first number of a row, none where they are no headings."""
    heads: list[Cell] = []
    for line in lines[at : at + _WIDTH.stop]:
        if _NUMBER.match(line.low) or _GROUP.match(line.low) or _GOES_BY.match(line.low):
            return heads if len(heads) in _WIDTH else []
        if len(line.low.split()) > _HEADING_WORDS or "|" in line.low:
            return []
        if len(heads) > 1 and _goes_on(heads[-1], line, text):
            heads[-1] = _together(heads[-1], line)
        else:
            heads.append(line)
    return []


def _rows(lines: list[Cell], at: int, width: int, text: str) -> Iterator[list[Cell]]:
    """Yield the cells of each row, what was wrapped into further lines put together."""
    row: list[Cell] = []
    last = 0
    for line in lines[at:]:
        number = _NUMBER.match(line.low)
        if number and int(number[1]) in (last + 1, 1):
            yield from [row] if row else []
            row, last = [line], int(number[1])
        elif _GROUP.match(line.low):
            yield from [row] if row else []
            row = []
        elif row and len(row) > 1 and _goes_on(row[-1], line, text):
            row[-1] = _together(row[-1], line)
        elif row and len(row) < width:
            row.append(line)
        elif row:  # more than a row holds: the text after the table
            break
    if row:
        yield row


def _together(cell: Cell, line: Cell) -> Cell:
    return Cell(f"{cell.low} {line.low}", cell.start, line.end)


def _goes_on(cell: Cell, line: Cell, text: str) -> bool:
    return cell.low.endswith((",", "-", " và")) or text[line.start].islower()


def _in_columns(
    cells: list[Cell], roles: list[Role], has_time: Callable[[Cell], bool]
) -> list[Cell]:
    """Return a row by columns; where cells are missing, by what those that are there hold."""
    times = [cell for cell in cells[2:] if has_time(cell)]
    whole = len(cells) == len(roles)
    if whole and (not times or has_time(cells[roles.index(Role.WHEN)])):
        return cells
    if not times:
        return []
    found = {Role.NUMBER: cells[0], Role.WHAT: cells[1], Role.WHEN: times[-1]}
    if bodies := [cell for cell in cells[2:] if is_body(cell.low)]:
        found[Role.WHO] = bodies[0]
    end = cells[-1].end
    # Each cell stands once, in the first column of its role.
    return [found.pop(role, Cell("", end, end)) for role in roles]

"""Tables of a document: what each column holds, said by its heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from knowledge.document import Document
from knowledge.sentences import sentence_spans
from knowledge.targets.passages import Sentence, TableLine, passages
from knowledge.targets.setting import Mood, Setting

_SENTENCE = 4  # words that a cell needs to state something
_TITLE_WORDS = 20  # words of titles between the parts of one table
_MOST_HEADINGS = 3
_FIGURE = re.compile(r"[^\d]{0,24}\d[\d.,]*\s*(?:%|[-–]\s*\d)?[^\d]{0,24}$")
_NUMERAL = re.compile(r"[ivx]{1,5}[.)]?")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


class Role(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    WHAT = "what"
    UNIT = "unit"
    VALUE = "value"
    ACTUAL = "actual"
    WHO = "who"
    WHEN = "when"
    OTHER = "other"


_ROLES = (
    (Role.NUMBER, re.compile(r"(?:stt|tt|số tt|số thứ tự|bước|#)$")),
    (Role.UNIT, re.compile(r"(?:đơn vị tính|đvt|đơn vị đo|đơn vị)$")),
    (Role.WHO, re.compile(
        r".*(?:chủ trì|phối hợp|phân công|thực hiện chính|phụ trách|chịu trách nhiệm|cơ quan"
        r"|đơn vị (?:thực hiện|báo cáo|làm|triển khai|tổ chức)|người (?:làm|thực hiện)"
        r"|ai làm|đầu mối)"
    )),
    (Role.WHEN, re.compile(
        r".*(?:thời gian|thời hạn|hoàn thành|tiến độ|mốc|kết thúc|hạn chót|hạn cuối)|hạn$"
        r"|(?:tháng|quý)(?:/năm|,? năm 20\d\d)?$"
    )),
    (Role.ACTUAL, re.compile(r".*(?:kết quả|thực hiện|đạt được|hiện trạng|ước|thực trạng)")),
    (Role.VALUE, re.compile(
        r"(?:.*20\d\d|.*(?:kế hoạch|chỉ tiêu giao|mục tiêu năm|giá trị|mức|phấn đấu|giao))"
    )),
    (Role.WHAT, re.compile(
        r".*(?:chỉ tiêu|nội dung|chỉ số|mục tiêu|tiêu chí|nhiệm vụ|công việc|giải pháp"
        r"|biện pháp|hoạt động|đầu việc|việc|tên)"
    )),
)  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """A cell, `text[start:end]` of the document; `low` in small letters."""

    low: str
    start: int
    end: int


@dataclass(frozen=True)
class Column:
    """A column: its role and its heading, small letters."""

    role: Role
    heading: str


@dataclass
class Table:
    """A table with the headings above it.

    Attributes:
        parts: headings of the document above the table.
        columns: from left to right; empty where no row is a heading.
        rows: the rows below the headings, cells by column.
        end: where it ends in the text.
    """

    parts: tuple[str, ...]
    columns: list[Column] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    end: int = 0

    def column(self, role: Role) -> int | None:
        """Return the first column of a role."""
        return next((i for i, column in enumerate(self.columns) if column.role is role), None)


def tables_of(document: Document, low: str) -> Iterator[Table]:
    """Yield the tables of a document in reading order.

    A title merged over all columns, "II. CẢI CÁCH THỦ TỤC", parts a table in the text; what
    follows keeps the columns of what stands above it.

    Args:
        document: the document.
        low: its text in small letters.
    """
    before: Table | None = None
    for lines in _runs(document, low):
        table = _table(lines, low)
        width = max(map(len, table.rows), default=0)
        if not table.columns and before is not None and 2 <= width <= len(before.columns):
            between = low[before.end : lines[0].start].split()
            if len(between) <= _TITLE_WORDS:
                table = Table(table.parts, before.columns, table.rows)
        table.end = lines[-1].end
        before = table if table.columns else None
        yield table


def _runs(document: Document, low: str) -> Iterator[list[TableLine]]:
    """Yield the rows that stand together under the same headings."""
    lines: list[TableLine] = []
    for passage in passages(document, low):
        if not isinstance(passage, TableLine):
            continue
        if lines and (passage.start > lines[-1].end + 1 or passage.parts != lines[-1].parts):
            yield lines
            lines = []
        lines.append(passage)
    if lines:
        yield lines


def in_cells(table: Table, setting: Setting, text: str) -> Iterator[Sentence]:
    """Yield what the cells of a table without figures of its own say in words.

    Args:
        table: the table.
        setting: what the document is; a report's tables tell results.
        text: the document's text.
    """
    if setting.mood is not Mood.PLAN or table.column(Role.VALUE) is not None:
        return
    for row in table.rows:
        for column, cell in zip(table.columns, row, strict=False):
            if column.role in (Role.WHAT, Role.OTHER) and len(cell.low.split()) >= _SENTENCE:
                parts = (*table.parts, column.heading)
                for start, end in sentence_spans(text, cell.start, cell.end):
                    yield Sentence(start, end, start, parts, cell.start)


def _table(lines: list[TableLine], low: str) -> Table:
    rows = [_cells(low, line) for line in lines]
    heads = 0
    while heads < min(_MOST_HEADINGS, len(rows)) and _is_heading(rows[heads], heads):
        # Headings alone are those of what follows a title merged over all columns; below the
        # first of them the last row is one only where it goes on under a cell of above.
        if 0 < heads == len(rows) - 1 and rows[heads][0].low:
            break
        heads += 1
    return Table(lines[0].parts, _valued(columns_of(rows[:heads]), rows[heads:]), rows[heads:])


def _valued(columns: list[Column], rows: list[list[Cell]]) -> list[Column]:
    """Return the columns; where no heading speaks of values, those full of figures have them."""
    roles = [column.role for column in columns]
    if Role.VALUE in roles or Role.WHAT not in roles:
        return columns
    what = roles.index(Role.WHAT)
    found = list(columns)
    for i, column in enumerate(columns):
        open_still = column.role in (Role.OTHER, Role.WHAT) and i != what
        cells = [row[i].low for row in rows if i < len(row) and row[i].low]
        full = sum(_FIGURE.match(cell) is not None for cell in cells) * 2 > len(cells)
        if open_still and full:
            found[i] = Column(Role.VALUE, column.heading)
    return found


def _cells(low: str, line: TableLine) -> list[Cell]:
    cells: list[Cell] = []
    at = line.start
    for written in low[line.start : line.end].split("|"):
        start = at + len(written) - len(written.lstrip())
        cells.append(Cell(written.strip(), start, start + len(written.strip())))
        at += len(written) + 1
    return cells


def _is_heading(row: list[Cell], heads: int) -> bool:
    """Say whether a row names columns: no figures but years, and words that headings have."""
    if heads > 0 and row and _NUMERAL.fullmatch(row[0].low):
        return False
    figures = _YEAR.sub("", " ".join(cell.low for cell in row))
    if re.search(r"\d", re.sub(r"\([\d\s=+/*-]+\)", "", figures)):
        return False
    named = sum(any(p.match(cell.low) for _, p in _ROLES) for cell in row if cell.low)
    return named >= (2 if heads == 0 else 1) or (heads > 0 and not any(c.low for c in row[:2]))


def columns_of(heads: list[list[Cell]]) -> list[Column]:
    """Return the columns; a heading over several columns counts for each of them.

    Args:
        heads: the rows of headings.
    """
    width = max((len(row) for row in heads), default=0)
    headings = [""] * width
    for row in heads:
        last = ""
        for i in range(width):
            own = row[i].low if i < len(row) else ""
            # An empty cell right of a filled one is what the filled one spans, if rows follow.
            last = own or (last if row is not heads[-1] else "")
            if last and last not in headings[i]:
                headings[i] = f"{headings[i]} {last}".strip()
    columns: list[Column] = []
    for heading in headings:
        role = next((role for role, p in _ROLES if p.match(heading)), Role.OTHER)
        if role is Role.VALUE and not any(c.role is Role.WHAT for c in columns):
            role = Role.WHAT if _YEAR.search(heading) is None else role
        columns.append(Column(role, heading))
    return columns

"""Targets that a table states: the heading gives the year and the unit, the row the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from knowledge.dues import dues
from knowledge.targets.cues import tells_results
from knowledge.targets.measuring import is_qualifier
from knowledge.targets.names import Names
from knowledge.targets.numbers import NUMERAL
from knowledge.targets.quantities import Figures, Kind, Quantity
from knowledge.targets.row import Comparator, Target
from knowledge.targets.setting import Mood, Setting
from knowledge.targets.tables import Cell, Column, Role, Table
from knowledge.targets.years import year_mentions

_BARE = re.compile(
    rf"(?:[<>≥≤=~]|từ|trên|dưới|tối thiểu|ít nhất|không quá|tối đa|đạt|\s)*{NUMERAL}"
    r"(?:\s*[-–]\s*[\d.,]+)?\s*(?:trở lên|trở xuống)?"
)
_LEVEL = re.compile(r"(?:^|\s)cấp (?:tỉnh|huyện|xã|sở|thành phố|trung ương)$|^toàn tỉnh$")
_DAY = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}")
_UNIT = re.compile(r"\(\s*(?P<unit>%|điểm|hạng|bậc|ngày)\s*\)")
_GROUP = re.compile(r"^(?:vào |trong )?nhóm")
_SUB = re.compile(r"[-+•*]\s*|(?:trong đó|riêng)[\s:]*")


class TableReader:
    """Reads the tables of a document.

    Args:
        names: names of indices and kinds of targets.
        figures: finds figures.
    """

    def __init__(self, names: Names, figures: Figures) -> None:
        self._names = names
        self._figures = figures

    def read(self, table: Table, text: str, setting: Setting) -> Iterator[Target]:
        """Yield the targets of a table; one that tells results has none.

        Args:
            table: the table.
            text: the document's text.
            setting: what the document is.
        """
        if setting.mood is Mood.RESULT or any(map(tells_results, table.parts[-2:])):
            return
        what = table.column(Role.WHAT)
        if what is None:
            return
        values = [i for i, c in enumerate(table.columns) if c.role is Role.VALUE]
        unit = table.column(Role.UNIT)
        above = ""
        for row in table.rows:
            if what >= len(row) or not row[what].low:
                continue
            name = _written(row[what], text)
            sub = _SUB.match(name.lower())
            narrow = is_qualifier(name[sub.end() :].lower() if sub else name.lower())
            if not narrow:
                above = name
            elif above:
                name = f"{above} {name[sub.end() :] if sub else name}"
            said = row[unit].low if unit is not None and unit < len(row) else ""
            for i in values:
                if i < len(row) and row[i].low:
                    yield from self._cell(table, i, row, (name, said), text, setting)

    def _cell(
        self,
        table: Table,
        column: int,
        row: list[Cell],
        named: tuple[str, str],
        text: str,
        setting: Setting,
    ) -> Iterator[Target]:
        name, unit = named
        day, said = self._when(table, row, setting)
        year = said or _year(table.columns[column], table.parts, setting)
        if year is not None and setting.since is not None and year < setting.since:
            return
        quantity = self._quantity(row[column].low, unit, table.columns[column].heading, name)
        if quantity is None:
            return
        key = self._names.key_of(name)
        level = _LEVEL.search(table.columns[column].heading)
        scope = level.group().strip() if level else None
        start, end = row[0].start, row[-1].end
        yield Target(
            indicator=f"{name} {scope}" if scope else name,
            key=key,
            comparator=quantity.comparator,
            value=quantity.value,
            upper=quantity.upper,
            unit=quantity.unit,
            scope=scope,
            field=next((m.key for m in self._names.fields(name.lower())), None),
            year=year,
            deadline=day,
            quote=text[start:end],
            start=start,
            end=end,
            strict=quantity.strict,
            approximate=quantity.approximate,
        )

    @staticmethod
    def _when(table: Table, row: list[Cell], setting: Setting) -> tuple[date | None, int | None]:
        """Return the day and the year that the row's own time names."""
        at = table.column(Role.WHEN)
        if at is None or at >= len(row) or not row[at].low:
            return None, None
        words = row[at].low
        years = re.findall(r"(?<!\d)20\d\d(?!\d)", words)
        written = f"trước ngày {words.removeprefix('trước').strip().removeprefix('ngày').strip()}"
        found = [due for due in dues(written, 0, len(written), setting.year) if due.due]
        day = (
            date.fromisoformat(found[0].due)
            if found and _DAY.search(words) and found[0].due and found[0].kind == "date"
            else None
        )
        return day, int(years[-1]) if years else None

    def _quantity(self, value: str, unit: str, heading: str, name: str) -> Quantity | None:
        """Return the figure of a cell, its unit taken from the table where the cell has none."""
        stated = _UNIT.search(name.lower()) or _UNIT.search(heading)
        unit = unit or (stated["unit"] if stated else "")
        bare = _BARE.fullmatch(value)
        if bare and unit:
            tail = re.search(r"\s*(?:trở lên|trở xuống)$", value)
            number = value[: tail.start()] if tail else value
            value = f"{number.strip()} {unit}{tail.group() if tail else ''}"
        value = _GROUP.sub("thuộc nhóm", value)
        found = self._figures.find(value, 0, len(value))
        if not found and bare and unit:
            counted = Figures((unit,)).find(value, 0, len(value))
            found = [replace(q, unit=unit) for q in counted]
        if not found:
            return None
        first = found[0]
        if first.unit == "bậc" and unit in ("hạng", "thứ hạng"):
            top = first.comparator is not Comparator.EQUAL
            comparator = Comparator.TOP if top else first.comparator
            first = replace(first, kind=Kind.RANK, unit="hạng", comparator=comparator)
        return first


def _written(cell: Cell, text: str) -> str:
    return " ".join(text[cell.start : cell.end].split()).strip(" ;:.")


def _year(column: Column, parts: tuple[str, ...], setting: Setting) -> int | None:
    found = re.findall(r"(?<!\d)20\d\d(?!\d)", column.heading)
    if found:
        return int(found[-1])
    for part in reversed(parts):
        years = year_mentions(part, 0, len(part))
        if years:
            return years[-1].year
    return setting.year

"""Results out of an .xlsx sheet: each row is read rightly or refused with its cell named."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from knowledge.folding import fold
from knowledge.places import Places
from knowledge.results.result import Result
from knowledge.targets.names import Names
from knowledge.targets.numbers import value_of

HEADER_ROWS = 20  # rows from the top in which the header is looked for
ROWS = 20_000  # rows that are read at most

#: What a column is called, without diacritics → what it holds.
HEADERS: Mapping[str, tuple[str, ...]] = {
    "indicator": ("chi tieu", "chi so", "ten chi tieu", "ten chi so", "noi dung"),
    "value": ("ket qua", "gia tri", "thuc hien", "dat duoc", "so lieu", "ket qua thuc hien"),
    "unit": ("don vi", "don vi tinh", "dvt"),
    "year": ("nam", "nam danh gia", "nam thuc hien"),
    "as_of": ("ngay", "den ngay", "tinh den ngay", "tinh den", "ngay so lieu"),
    "place": ("dia phuong", "noi", "tinh", "tinh, thanh pho", "tinh/thanh pho"),
    "field": ("linh vuc",),
    "source": ("nguon", "nguon so lieu", "can cu"),
}
NEEDED = ("indicator", "value")


class SheetError(ValueError):
    """The file as a whole cannot be read; the message is a Vietnamese sentence."""


@dataclass(frozen=True)
class Problem:
    """Why a row was refused: its cell, "B7", and a Vietnamese sentence."""

    cell: str
    reason: str


@dataclass
class SheetReport:
    """What a sheet holds: rows that can be stored, and those that were refused."""

    results: list[Result] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class _BadCellError(ValueError):
    def __init__(self, cell: Any, reason: str) -> None:
        super().__init__(reason)
        self.problem = Problem(cell.coordinate, reason)


class SheetReader:
    """Reads sheets.

    Args:
        names: the vocabulary of indicators and fields.
        places: which places there are.
    """

    def __init__(self, names: Names, places: Places) -> None:
        self._names = names
        self._places = places

    def read(self, path: Path) -> SheetReport:
        """Read the first sheet of a workbook.

        Raises:
            SheetError: it is no .xlsx file, or no row names the columns.
        """
        rows = list(_rows(path, values=True))
        formulas = list(_rows(path, values=False))
        at, columns = _header(rows, path)
        report = SheetReport()
        for number in range(at + 1, len(rows)):
            row, raw = rows[number], formulas[number]
            if all(cell.value is None or not str(cell.value).strip() for cell in row):
                continue
            try:
                report.results.append(self._result(row, raw, columns, path.name))
            except _BadCellError as error:
                report.problems.append(error.problem)
        return report

    def _result(
        self, row: tuple[Any, ...], raw: tuple[Any, ...], columns: Mapping[str, int], source: str
    ) -> Result:
        cells = {name: row[at] for name, at in columns.items()}
        for name, at in columns.items():
            if row[at].value is None and str(raw[at].value or "").startswith("="):
                reason = "là công thức chưa được tính; hãy mở tệp, lưu lại rồi nhập lại"
                raise _BadCellError(cells[name], reason)
        indicator = _words(cells["indicator"])
        if not indicator:
            raise _BadCellError(cells["indicator"], "thiếu tên chỉ tiêu")
        value, unit = _figure(cells["value"])
        as_of = _day(cells["as_of"]) if "as_of" in cells else None
        year = _year(cells["year"]) if "year" in cells else None
        if as_of is not None and year is not None and as_of.year not in (year, year + 1):
            raise _BadCellError(cells["as_of"], f"ngày không thuộc năm {year}")
        year = year or (as_of.year if as_of else None)
        if year is None:
            raise _BadCellError(cells.get("year", cells["value"]), "thiếu năm")
        return Result(
            indicator=indicator,
            key=self._names.key_of(indicator),
            value=value,
            unit=_words(cells.get("unit")) or unit,
            year=year,
            place=self._place(cells.get("place")),
            field=self._field(cells.get("field"), indicator),
            as_of=as_of or date(year, 12, 31),
            source=_words(cells.get("source")) or source,
        )

    def _place(self, cell: Any) -> str | None:
        words = _words(cell)
        if not words:
            return None
        place = self._places.resolve(words)
        if place is None:
            raise _BadCellError(cell, f"không nhận ra tỉnh, thành phố “{words}”")
        return place

    def _field(self, cell: Any, indicator: str) -> str | None:
        words = _words(cell)
        named = self._names.fields((words or indicator).lower())
        if words and not named:
            raise _BadCellError(cell, f"không nhận ra lĩnh vực “{words}”")
        return named[0].key if named else None


def _rows(path: Path, *, values: bool) -> Iterator[tuple[Any, ...]]:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(path, data_only=values)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise SheetError(
            f"Không đọc được {path.name}; hãy lưu dưới dạng .xlsx rồi thử lại."
        ) from error
    try:
        yield from book.worksheets[0].iter_rows(max_row=ROWS)
    finally:
        book.close()


def _header(rows: list[tuple[Any, ...]], path: Path) -> tuple[int, dict[str, int]]:
    """Return the position of the header row, and column by what it holds."""
    known = {name: kind for kind, names in HEADERS.items() for name in names}
    for at, row in enumerate(rows[:HEADER_ROWS]):
        columns: dict[str, int] = {}
        for position, cell in enumerate(row):
            kind = known.get(" ".join(fold(_words(cell)).split()))
            if kind is not None:
                columns.setdefault(kind, position)
        if all(kind in columns for kind in NEEDED):
            return at, columns
    raise SheetError(
        f"{path.name} không có dòng tiêu đề; cần ít nhất các cột “Chỉ tiêu”, “Kết quả”, “Năm”."
    )


def _words(cell: Any) -> str:
    return "" if cell is None or cell.value is None else " ".join(str(cell.value).split())


def _figure(cell: Any) -> tuple[float, str]:
    """Return the value of a cell and the unit that it brings with it."""
    value = cell.value
    if isinstance(value, bool) or value is None or isinstance(value, datetime | date):
        raise _BadCellError(cell, "thiếu số liệu" if value is None else "phải là một con số")
    if isinstance(value, int | float):
        share = "%" in str(cell.number_format)
        return (round(float(value) * 100, 6), "%") if share else (float(value), "")
    words = _words(cell).lower()
    share = words.endswith("%")
    number = value_of(words.removesuffix("%").strip())
    if number is None:
        raise _BadCellError(cell, f"“{_words(cell)}” không phải một con số")
    return number, "%" if share else ""


def _year(cell: Any) -> int | None:
    value = cell.value
    if isinstance(value, datetime | date):
        return value.year
    words = _words(cell).removesuffix(".0")
    if not words:
        return None
    if not (words.isdigit() and 2000 <= int(words) <= 2100):
        raise _BadCellError(cell, f"“{words}” không phải một năm")
    return int(words)


def _day(cell: Any) -> date | None:
    value = cell.value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    words = _words(cell)
    if not words:
        return None
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            return datetime.strptime(words, form).date()
        except ValueError:
            continue
    raise _BadCellError(cell, f"“{words}” không phải một ngày có thật")

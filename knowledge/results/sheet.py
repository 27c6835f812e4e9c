"""Results out of an .xlsx sheet: each row is read rightly or refused with its cell named."""

from __future__ import annotations

import re
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
#: "2023", "Kết quả năm 2023": a column of results of one year.
_OF_YEAR = re.compile(
    r"(?:(?:ket qua|gia tri|thuc hien|dat duoc)(?: thuc hien)? )?(?:nam )?(?P<year>20\d\d)"
)
_RANK = re.compile(r"(?:xếp )?(?:hạng|thứ|thứ hạng)\s*(?P<a>\d+)(?:/\d+)?|(?P<b>\d+)/\d+")
_NUMBER = re.compile(r"-?\d+(?:\.\d{3})*(?:[.,]\d+)?")
_SCORE = re.compile(r"(?P<a>[\d.,]+)\s*(?P<unit>điểm|bậc|hạng)")


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


@dataclass(frozen=True)
class _Header:
    """What the columns hold.

    Attributes:
        columns: column by what it holds.
        years: columns of results by the year that their heading names.
    """

    columns: dict[str, int]
    years: dict[int, int]


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
        at, header = _header(rows, path)
        report = SheetReport()
        for number in range(at + 1, len(rows)):
            row, raw = rows[number], formulas[number]
            if all(cell.value is None or not str(cell.value).strip() for cell in row):
                continue
            for columns, year in _readings(header, row):
                try:
                    result = self._result(row, raw, columns, path.name, year)
                    report.results.append(result)
                except _BadCellError as error:
                    report.problems.append(error.problem)
        return report

    def _result(
        self,
        row: tuple[Any, ...],
        raw: tuple[Any, ...],
        columns: Mapping[str, int],
        source: str,
        of_year: int | None,
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
        year = of_year or (_year(cells["year"]) if "year" in cells else None)
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


def _readings(
    header: _Header, row: tuple[Any, ...]
) -> Iterator[tuple[Mapping[str, int], int | None]]:
    """Yield the columns of each result that a row holds, with the year that the heading names."""
    if not header.years:
        yield header.columns, None
        return
    for position, year in header.years.items():
        if _words(row[position]):  # a year without a figure is none yet
            yield {**header.columns, "value": position}, year


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
        sheet = book.worksheets[0]
        # A merged cell counts for every row and column that it covers.
        first = {
            (row, column): sheet.cell(area.min_row, area.min_col)
            for area in sheet.merged_cells.ranges
            for row in range(area.min_row, min(area.max_row, ROWS) + 1)
            for column in range(area.min_col, area.max_col + 1)
        }
        for row in sheet.iter_rows(max_row=ROWS):
            yield tuple(first.get((cell.row, cell.column), cell) for cell in row)
    finally:
        book.close()


def _header(rows: list[tuple[Any, ...]], path: Path) -> tuple[int, _Header]:
    """Return the position of the header row, and what its columns hold."""
    lacking: str | None = None
    for at, row in enumerate(rows[:HEADER_ROWS]):
        header = _header_of(row, path)
        if "indicator" in header.columns and (header.years or "value" in header.columns):
            return at, header
        if lacking is None and header.columns:
            lacking = f"dòng {at + 1}"
    where = f" ({lacking} có tên cột nhưng chưa đủ)" if lacking else ""
    raise SheetError(
        f"{path.name} không có dòng tiêu đề{where}; cần ít nhất các cột “Chỉ tiêu”, “Kết quả”,"
        " “Năm”."
    )


def _header_of(row: tuple[Any, ...], path: Path) -> _Header:
    known = {name: kind for kind, names in HEADERS.items() for name in names}
    header = _Header({}, {})
    seen: dict[str, Any] = {}
    for position, cell in enumerate(row):
        words = " ".join(fold(_words(cell)).split())
        kind = known.get(words)
        if match := _OF_YEAR.fullmatch(words):
            header.years[position] = int(match["year"])
        elif kind is not None and kind in seen and seen[kind].coordinate != cell.coordinate:
            raise SheetError(
                f"{path.name} có hai cột cùng ý “{_words(cell)}” (ô {seen[kind].coordinate} và"
                f" {cell.coordinate}); hãy bỏ bớt một cột."
            )
        elif kind is not None and kind not in seen:
            header.columns[kind], seen[kind] = position, cell
    return header


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
    if match := _RANK.fullmatch(words):
        return float(match["a"] or match["b"]), "hạng"
    scored = _SCORE.fullmatch(words)
    share = words.endswith("%")
    written = scored["a"] if scored else words.removesuffix("%").strip()
    number = value_of(written) if _NUMBER.fullmatch(written) else None
    if scored and number is not None:
        return number, scored["unit"]
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

"""Sheets as offices fill them in: merged cells, a column a year, ranks in words, double columns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from config.indicators import load_indicators
from knowledge.places import Places
from knowledge.results.sheet import SheetError, SheetReader
from knowledge.targets.names import Names

HEADER = ["Chỉ tiêu", "Kết quả", "Năm", "Địa phương"]


@pytest.fixture(scope="module")
def reader() -> SheetReader:
    return SheetReader(Names(load_indicators()), Places.load())


def written(tmp_path: Path, rows: Sequence[Sequence[Any]], *merged: str) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    file = tmp_path / "ket-qua.xlsx"
    book.save(file)
    return file


def read(reader: SheetReader, file: Path) -> tuple[list[tuple[Any, ...]], list[tuple[str, str]]]:
    report = reader.read(file)
    results = [(r.indicator, r.value, r.unit, r.year, r.place) for r in report.results]
    return results, [(problem.cell, problem.reason) for problem in report.problems]


def test_a_merged_cell_counts_for_all_its_rows(reader: SheetReader, tmp_path: Path) -> None:
    rows = [HEADER, ["SIPAS", "80%", 2022, "Huế"], [None, "82%", 2023, None]]
    assert read(reader, written(tmp_path, rows, "A2:A3", "D2:D3")) == (
        [("SIPAS", 80, "%", 2022, "Huế"), ("SIPAS", 82, "%", 2023, "Huế")],
        [],
    )


def test_a_column_a_year_is_a_result_a_year(reader: SheetReader, tmp_path: Path) -> None:
    rows = [
        ["BẢNG KẾT QUẢ CÁC CHỈ SỐ", None, None],
        ["Chỉ tiêu", "Kết quả năm 2022", "2023"],
        ["PCI", "hạng 12", "10/63"],
        ["SIPAS", "81,4 %", None],
        ["PAPI", "chưa có", "44,2 điểm"],
    ]
    assert read(reader, written(tmp_path, rows, "A1:C1")) == (
        [
            ("PCI", 12, "hạng", 2022, None),
            ("PCI", 10, "hạng", 2023, None),
            ("SIPAS", 81.4, "%", 2022, None),
            ("PAPI", 44.2, "điểm", 2023, None),
        ],
        [("B5", "“chưa có” không phải một con số")],
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["Chỉ tiêu", "Kết quả", "Kết quả", "Năm"], ["PCI", 10, 11, 2023]], "B1 và C1"),
        ([["Tên gọi", "Con số"], ["PCI", 10]], "không có dòng tiêu đề"),
        ([["Ghi chú"], ["Chỉ tiêu", "Đơn vị"], ["PCI", "hạng"]], "dòng 2"),
        ([], "không có dòng tiêu đề"),
    ],
)
def test_wrong_headers_are_named(
    reader: SheetReader, tmp_path: Path, rows: list[list[Any]], said: str
) -> None:
    with pytest.raises(SheetError, match=said):
        reader.read(written(tmp_path, rows))


def test_each_bad_cell_is_named(reader: SheetReader, tmp_path: Path) -> None:
    rows = [
        HEADER,
        ["PCI", "=5+5", 2023, None],
        [None, None, None, None],
        ["PCI", 10, None, None],
        ["", 5, 2023, None],
        ["PCI", "1/2/3", 2023, None],
        ["SIPAS", "84,08 %", 2023, None],
    ]
    results, problems = read(reader, written(tmp_path, rows))
    assert [row[:2] for row in results] == [("SIPAS", 84.08)]
    assert [cell for cell, _ in problems] == ["B2", "C4", "A5", "B6"]

"""Results: read row by row from a sheet, stored once, held against targets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlite_utils import Database

from config.indicators import load_indicators
from knowledge.places import Places
from knowledge.results.result import Result, State, progress_of
from knowledge.results.sheet import SheetError, SheetReader
from knowledge.results.store import ResultStore
from knowledge.targets.names import Names
from knowledge.targets.row import Comparator, Target

HEADER = ["Chỉ tiêu", "Kết quả", "Đơn vị", "Năm", "Địa phương", "Lĩnh vực", "Nguồn"]


@pytest.fixture(scope="module")
def reader() -> SheetReader:
    return SheetReader(Names(load_indicators()), Places.load())


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[[Sequence[Sequence[Any]]], Path]:
    def write(rows: Sequence[Sequence[Any]]) -> Path:
        book = openpyxl.Workbook()
        for row in rows:
            book.worksheets[0].append(list(row))
        path = tmp_path / "ket-qua.xlsx"
        book.save(path)
        return path

    return write


def target(**changes: Any) -> Target:
    usual: dict[str, Any] = {
        "indicator": "PCI",
        "key": "pci",
        "comparator": Comparator.TOP,
        "value": 6.0,
        "upper": None,
        "unit": "hạng",
        "scope": None,
        "field": None,
        "year": 2023,
        "deadline": None,
        "quote": "…",
        "start": 0,
        "end": 1,
    }
    return Target(**usual | changes)


def result(value: float, year: int = 2023, **changes: Any) -> Result:
    usual: dict[str, Any] = {
        "indicator": "PCI",
        "key": "pci",
        "value": value,
        "unit": "hạng",
        "year": year,
        "place": "Quảng Nam",
        "field": None,
        "as_of": date(year, 12, 31),
        "source": "báo cáo",
    }
    return Result(**usual | changes)


def test_right_rows_are_read(reader: SheetReader, sheet: Callable[..., Path]) -> None:
    report = reader.read(
        sheet(
            [
                ["Kết quả thực hiện chỉ tiêu"],
                [],
                HEADER,
                ["Chỉ số PCI", 8, "hạng", 2023, "quang nam", None, "VCCI"],
                ["Mức độ hài lòng lĩnh vực đất đai", "87,5%", None, 2023, None, "Đất đai", None],
                [None] * 7,
                ["PAR Index", "88.48", "điểm", "2023", "Quảng Nam", None, "Bộ Nội vụ"],
            ]
        )
    )
    assert not report.problems
    assert [(r.key, r.value, r.unit, r.year, r.place, r.source) for r in report.results] == [
        ("pci", 8.0, "hạng", 2023, "Quảng Nam", "VCCI"),
        (report.results[1].key, 87.5, "%", 2023, None, "ket-qua.xlsx"),
        ("par_index", 88.48, "điểm", 2023, "Quảng Nam", "Bộ Nội vụ"),
    ]


def test_a_share_in_percent_format_is_a_percentage(
    reader: SheetReader, sheet: Callable[..., Path]
) -> None:
    path = sheet([HEADER, ["PAR Index", 0.885, None, 2023]])
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["B2"].number_format = "0.0%"
    book.save(path)
    (row,) = reader.read(path).results
    assert (row.value, row.unit) == (88.5, "%")


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        (["PCI", 8, "hạng", None, "Quảng Nam"], "D2"),
        (["PCI", None, "hạng", 2023, "Quảng Nam"], "B2"),
        (["PCI", "cao", "hạng", 2023, "Quảng Nam"], "B2"),
        (["PCI", True, "hạng", 2023, "Quảng Nam"], "B2"),
        ([None, 8, "hạng", 2023, "Quảng Nam"], "A2"),
        (["PCI", 8, "hạng", "năm ngoái", "Quảng Nam"], "D2"),
        (["PCI", 8, "hạng", 2023, "Sao Hỏa"], "E2"),
        (["PCI", 8, "hạng", 2023, "Quảng Nam", "Phép thuật"], "F2"),
        (["PCI", "=4+4", "hạng", 2023, "Quảng Nam"], "B2"),
    ],
)
def test_a_wrong_row_is_refused_with_its_cell_and_the_others_are_read(
    reader: SheetReader, sheet: Callable[..., Path], row: list[Any], cell: str
) -> None:
    report = reader.read(sheet([HEADER, row, ["PAPI", 40, "điểm", 2023, "Quảng Nam"]]))
    assert [problem.cell for problem in report.problems] == [cell]
    assert [r.key for r in report.results] == ["papi"]


def test_a_day_that_does_not_exist_is_refused(
    reader: SheetReader, sheet: Callable[..., Path]
) -> None:
    header = ["Chỉ số", "Giá trị", "Tính đến ngày"]
    report = reader.read(sheet([header, ["PCI", 8, "31/02/2023"], ["PCI", 8, "30/6/2023"]]))
    assert [problem.cell for problem in report.problems] == ["C2"]
    assert [(r.year, r.as_of) for r in report.results] == [(2023, date(2023, 6, 30))]


def test_a_file_that_is_no_sheet_is_refused_in_one_sentence(
    reader: SheetReader, sheet: Callable[..., Path], tmp_path: Path
) -> None:
    broken = tmp_path / "hong.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    for path in (broken, tmp_path / "khong-co.xlsx", sheet([["a", "b"], [1, 2]])):
        with pytest.raises(SheetError, match="xlsx"):
            reader.read(path)


def test_the_newest_result_of_an_indicator_is_found() -> None:
    store = ResultStore(Database(memory=True))
    store.add([result(9, as_of=date(2023, 6, 30)), result(7), result(3, 2022)])
    store.add([result(8)])
    found = store.of(target(), ["Quảng Nam"], 2023)
    assert found is not None
    assert found.value == 8
    assert store.of(target(field="Đất đai"), ["Quảng Nam"], 2023) is None
    assert store.of(target(), ["Vĩnh Long"], 2023) is None
    assert store.of(target(unit="điểm"), ["Quảng Nam"], 2023) is None
    assert len(store.all()) == 3
    assert [r.year for r in store.all(year=2022)] == [2022]


AT_LEAST = {"comparator": Comparator.AT_LEAST, "unit": "%", "value": 85.0}


@pytest.mark.parametrize(
    ("planned", "value", "on", "state", "gap"),
    [
        ({}, 6, date(2024, 1, 1), State.REACHED, 0),
        ({}, 8, date(2024, 1, 1), State.MISSED, -2),
        ({}, 8, date(2023, 6, 1), State.NOT_DUE, -2),
        (AT_LEAST, 87.5, date(2023, 6, 1), State.REACHED, 2.5),
        (AT_LEAST | {"strict": True}, 85, date(2024, 1, 1), State.MISSED, 0),
        ({"comparator": Comparator.AT_MOST, "value": 5.0}, 7, date(2024, 1, 1), State.MISSED, -2),
        (AT_LEAST | {"deadline": date(2023, 3, 1)}, 70, date(2023, 4, 1), State.MISSED, -15),
    ],
)
def test_a_target_stands_as_its_result_says(
    planned: dict[str, Any], value: float, on: date, state: State, gap: float
) -> None:
    progress = progress_of(target(**planned), result(value), on)
    assert progress.state is state
    assert progress.gap == pytest.approx(gap)


def test_without_a_figure_the_day_decides() -> None:
    assert progress_of(target(), None, date(2023, 5, 1)).state is State.NOT_DUE
    assert progress_of(target(), None, date(2024, 1, 1)).state is State.NO_FIGURE


def test_an_increase_is_counted_from_the_year_before() -> None:
    planned = target(comparator=Comparator.INCREASE, value=5.0, unit="%")
    on, before = date(2024, 1, 1), result(60, 2022)
    assert progress_of(planned, result(66), on, before).state is State.REACHED
    assert progress_of(planned, result(64), on, before).state is State.MISSED
    assert progress_of(planned, result(64), on).state is State.NO_FIGURE

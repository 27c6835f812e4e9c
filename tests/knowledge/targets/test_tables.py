"""Targets and deadlines out of the tables of a .docx file."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from knowledge.document import Document
from knowledge.ingest import Ingest
from knowledge.places import Places
from knowledge.readers import read_file
from tests.knowledge.plans import DEADLINES, TARGETS

HEAD = (
    "ỦY BAN NHÂN DÂN",
    "TỈNH BẾN TRE",
    "Số: 12/KH-UBND",
    "Bến Tre, ngày 05 tháng 01 năm 2024",
    "KẾ HOẠCH",
    "Cải cách hành chính năm 2024 của tỉnh Bến Tre",
    "I. MỤC TIÊU",
    "Các chỉ tiêu như bảng sau:",
)


@pytest.fixture
def document(tmp_path: Path, places: Places) -> Document:
    """Return a plan with a table of targets and one of tasks, merged cells in both."""
    word = docx.Document()
    for line in HEAD:
        word.add_paragraph(line)
    rows = [
        ["STT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch", ""],
        ["", "", "", "Năm 2024", "Năm 2025"],
        ["1", "Tỷ lệ hồ sơ giải quyết đúng hạn", "%", "≥ 98", "99"],
        ["2", "Chỉ số PAR Index", "Hạng", "15", "Nhóm 10 tỉnh dẫn đầu"],
        ["3", "Tỷ lệ hồ sơ trực tuyến toàn trình", "%", "", ""],
        ["", "- Cấp tỉnh", "%", "70", "80"],
        ["", "- Cấp xã", "%", "60 trở lên", ""],
    ]
    table = _table(word, rows)
    table.cell(0, 3).merge(table.cell(0, 4))
    for column in range(3):
        table.cell(0, column).merge(table.cell(1, column))
    word.add_paragraph("II. NHIỆM VỤ")
    tasks = _table(
        word,
        [
            ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian hoàn thành"],
            ["1", "Ban hành kế hoạch tuyên truyền", "Sở Nội vụ", "Quý I/2024"],
            ["2", "Tự chấm điểm Chỉ số CCHC", "", "15/12/2024"],
            ["3", "Kiểm tra cải cách hành chính", "Thanh tra tỉnh", "Hằng quý"],
        ],
    )
    tasks.cell(1, 2).merge(tasks.cell(2, 2))
    file = tmp_path / "ke-hoach.docx"
    word.save(str(file))
    return Ingest.read(read_file(file, 10_000_000).documents[0], places)


def _table(word: docx.document.Document, rows: list[list[str]]) -> docx.table.Table:
    table = word.add_table(rows=len(rows), cols=len(rows[0]))
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            table.cell(i, j).text = text
    return table


def test_columns_give_year_and_unit(document: Document) -> None:
    rows = [
        (r.indicator, r.comparator.value, r.value, r.unit, r.year) for r in TARGETS.read(document)
    ]
    assert rows == [
        ("Tỷ lệ hồ sơ giải quyết đúng hạn", ">=", 98, "%", 2024),
        ("Tỷ lệ hồ sơ giải quyết đúng hạn", "=", 99, "%", 2025),
        ("Chỉ số PAR Index", "=", 15, "hạng", 2024),
        ("Chỉ số PAR Index", "top_n", 10, "hạng", 2025),
        ("Tỷ lệ hồ sơ trực tuyến toàn trình Cấp tỉnh", "=", 70, "%", 2024),
        ("Tỷ lệ hồ sơ trực tuyến toàn trình Cấp tỉnh", "=", 80, "%", 2025),
        ("Tỷ lệ hồ sơ trực tuyến toàn trình Cấp xã", ">=", 60, "%", 2024),
    ]


def test_a_row_is_quoted_as_it_stands(document: Document) -> None:
    assert TARGETS.read(document)[0].quote == "1 | Tỷ lệ hồ sơ giải quyết đúng hạn | % | ≥ 98 | 99"


def test_tasks_have_their_time_and_body(document: Document) -> None:
    rows = [(r.task, r.due, r.responsible) for r in DEADLINES.read(document)]
    assert rows == [
        ("Ban hành kế hoạch tuyên truyền", "2024-03-31", "Sở Nội vụ"),
        ("Tự chấm điểm Chỉ số CCHC", "2024-12-15", "Sở Nội vụ"),
        ("Kiểm tra cải cách hành chính", "FREQ=MONTHLY;INTERVAL=3", "Thanh tra tỉnh"),
    ]


def test_columns_with_unknown_headings_are_told_by_what_they_hold(
    tmp_path: Path, places: Places
) -> None:
    file = tmp_path / "ke-hoach.md"
    file.write_text(
        "# Kế hoạch cải cách hành chính tỉnh Bến Tre năm 2024\n\n"
        "| Phần việc cụ thể | Ai làm | Chốt |\n|---|---|---|\n"
        "| Thống kê danh mục kết quả cần số hóa | Sở Nội vụ | 31/3/2024 |\n"
        "| Lựa chọn nhà cung cấp phần mềm | Sở Tài chính | Quý II/2024 |\n",
        encoding="utf-8",
    )
    read = Ingest.read(read_file(file, 10_000_000).documents[0], places)
    rows = [(r.task, r.due, r.responsible) for r in DEADLINES.read(read)]
    assert rows == [
        ("Thống kê danh mục kết quả cần số hóa", "2024-03-31", "Sở Nội vụ"),
        ("Lựa chọn nhà cung cấp phần mềm", "2024-06-30", "Sở Tài chính"),
    ]

"""Tables of PDF files: ruled or not, with merged cells, over several pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.document import BlockKind
from knowledge.ingest import Ingest
from knowledge.places import Places
from knowledge.readers import read_file
from tests.knowledge.plans import DEADLINES, TARGETS

from .drawn import Page, drawn
from .files import LIMIT

EDGES = (60.0, 90.0, 290.0, 340.0, 420.0, 500.0)
HEAD = [
    ["STT", "Chỉ tiêu", "ĐVT", "Kế hoạch", None],
    ["^", "^", "^", "Năm 2025", "Năm 2026"],
]
ROWS = [
    ["1", "Tỷ lệ hồ sơ giải quyết đúng hạn,\ntrước hạn", "%", "≥ 98", "99"],
    ["2", "Thứ hạng PAR Index", "Hạng", "40", "35"],
]
TEXT = "Giao Sở Nội vụ theo dõi, đôn đốc, tổng hợp kết quả thực hiện của các sở, ban, ngành."
TITLES = ["KẾ HOẠCH", "Cải cách hành chính tỉnh Lai Châu năm 2025", "Các chỉ tiêu như sau:"]


def page(*lines: str) -> Page:
    return Page([(60.0, 780.0 - 16 * i, line) for i, line in enumerate(lines)])


def blocks(tmp_path: Path, *pages: Page) -> list[tuple[BlockKind, str]]:
    file = tmp_path / "ke-hoach.pdf"
    file.write_bytes(drawn(pages))
    return [(b.kind, b.text) for b in read_file(file, LIMIT).documents[0].blocks]


def rows(tmp_path: Path, *pages: Page) -> list[str]:
    return [text for kind, text in blocks(tmp_path, *pages) if kind is BlockKind.ROW]


def test_cells_of_a_ruled_table_keep_their_columns(tmp_path: Path) -> None:
    first = page(*TITLES)
    first.table(720, EDGES, [*HEAD, *ROWS])
    first.texts.append((60, 500, "Giao Sở Nội vụ theo dõi việc thực hiện."))
    found = blocks(tmp_path, first)
    assert [text for _, text in found] == [
        *TITLES,
        "STT | Chỉ tiêu | ĐVT | Kế hoạch",
        "| | | Năm 2025 | Năm 2026",
        "1 | Tỷ lệ hồ sơ giải quyết đúng hạn, trước hạn | % | ≥ 98 | 99",
        "2 | Thứ hạng PAR Index | Hạng | 40 | 35",
        "Giao Sở Nội vụ theo dõi việc thực hiện.",
    ]


def test_targets_take_year_and_unit_from_the_columns(tmp_path: Path, places: Places) -> None:
    first = page(*TITLES)
    first.table(720, EDGES, [*HEAD, *ROWS])
    file = tmp_path / "ke-hoach.pdf"
    file.write_bytes(drawn([first]))
    document = Ingest.read(read_file(file, LIMIT).documents[0], places)
    found = TARGETS.read(document)
    assert [(t.indicator, t.comparator.value, t.value, t.unit, t.year) for t in found] == [
        ("Tỷ lệ hồ sơ giải quyết đúng hạn, trước hạn", ">=", 98, "%", 2025),
        ("Tỷ lệ hồ sơ giải quyết đúng hạn, trước hạn", "=", 99, "%", 2026),
        ("Thứ hạng PAR Index", "=", 40, "hạng", 2025),
        ("Thứ hạng PAR Index", "=", 35, "hạng", 2026),
    ]
    assert all(document.text[t.start : t.end] == t.quote for t in found)


@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_goes_on_on_the_next_page(tmp_path: Path, repeated: bool) -> None:
    one, other = page("PHỤ LỤC", TEXT), Page()
    one.table(720, EDGES, [*HEAD, ROWS[0]])
    other.table(780, EDGES, [*(HEAD if repeated else []), ROWS[1]])
    assert rows(tmp_path, one, other)[2:] == [
        "1 | Tỷ lệ hồ sơ giải quyết đúng hạn, trước hạn | % | ≥ 98 | 99",
        "2 | Thứ hạng PAR Index | Hạng | 40 | 35",
    ]


def test_a_row_cut_by_the_page_is_one_row(tmp_path: Path) -> None:
    edges = (60.0, 90.0, 340.0, 500.0)
    one, other = page("PHỤ LỤC", TEXT), Page()
    head = [["STT", "Nhiệm vụ", "Thời gian"], ["1", "Rà soát quy trình", "Quý I/2025"]]
    one.table(720, edges, head)
    other.table(780, edges, [["", "nội bộ của các sở", ""], ["2", "Kiểm tra", "Quý II/2025"]])
    assert rows(tmp_path, one, other)[1:] == [
        "1 | Rà soát quy trình nội bộ của các sở | Quý I/2025",
        "2 | Kiểm tra | Quý II/2025",
    ]


def test_columns_without_lines(tmp_path: Path, places: Places) -> None:
    first = page("KẾ HOẠCH", "Cải cách hành chính tỉnh Lai Châu năm 2025", "PHỤ LỤC NHIỆM VỤ")
    edges = (60.0, 100.0, 320.0, 440.0, 560.0)
    tasks = [
        ["STT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian"],
        ["1", "Rà soát văn bản quy phạm\npháp luật của tỉnh", "Sở Tư pháp", "Quý I/2025"],
        ["2", "Công bố danh mục thủ tục", "Văn phòng UBND", "30/6/2025"],
        ["3", "Kiểm tra kỷ luật, kỷ cương", "Sở Nội vụ", "Hằng quý"],
    ]
    first.table(720, edges, tasks, ruled=False)
    file = tmp_path / "phu-luc.pdf"
    file.write_bytes(drawn([first]))
    document = Ingest.read(read_file(file, LIMIT).documents[0], places)
    assert [(d.task, d.due, d.responsible) for d in DEADLINES.read(document)] == [
        ("Rà soát văn bản quy phạm pháp luật của tỉnh", "2025-03-31", "Sở Tư pháp"),
        ("Công bố danh mục thủ tục", "2025-06-30", "Văn phòng UBND"),
        ("Kiểm tra kỷ luật, kỷ cương", "FREQ=MONTHLY;INTERVAL=3", "Sở Nội vụ"),
    ]


def test_a_letterhead_in_two_columns_is_no_table(tmp_path: Path) -> None:
    head = page()
    for y, left, right in (
        (780, "UBND TỈNH LAI CHÂU", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (765, "Số: 12/KH-UBND", "Độc lập - Tự do - Hạnh phúc"),
        (750, "V/v kiểm tra", "Lai Châu, ngày 10 tháng 01 năm 2025"),
    ):
        head.texts += [(60, y, left), (320, y, right)]
    head.texts.append((60, 700, "Kính gửi: các sở, ban, ngành."))
    assert rows(tmp_path, head) == []


def test_a_frame_around_text_is_no_table(tmp_path: Path) -> None:
    framed = page("Thông báo", "Kính gửi: các sở, ban, ngành.")
    framed.lines += [(40, 790, 560, 790), (40, 20, 560, 20), (40, 790, 40, 20), (560, 790, 560, 20)]
    assert rows(tmp_path, framed) == []

"""PDF files: lines become paragraphs again, margins go."""

from __future__ import annotations

from pathlib import Path

from knowledge.readers import read_file
from knowledge.readers.pdf_lines import join_lines, without_margins

from .files import LIMIT, pdf

PAGE_1 = [
    "Công báo số 5",
    "QUYẾT ĐỊNH",
    "Điều 1. Phê duyệt kế hoạch cải cách hành chính của tỉnh với các",
    "mục tiêu sau đây, bảo đảm đúng tiến độ theo quy định của",
    "Chính phủ.",
    "1. Tỷ lệ hồ sơ đúng hạn đạt 98%;",
    "2. Mức độ hài lòng đạt 90% trở lên, trong đó lĩnh vực đất đai từ",
    "85% trở lên và tăng dần qua từng năm của giai đoạn theo lộ trình",
    "1",
]
PAGE_2 = [
    "Công báo số 5",
    "đã được phê duyệt.",
    "Điều 2. Quyết định có hiệu lực từ ngày ký.",
    "Trang 2/3",
]
PAGE_3 = ["Công báo số 5", "Nơi nhận:", "- Như Điều 2;", "- 3 -"]


def read(tmp_path: Path, *pages: list[str]) -> list[str]:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(pages))
    return [block.text for block in read_file(path, LIMIT).documents[0].blocks]


def test_pages_become_paragraphs(tmp_path: Path) -> None:
    assert read(tmp_path, PAGE_1, PAGE_2, PAGE_3) == [
        "QUYẾT ĐỊNH",
        "Điều 1. Phê duyệt kế hoạch cải cách hành chính của tỉnh với các mục tiêu sau đây, "
        "bảo đảm đúng tiến độ theo quy định của Chính phủ.",
        "1. Tỷ lệ hồ sơ đúng hạn đạt 98%;",
        "2. Mức độ hài lòng đạt 90% trở lên, trong đó lĩnh vực đất đai từ 85% trở lên và tăng dần "
        "qua từng năm của giai đoạn theo lộ trình đã được phê duyệt.",
        "Điều 2. Quyết định có hiệu lực từ ngày ký.",
        "Nơi nhận:",
        "- Như Điều 2;",
    ]


def test_document_is_named_by_its_file(tmp_path: Path) -> None:
    path = tmp_path / "3532-qd.pdf"
    path.write_bytes(pdf([PAGE_1]))
    document = read_file(path, LIMIT).documents[0]
    assert (document.key, document.source, document.title) == ("3532-qd", "3532-qd.pdf", None)


def test_line_repeated_on_two_pages_is_content() -> None:
    assert without_margins([["Bảng", "một"], ["Bảng", "hai"]]) == ["Bảng", "một", "Bảng", "hai"]


def test_page_of_nothing_but_margins() -> None:
    assert without_margins([["7"], ["Công báo", "8"], []]) == ["Công báo"]


def test_headings_and_items_are_not_joined() -> None:
    lines = ["CHƯƠNG I", "QUY ĐỊNH CHUNG", "Điều 1. Phạm vi", "a) Hồ sơ giấy", "b) Hồ sơ số"]
    assert join_lines(lines) == lines


def test_reference_at_a_line_start_belongs_to_its_sentence() -> None:
    assert join_lines(["Thực hiện theo quy định tại", "Điều 3 của Luật."]) == [
        "Thực hiện theo quy định tại Điều 3 của Luật."
    ]


def test_range_of_years_is_not_taken_for_an_item() -> None:
    assert join_lines(["Kế hoạch giai đoạn 2021", "- 2025 của huyện"]) == [
        "Kế hoạch giai đoạn 2021 - 2025 của huyện"
    ]


def test_no_lines() -> None:
    assert join_lines([]) == []

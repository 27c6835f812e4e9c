"""Saved web pages: the main text with its markup, and nothing else."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from knowledge.document import BlockKind, RawDocument
from knowledge.readers import read_file

from .files import LIMIT
from .test_legacy import VIETNAMESE, as_tcvn3

BODY = (
    "Kế hoạch của xã gồm các nhóm việc về thể chế, thủ tục, bộ máy và tài chính công, giao cho "
    "từng bộ phận theo dõi hằng quý và báo cáo trước ngày 20 của tháng cuối quý."
)
PAGE = f"""<!doctype html><html><head><meta charset="utf-8">
<title>Xã Bình An đặt mục tiêu mới - Cổng thông tin</title>
<link rel="canonical" href="https://binhan.vi.du/muc-tieu"></head><body>
<nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/gt">Giới thiệu</a></li></ul></nav>
<div class="content"><h1>Xã Bình An đặt mục tiêu mới</h1><p>09:15, 03/02/2022</p><p>{BODY}</p>
<h2>Mục tiêu</h2><ul><li>Giảm giấy tờ<ol><li>bớt bản sao</li></ol></li><li>Trả đúng hẹn</li></ul>
<ol><li>Rà soát</li><li>Công khai</li></ol>
<table><tr><th>Chỉ số</th><th>Mức</th></tr><tr><td>PCI</td><td>nhóm <b>10</b></td></tr></table>
<p>Dòng một<br>Dòng hai</p><p>Nguồn: Báo Bình An</p><p>Lê Minh</p><p>Lượt xem: 210 Bản in</p></div>
<footer>POWERED BY SOMECMS</footer><script>var x = "mã lệnh"</script></body></html>"""


def read(path: Path, content: bytes) -> RawDocument:
    path.write_bytes(content)
    return read_file(path, LIMIT).documents[0]


def test_page_with_all_kinds_of_blocks(tmp_path: Path) -> None:
    document = read(tmp_path / "tin.html", PAGE.encode())
    assert [(b.kind.value, b.level, b.text) for b in document.blocks] == [
        ("heading", 1, "Xã Bình An đặt mục tiêu mới"),
        ("paragraph", 0, "09:15, 03/02/2022"),
        ("paragraph", 0, BODY),
        ("heading", 2, "Mục tiêu"),
        ("item", 1, "- Giảm giấy tờ"),
        ("item", 2, "1. bớt bản sao"),
        ("item", 1, "- Trả đúng hẹn"),
        ("item", 1, "1. Rà soát"),
        ("item", 1, "2. Công khai"),
        ("row", 0, "Chỉ số | Mức"),
        ("row", 0, "PCI | nhóm 10"),
        ("paragraph", 0, "Dòng một"),
        ("paragraph", 0, "Dòng hai"),
        ("paragraph", 0, "Nguồn: Báo Bình An"),
        ("paragraph", 0, "Lê Minh"),
    ]
    assert document.title == "Xã Bình An đặt mục tiêu mới"
    assert document.front_matter == {"url": "https://binhan.vi.du/muc-tieu"}
    assert (document.key, document.source) == ("tin", "https://binhan.vi.du/muc-tieu")


def test_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the reader opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    linked = PAGE.replace("<nav>", '<img src="http://vi.du/a.png"><link href="http://vi.du/a.css">')
    assert read(tmp_path / "tin.html", linked.encode()).blocks


def test_small_page_falls_back_to_its_plain_parts(tmp_path: Path) -> None:
    page = (
        "<h2>Phí</h2><table><tr><td>Bản sao</td><td><p>5.000</p><p>đồng</p></td></tr></table>"
        "<ul><li>Nộp <b>tr</b>ước</li></ul><nav>Trang chủ</nav>"
    )
    blocks = read(tmp_path / "nho.html", page.encode()).blocks
    assert [(b.kind, b.text) for b in blocks] == [
        (BlockKind.HEADING, "Phí"),
        (BlockKind.ROW, "Bản sao | 5.000 đồng"),
        (BlockKind.ITEM, "- Nộp trước"),
    ]


@pytest.mark.parametrize(("declared", "encoding"), [("utf-8", "utf-8"), ("utf-16", "utf-16")])
def test_declared_encoding(tmp_path: Path, declared: str, encoding: str) -> None:
    page = f"<html><head><meta charset={declared}></head><body><p>{BODY}</p></body></html>"
    assert read(tmp_path / "a.html", page.encode(encoding)).blocks[0].text == BODY


@pytest.mark.parametrize("declared", ["x-user-defined", "us-ascii", "iso-8859-1"])
def test_wrongly_declared_old_encoding(tmp_path: Path, declared: str) -> None:
    head = f"<html><head><meta charset={declared}></head>"
    page = f"{head}<body><p>{as_tcvn3(VIETNAMESE)}</p></body></html>"
    text = read(tmp_path / "a.html", page.encode("latin-1")).blocks[0].text
    assert text.lower() == VIETNAMESE.lower()


def test_cells_that_span_keep_the_others_in_their_columns(tmp_path: Path) -> None:
    table = (
        '<table><tr><th rowspan="2">TT</th><th colspan="2">Phân công</th><th rowspan="2">Hạn</th>'
        "</tr><tr><th>Chủ trì</th><th>Phối hợp</th></tr>"
        '<tr><td>1</td><td rowspan="2">Sở Nội vụ</td><td>Các sở</td><td>Quý I</td></tr>'
        "<tr><td>2</td><td>Các xã</td><td>Quý II</td></tr></table>"
    )
    for around in (BODY, BODY * 8):  # read as a small page and as a whole one
        page = f"<html><body><h1>Kế hoạch</h1><p>{around}</p>{table}</body></html>"
        rows = [b.text for b in read(tmp_path / "bang.html", page.encode()).blocks if "|" in b.text]
        assert rows == [
            "TT | Phân công | | Hạn",
            "| Chủ trì | Phối hợp",
            "1 | Sở Nội vụ | Các sở | Quý I",
            "2 | | Các xã | Quý II",
        ]

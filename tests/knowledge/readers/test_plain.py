"""Plain text and Markdown: encodings, front matter, kinds of blocks."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from knowledge.document import BlockKind, RawDocument
from knowledge.readers import read_file

from .files import LIMIT

TEXT = "KẾ HOẠCH\nCải cách hành chính của huyện trong năm tới.\nThưởng người làm tốt việc đúng hạn."


def read(path: Path, content: bytes) -> RawDocument:
    path.write_bytes(content)
    result = read_file(path, LIMIT)
    assert result.rejected == []
    return result.documents[0]


def lines(document: RawDocument) -> list[str]:
    return [block.text for block in document.blocks]


def windows_1258(text: str) -> bytes:
    encoded = b""
    for letter in text:
        try:
            encoded += letter.encode("cp1258")
        except UnicodeEncodeError:
            base, *marks = list(unicodedata.normalize("NFD", letter))
            tone = marks.pop(
                next(i for i, m in enumerate(marks) if m in "\u0300\u0301\u0303\u0309\u0323")
            )
            encoded += unicodedata.normalize("NFC", base + "".join(marks)).encode("cp1258")
            encoded += tone.encode("cp1258")
    return encoded


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_encodings_read_the_same(tmp_path: Path, encoding: str) -> None:
    assert lines(read(tmp_path / "a.txt", TEXT.encode(encoding))) == TEXT.split("\n")


def test_windows_1258_is_recognised_by_its_spelling(tmp_path: Path) -> None:
    assert lines(read(tmp_path / "a.txt", windows_1258(TEXT))) == TEXT.split("\n")


def test_decomposed_letters_hidden_signs_and_spaces_are_cleaned(tmp_path: Path) -> None:
    messy = "\ufeff  Thủ\u00a0tục\u200b \u00ad hành   chính \r\n\r\n\x0ccấp xã\u2028sau"
    document = read(tmp_path / "a.txt", unicodedata.normalize("NFD", messy).encode())
    assert lines(document) == ["Thủ tục hành chính", "cấp xã", "sau"]


def test_document_is_named_by_its_file(tmp_path: Path) -> None:
    document = read(tmp_path / "ke-hoach.2023.txt", TEXT.encode())
    assert (document.key, document.source, document.title) == (
        "ke-hoach.2023",
        "ke-hoach.2023.txt",
        None,
    )


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_front_matter_is_taken_off(tmp_path: Path, suffix: str) -> None:
    head = (
        '\ufeff---\nTitle: "Kế hoạch năm 2024"\nnumber: 12/KH-UBND\n'
        "replaces: 1/KH, 2/KH\n# ghi chú\nurl:\n---\n"
    )
    document = read(tmp_path / f"a{suffix}", (head + TEXT.replace("\n", "\n\n")).encode())
    assert document.title == "Kế hoạch năm 2024"
    assert document.front_matter == {"number": "12/KH-UBND", "replaces": "1/KH, 2/KH"}
    assert lines(document) == TEXT.split("\n")


@pytest.mark.parametrize("head", ["---\nKhông phải cặp\n---\n", "---\nnumber: 1/KH\n"])
def test_what_is_no_front_matter_stays(tmp_path: Path, head: str) -> None:
    document = read(tmp_path / "a.txt", (head + TEXT).encode())
    assert document.front_matter == {}
    assert lines(document)[1] == head.split("\n")[1]


def test_markdown_blocks(tmp_path: Path) -> None:
    page = """# Kế hoạch [CCHC](https://vi.du) năm 2024

Đoạn **đậm** và
*nghiêng* nối dòng, giữ `mã_số`.

Mục tiêu
--------
- việc một
  nối tiếp
  1. việc con
* việc hai

| Chỉ số | Mức |
|---|---:|
| PCI | nhóm 10 |

**Tổ chức thực hiện**
<!-- ghi chú -->
Đoạn cuối 3 \\* 4
"""
    document = read(tmp_path / "a.md", page.encode())
    assert document.title == "Kế hoạch CCHC năm 2024"
    assert [(b.kind, b.level, b.text) for b in document.blocks] == [
        (BlockKind.HEADING, 1, "Kế hoạch CCHC năm 2024"),
        (BlockKind.PARAGRAPH, 0, "Đoạn đậm và nghiêng nối dòng, giữ mã_số."),
        (BlockKind.HEADING, 2, "Mục tiêu"),
        (BlockKind.ITEM, 1, "- việc một nối tiếp"),
        (BlockKind.ITEM, 2, "1. việc con"),
        (BlockKind.ITEM, 1, "* việc hai"),
        (BlockKind.ROW, 0, "Chỉ số | Mức"),
        (BlockKind.ROW, 0, "PCI | nhóm 10"),
        (BlockKind.HEADING, 0, "Tổ chức thực hiện"),
        (BlockKind.PARAGRAPH, 0, "Đoạn cuối 3 * 4"),
    ]


def test_bold_words_in_a_paragraph_make_no_heading(tmp_path: Path) -> None:
    document = read(tmp_path / "a.md", "**Sở Nội vụ**\nchủ trì.".encode())
    assert [(b.kind, b.text) for b in document.blocks] == [
        (BlockKind.PARAGRAPH, "Sở Nội vụ chủ trì.")
    ]


@pytest.mark.parametrize(
    ("name", "content", "first"),
    [
        (
            "trang.txt",
            "<!DOCTYPE html><html><body><p>Phí là 5.000 đồng.</p></body></html>",
            "Phí là 5.000 đồng.",
        ),
        ("trang.doc", "<html><body><p>Phí là 5.000 đồng.</p></body></html>", "Phí là 5.000 đồng."),
        ("dong.txt", '{"id": "1", "text": "Phí là 5.000 đồng."}', "Phí là 5.000 đồng."),
        ("danh-sach.jsonl", '[{"id": "1", "text": "Phí là 5.000 đồng."}]', "Phí là 5.000 đồng."),
        ("dong.json", '{"id": 1, "text": "Một."}\n{"id": 2, "text": "Hai."}', "Một."),
        ("ngoac.txt", "[Tin nhanh] Phí là 5.000 đồng.", "[Tin nhanh] Phí là 5.000 đồng."),
    ],
)
def test_wrongly_named_file_is_read_by_what_it_is(
    tmp_path: Path, name: str, content: str, first: str
) -> None:
    assert lines(read(tmp_path / name, content.encode()))[0] == first

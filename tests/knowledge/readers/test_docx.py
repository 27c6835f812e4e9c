"""Word files: order, automatic numbers, headings, tables, what is left out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml

from knowledge.document import BlockKind, RawDocument
from knowledge.readers import read_file

from .files import LIMIT, WORD
from .test_legacy import VIETNAMESE, as_tcvn3, as_vni

NS = f'xmlns:w="{WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
HEAD, PARA, ITEM, ROW = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ROW


def read(word: Any, path: Path) -> RawDocument:
    word.save(path)
    return read_file(path, LIMIT).documents[0]


def texts(document: RawDocument) -> list[str]:
    return [block.text for block in document.blocks]


def add_list(word: Any, number: int, *levels: tuple[str, str], restarts: int | None = None) -> None:
    """Define a list: (format, text) per level; `restarts` reuses another list from 1 again."""
    numbering = word.part.numbering_part.element
    if restarts is None:
        shapes = "".join(
            f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="{text}"/></w:lvl>'
            for i, (form, text) in enumerate(levels)
        )
        numbering.insert(
            0, parse_xml(f'<w:abstractNum {NS} w:abstractNumId="{number}">{shapes}</w:abstractNum>')
        )
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering.append(
        parse_xml(
            f'<w:num {NS} w:numId="{number}"><w:abstractNumId w:val="{restarts or number}"/>'
            f"{override if restarts else ''}</w:num>"
        )
    )


def add_item(word: Any, text: str, number: int, level: int = 0) -> None:
    properties = word.add_paragraph(text)._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {NS}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )


def add_raw(word: Any, content: str) -> None:
    word.element.body.insert(len(word.element.body) - 1, parse_xml(f"<w:p {NS}>{content}</w:p>"))


def test_paragraphs_and_tables_stand_in_document_order(tmp_path: Path) -> None:
    word = Document()
    word.add_paragraph("Trước bảng.")
    table = word.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("Chỉ số", "Mức", "PCI", "nhóm 10"), strict=True):
        cell.text = text
    word.add_paragraph("Sau bảng.")
    document = read(word, tmp_path / "ke-hoach.docx")
    assert [(b.kind, b.text) for b in document.blocks] == [
        (PARA, "Trước bảng."),
        (ROW, "Chỉ số | Mức"),
        (ROW, "PCI | nhóm 10"),
        (PARA, "Sau bảng."),
    ]
    assert (document.key, document.source, document.title) == ("ke-hoach", "ke-hoach.docx", None)


def test_merged_cells_are_read_once(tmp_path: Path) -> None:
    word = Document()
    table = word.add_table(rows=2, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Gộp ngang"
    table.cell(0, 2).merge(table.cell(1, 2)).text = "Gộp dọc"
    table.cell(1, 0).text, table.cell(1, 1).text = "a", "b"
    assert texts(read(word, tmp_path / "a.docx")) == ["Gộp ngang | | Gộp dọc", "a | b"]


@pytest.mark.parametrize("said", ["1000000000", "9" * 5000, "-3", "0", "nhiều", "²"])
def test_a_cell_goes_over_no_more_columns_than_a_table_has(tmp_path: Path, said: str) -> None:
    word = Document()
    table = word.add_table(rows=1, cols=2)
    for cell, text in zip(table._cells, ("Chỉ số", "Mức"), strict=True):
        cell.text = text
    properties = table.cell(0, 0)._tc.get_or_add_tcPr()
    properties.append(parse_xml(f'<w:gridSpan {NS} w:val="{said}"/>'))
    (row,) = texts(read(word, tmp_path / "a.docx"))
    assert row.split(" | ")[0] == "Chỉ số"
    assert row.endswith("Mức")
    assert len(row) < 300


def test_table_of_one_column_is_a_frame(tmp_path: Path) -> None:
    word = Document()
    cell = word.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "Dòng một"
    cell.add_paragraph("Dòng hai")
    document = read(word, tmp_path / "a.docx")
    assert [(b.kind, b.text) for b in document.blocks] == [(PARA, "Dòng một"), (PARA, "Dòng hai")]


def test_numbers_are_made_visible(tmp_path: Path) -> None:
    word = Document()
    add_list(word, 51, ("decimal", "%1."), ("lowerLetter", "%2)"), ("decimal", "%1.%3."))
    add_list(word, 52, ("upperRoman", "%1."), ("lowerRoman", "(%2)"), ("upperLetter", "%3."))
    add_list(word, 53, ("bullet", "\uf0b7"))
    add_list(word, 54, ("decimal", "Điều %1."))
    for text, number, level in (
        ("một", 51, 0), ("nhỏ", 51, 1), ("nhỏ nữa", 51, 1), ("sâu", 51, 2), ("hai", 51, 0),
        ("lại nhỏ", 51, 1), ("phần", 52, 0), ("ý", 52, 1), ("chữ", 52, 2), ("phần sau", 52, 0),
        ("gạch", 53, 0), ("Phạm vi", 54, 0), ("Đối tượng", 54, 0), ("ba", 51, 0),
    ):  # fmt: skip
        add_item(word, text, number, level)
    document = read(word, tmp_path / "a.docx")
    assert texts(document) == [
        "1. một", "a) nhỏ", "b) nhỏ nữa", "1.1. sâu", "2. hai", "a) lại nhỏ", "I. phần", "(i) ý",
        "A. chữ", "II. phần sau", "- gạch", "Điều 1. Phạm vi", "Điều 2. Đối tượng", "3. ba",
    ]  # fmt: skip
    assert [(b.kind, b.level) for b in document.blocks[:4]] == [
        (ITEM, 1),
        (ITEM, 2),
        (ITEM, 2),
        (ITEM, 3),
    ]
    assert document.blocks[11].kind is PARA


def test_list_that_restarts(tmp_path: Path) -> None:
    word = Document()
    add_list(word, 61, ("decimal", "%1)"))
    add_list(word, 62, restarts=61)
    for text, number in (("a", 61), ("b", 61), ("c", 62), ("d", 62)):
        add_item(word, text, number)
    assert texts(read(word, tmp_path / "a.docx")) == ["1) a", "2) b", "1) c", "2) d"]


def test_numbers_that_come_with_a_style(tmp_path: Path) -> None:
    word = Document()
    for text in ("một", "hai"):
        word.add_paragraph(text, style="List Number")
    word.add_paragraph("ba", style="List Bullet")
    assert texts(read(word, tmp_path / "a.docx")) == ["1. một", "2. hai", "- ba"]


def test_headings_by_style_and_by_bold(tmp_path: Path) -> None:
    word = Document()
    word.add_paragraph("Kế hoạch năm 2024 của xã", style="Title")
    word.add_heading("Mục tiêu", level=2)
    word.add_paragraph().add_run("Tổ chức thực hiện").bold = True
    word.add_paragraph().add_run("Cả câu này đậm nhưng là một câu.").bold = True
    mixed = word.add_paragraph()
    mixed.add_run("Điều 1. ").bold = True
    mixed.add_run("Phê duyệt kế hoạch")
    document = read(word, tmp_path / "a.docx")
    assert [(b.kind, b.level) for b in document.blocks] == [
        (HEAD, 1),
        (HEAD, 2),
        (HEAD, 0),
        (PARA, 0),
        (PARA, 0),
    ]
    assert document.title == "Kế hoạch năm 2024 của xã"


def test_numbered_heading_keeps_its_number(tmp_path: Path) -> None:
    word = Document()
    add_list(word, 71, ("upperRoman", "%1."))
    add_item(word, "Mục tiêu", 71)
    word.paragraphs[0].style = "Heading 1"
    block = read(word, tmp_path / "a.docx").blocks[0]
    assert (block.kind, block.level, block.text) == (HEAD, 1, "I. Mục tiêu")


def test_left_out_text_and_text_boxes(tmp_path: Path) -> None:
    word = Document()
    word.sections[0].header.paragraphs[0].text = "Đầu trang"
    word.sections[0].footer.paragraphs[0].text = "Chân trang"
    add_raw(
        word,
        "<w:del><w:r><w:delText>xóa</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>Câu thêm</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:tab/><w:t>, còn lại.</w:t></w:r>",
    )
    box = "<w:txbxContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p></w:txbxContent>"
    add_raw(
        word,
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{box}</mc:Choice>'
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent><w:t>Ngoài khung</w:t></w:r>",
    )
    word.element.body.insert(
        0,
        parse_xml(
            f"<w:sdt {NS}><w:sdtContent><w:p><w:r><w:t>Trong ô điền</w:t></w:r></w:p>"
            "</w:sdtContent></w:sdt>"
        ),
    )
    assert texts(read(word, tmp_path / "a.docx")) == [
        "Trong ô điền", "Câu thêm , còn lại.", "Ngoài khung", "Trong khung",
    ]  # fmt: skip


def test_line_breaks_divide_only_where_a_thought_begins(tmp_path: Path) -> None:
    word = Document()
    word.add_paragraph("QUYẾT ĐỊNH\nVề việc ban hành kế hoạch\ncải cách hành chính")
    assert texts(read(word, tmp_path / "a.docx")) == [
        "QUYẾT ĐỊNH",
        "Về việc ban hành kế hoạch cải cách hành chính",
    ]


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Kế hoạch cải cách hành chính", "Kế hoạch cải cách hành chính"),
        ("Microsoft Word - ke hoach 2", None),
        ("QUYẾT ĐỊNH", None),
        ("ban thao cuoi.docx", None),
    ],
)
def test_title_from_properties_only_where_it_says_something(
    tmp_path: Path, stated: str, title: str | None
) -> None:
    word = Document()
    word.add_paragraph("Nội dung.")
    word.core_properties.title = stated
    assert read(word, tmp_path / "a.docx").title == title


@pytest.mark.parametrize("convert", [as_tcvn3, as_vni])
def test_old_font_encodings_are_converted(tmp_path: Path, convert: Any) -> None:
    word = Document()
    word.core_properties.title = convert("Sổ hộ tịch giữ ở bộ phận một cửa")
    word.add_paragraph(convert(VIETNAMESE))
    document = read(word, tmp_path / "a.docx")
    assert document.blocks[0].text.lower() == VIETNAMESE.lower()
    assert document.title == "Sổ hộ tịch giữ ở bộ phận một cửa"

"""Sections follow a document's own structure and lose none of its words."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.document import Block, BlockKind, RawDocument, Section
from knowledge.structure import assemble

LONG = "Các sở, ban, ngành có trách nhiệm tổ chức thực hiện đầy đủ nhiệm vụ được giao trong năm. "


def plain(*lines: str, title: str | None = None) -> RawDocument:
    return RawDocument("k", "s", tuple(Block(line) for line in lines), title)


def cut(raw: RawDocument) -> list[tuple[tuple[str, ...], str]]:
    text, sections = assemble(raw)
    return [(section.heading, text[section.start : section.end]) for section in sections]


def heading_of(raw: RawDocument, words: str) -> tuple[str, ...]:
    (heading,) = [heading for heading, text in cut(raw) if words in text]
    return heading


PLAN = plain(
    "UBND TỈNH QUẢNG NAM",
    "QUYẾT ĐỊNH:",
    "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch cải cách hành chính năm 2023.",
    "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.",
    "KẾ HOẠCH",
    "CẢI CÁCH HÀNH CHÍNH NĂM 2023",
    "(Ban hành kèm theo Quyết định số 3532/QĐ-UBND)",
    "I. MỤC TIÊU, YÊU CẦU",
    "1. Mục tiêu",
    "Nâng cao chất lượng phục vụ.",
    "2. Yêu cầu",
    "a) Cụ thể:",
    "- Rõ người.",
    "+ Rõ hạn.",
    "b) Gắn với thi đua.",
    "II. NHIỆM VỤ",
    "1. Cải cách thể chế",
    "1.1. Rà soát văn bản",
    "Các sở rà soát văn bản.",
    "2. Cải cách thủ tục",
    "- Cắt giảm 20% thời gian.",
    "III. TỔ CHỨC THỰC HIỆN",
    "1. Sở Nội vụ chủ trì theo dõi.",
    "2. Sở Tài chính bố trí kinh phí.",
)
ANNEX = "KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH NĂM 2023"


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        ("có hiệu lực kể từ", ("Điều 2",)),
        ("Nâng cao chất lượng", (ANNEX, "I. MỤC TIÊU, YÊU CẦU", "1. Mục tiêu")),
        ("Rõ hạn", (ANNEX, "I. MỤC TIÊU, YÊU CẦU", "2. Yêu cầu")),
        ("Các sở rà soát", (ANNEX, "II. NHIỆM VỤ", "1. Cải cách thể chế", "1.1. Rà soát văn bản")),
        ("Cắt giảm 20%", (ANNEX, "II. NHIỆM VỤ", "2. Cải cách thủ tục")),
        ("Sở Tài chính", (ANNEX, "III. TỔ CHỨC THỰC HIỆN")),
    ],
)
def test_a_decision_with_its_plan(words: str, heading: tuple[str, ...]) -> None:
    assert heading_of(PLAN, words) == heading


LAW = plain(
    "Chương I",
    "QUY ĐỊNH CHUNG",
    "Mục 1. PHẠM VI",
    "Điều 1. Phạm vi điều chỉnh",
    "1. Luật này quy định:",
    "a) Việc thứ nhất;",
    "b) Việc thứ hai.",
    "2. Luật này không áp dụng với việc khác theo quy định tại khoản 1 Điều này.",
    "Điều 1 và Điều 2 của luật cũ không còn áp dụng.",
    "Chương II",
    "TỔ CHỨC",
    "Điều 2. Trách nhiệm",
    "Bộ Nội vụ chịu trách nhiệm.",
    "Phụ lục I",
    "BIỂU MẪU",
    "Mẫu số một.",
)


def test_a_law() -> None:
    first = ("Chương I. QUY ĐỊNH CHUNG", "Mục 1. PHẠM VI", "Điều 1. Phạm vi điều chỉnh")
    assert heading_of(LAW, "Việc thứ hai") == first
    assert heading_of(LAW, "không còn áp dụng") == first
    assert heading_of(LAW, "Bộ Nội vụ") == ("Chương II. TỔ CHỨC", "Điều 2. Trách nhiệm")
    assert heading_of(LAW, "Mẫu số một") == ("Phụ lục I. BIỂU MẪU",)


def test_a_section_begins_with_its_own_heading_line() -> None:
    texts = [text for _, text in cut(LAW)]
    assert any(text.startswith("Điều 2. Trách nhiệm\nBộ Nội vụ") for text in texts)


def test_the_line_above_a_list_stays_with_it_and_names_it() -> None:
    raw = plain(
        "Nghị quyết đã ban hành.",
        "Các nhiệm vụ cụ thể được xác định:",
        "1. Tăng cường lãnh đạo",
        "2. Cải cách tài chính công",
        "Nguồn: Cổng thông tin.",
    )
    sections = cut(raw)
    (heading, text) = sections[1]
    assert heading == ("Các nhiệm vụ cụ thể được xác định",)
    assert text.startswith("Các nhiệm vụ")
    assert text.endswith("tài chính công")
    assert sections[2] == ((), "Nguồn: Cổng thông tin.")


def test_a_plain_paragraph_inside_a_list_does_not_end_it() -> None:
    raw = plain("Nhiệm vụ gồm:", "1. Một việc.", "Nói thêm về việc một.", "2. Hai việc.")
    assert {heading for heading, _ in cut(raw)} == {("Nhiệm vụ gồm",)}


def test_fields_of_a_procedure_are_never_mixed() -> None:
    raw = RawDocument(
        "1.000",
        "s",
        (
            Block("Trình tự thực hiện", BlockKind.HEADING, 1),
            Block("Bước 1: Nộp hồ sơ."),
            Block("* Trường hợp trực tiếp:"),
            Block("+ Nếu đủ thì nhận."),
            Block("Lệ phí", BlockKind.HEADING, 1),
            Block("30.000 đồng"),
        ),
        "Cấp đổi thẻ",
    )
    assert cut(raw) == [
        (
            ("Trình tự thực hiện", "Bước 1: Nộp hồ sơ", "* Trường hợp trực tiếp"),
            "Trình tự thực hiện\nBước 1: Nộp hồ sơ.\n* Trường hợp trực tiếp:\n+ Nếu đủ thì nhận.",
        ),
        (("Lệ phí",), "Lệ phí\n30.000 đồng"),
    ]


def test_headings_of_the_markup_nest_by_level_and_leave_out_the_title() -> None:
    raw = RawDocument(
        "k",
        "s",
        (
            Block("Chương trình cải cách", BlockKind.HEADING, 1),
            Block("Mục tiêu", BlockKind.HEADING, 2),
            Block("Chung", BlockKind.HEADING, 3),
            Block("Nâng cao chất lượng."),
            Block("Nhiệm vụ", BlockKind.HEADING, 2),
            Block("Rà soát văn bản."),
        ),
    )
    assert heading_of(raw, "Nâng cao") == ("Mục tiêu", "Chung")
    assert heading_of(raw, "Rà soát") == ("Nhiệm vụ",)


def test_bold_headings_without_levels_nest_by_their_numbers() -> None:
    bold = BlockKind.HEADING
    raw = RawDocument(
        "k",
        "s",
        (
            Block("I. MỤC TIÊU", bold),
            Block("1. Mục tiêu chung", bold),
            Block("Nâng cao chất lượng."),
            Block("II. NHIỆM VỤ", bold),
            Block("Rà soát văn bản."),
        ),
    )
    assert heading_of(raw, "Nâng cao") == ("I. MỤC TIÊU", "1. Mục tiêu chung")
    assert heading_of(raw, "Rà soát") == ("II. NHIỆM VỤ",)


def test_a_document_may_put_arabic_above_roman_numbers() -> None:
    raw = plain(
        *("1. Thể chế", "I. Rà soát", "Rà soát văn bản.", "II. Ban hành", "Ban hành đúng hạn."),
        *("2. Thủ tục", "I. Cắt giảm", "Giảm thời gian.", "II. Số hóa", "Số hóa hồ sơ."),
    )
    assert heading_of(raw, "Giảm thời gian") == ("2. Thủ tục", "I. Cắt giảm")


def test_a_table_of_contents_and_a_repeated_title_break_nothing() -> None:
    title = "Chương trình cải cách hành chính"
    raw = plain(
        title,
        "Chương I. Quy định chung ........ 1",
        "Chương II. Tổ chức ........ 5",
        title,
        "Chương I. Quy định chung",
        "Nội dung chương một.",
        title,
        "Nội dung tiếp theo.",
        title=title,
    )
    assert heading_of(raw, "Nội dung chương một") == ("Chương I. Quy định chung",)
    assert heading_of(raw, "Nội dung tiếp theo") == ("Chương I. Quy định chung",)


def test_a_long_clause_is_cut_at_sentence_ends() -> None:
    sections = cut(plain(f"1. {LONG * 30}".strip(), "2. Ngắn."))
    assert len(sections) >= 3
    assert all(len(text) <= 1200 for _, text in sections)
    assert all(text.endswith(".") for _, text in sections)


def test_a_table_row_stays_whole() -> None:
    row = (LONG * 30).strip()
    raw = RawDocument("k", "s", (Block("Bảng:"), Block(row, BlockKind.ROW), Block("Hết.")))
    assert any(row in text for _, text in cut(raw))


def test_tiny_items_are_put_together() -> None:
    sections = cut(plain("Gồm:", *(f"- Mục số {at} của danh sách." for at in range(20))))
    assert len(sections) == 1


def test_text_is_nfc_with_one_line_a_block() -> None:
    raw = plain(unicodedata.normalize("NFD", "Quyết định"), "  hai   khoảng trắng ")
    assert assemble(raw)[0] == "Quyết định\nhai khoảng trắng"
    assert assemble(plain())[1] == ()


LINES = st.sampled_from(
    [
        *(
            "Chương I",
            "Chương II. Tổ chức",
            "Điều 1. Phạm vi",
            "Điều 2. Có hiệu lực ngay.",
            "Mục 1",
        ),
        *(
            "I. MỤC TIÊU",
            "II. NHIỆM VỤ",
            "1. Mục tiêu",
            "2. Giao Sở Nội vụ.",
            "1.1. Rà soát",
            "a) Một;",
        ),
        *("b) Hai.", "- Gạch.", "+ Cộng.", "- Cấp tỉnh:", "Gồm các việc sau:", "TỔ CHỨC THỰC HIỆN"),
        *("KẾ HOẠCH", "Đoạn văn thường.", LONG * 20, "x", "Phụ lục I", "Bước 1: Nộp", "(1) Ngoặc"),
    ]
)
BLOCKS = st.lists(
    st.builds(Block, LINES, st.sampled_from(BlockKind), st.integers(0, 3)), max_size=25
)


@settings(max_examples=200)
@given(BLOCKS)
def test_sections_are_in_order_and_lose_no_content(blocks: list[Block]) -> None:
    text, sections = assemble(RawDocument("k", "s", tuple(blocks)))
    end = 0
    for section in sections:
        assert end <= section.start < section.end <= len(text)
        end = section.end
    for line in _uncovered(text, sections):
        # Only headings may stand outside: then they are in the path of some section.
        paths = {part for section in sections for part in section.heading}
        assert any(line.rstrip(" :.") in part for part in paths)


def _uncovered(text: str, sections: tuple[Section, ...]) -> list[str]:
    lines, start = [], 0
    for line in text.split("\n"):
        if line and not any(
            s.start <= start and start + len(line.rstrip()) <= s.end for s in sections
        ):
            inside = any(s.start < start + len(line) and start < s.end for s in sections)
            if not inside:
                lines.append(line)
        start += len(line) + 1
    return lines

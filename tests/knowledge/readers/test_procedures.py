"""Portal procedures: fields as sections, flattened tables as rows, no word changed."""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.document import Block, BlockKind
from knowledge.readers import read_file
from knowledge.readers.clean import clean
from knowledge.readers.procedure_acts import split_acts
from knowledge.readers.procedure_tables import (
    basis_blocks,
    mode_blocks,
    paper_blocks,
    result_blocks,
)
from knowledge.readers.procedures import read_procedure

SHARED = Path(__file__).parents[4] / "shared"
MODES = "Hình thức nộpThời gianPhí, lệ phíMô tả"
PAPERS = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
CELLS = (
    *("Trực tiếp", "Trực tuyến", "5", " Ngày", "Miễn phí", "Luật", "1/2020/NĐ-CP", "TT-BTC", "\n"),
    *("12/2015/", "1 bản chính", "Đơn", "sửa đổi", "- ", ".docx", " ", "a) ", "QUY ĐỊNH", "\u200b"),
)
FORM = (
    "Từ khóaKhông có thông tinMô tảKhông có thông tinChọn cơ quan thực hiệnTỉnh/ Thành phốBộ ngành"
    "-- Chọn Bộ ngành --Đơn vị-- Chọn Cơ sở --Nộp hồ sơ"
)


def rows(blocks: object) -> list[str]:
    assert isinstance(blocks, list)
    return [block.text for block in blocks]


def folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()


def test_modes_are_cut_between_rows_only() -> None:
    text = (
        f"{MODES}Trực tiếp5Miễn phí"
        "Trực tuyến7 Ngày làm việc50,000 Việt Nam Đồng(Nộp Trực tiếp tại xã)"
        "Dịch vụ bưu chínhKhông có thông tin10 USD\n- Gửi qua bưu cục"
    )
    assert [(b.kind, b.text) for b in mode_blocks(text)] == [
        (BlockKind.ROW, "Trực tiếp5Miễn phí"),
        (BlockKind.ROW, "Trực tuyến7 Ngày làm việc50,000 Việt Nam Đồng(Nộp Trực tiếp tại xã)"),
        (BlockKind.ROW, "Dịch vụ bưu chínhKhông có thông tin10 USD"),
        (BlockKind.ITEM, "- Gửi qua bưu cục"),
    ]


def test_papers_stand_under_their_cases() -> None:
    text = (
        f"--{PAPERS}Tờ khai (gồm 02 bản chính)Mau-01.docx1 bản chính"
        "Ảnh 4x6, nộp 2 bản sao0 bản chính,2 bản sao"
        f"Trường hợp ủy quyền:{PAPERS}- Giấy ủy quyền;1 bản chính"
    )
    assert [(b.kind.value, b.text) for b in paper_blocks(text)] == [
        ("row", "Tờ khai (gồm 02 bản chính)Mau-01.docx1 bản chính"),
        ("row", "Ảnh 4x6, nộp 2 bản sao0 bản chính,2 bản sao"),
        ("heading", "Trường hợp ủy quyền:"),
        ("row", "- Giấy ủy quyền;1 bản chính"),
    ]


def test_papers_without_a_table() -> None:
    assert rows(list(paper_blocks("Nộp một đơn."))) == ["Nộp một đơn."]
    assert rows(list(paper_blocks("--"))) == []


@pytest.mark.parametrize(
    "acts",
    [
        ["Luật Hộ tịch60/2014/QH13", "Nghị định về hộ tịch123/2015/NĐ-CP", "Về phí85/2019/TT-BTC"],
        ["Thông tư 04/2020/TT-BTP04/2020/TT-BTP", "quy định về mẫu54/2025/TT-BCA", "x1/2020/NĐ-CP"],
        ["Quy trình222/QĐ-BHXH", "LUẬT BẢO HIỂM58/2014/QH13", "THÔNG TƯ về thu1/2020/TT-BYT"],
        [
            "Về cổng08/2019/QĐ-TTg",
            "Luật số 59/2020/QH14 ngày 17/659/2020/QH14",
            "sửa đổi1/2021/QH15",
        ],
        ["Phí261/2016/TT-BTC", "hướng dẫn thu17/2017/TT-BTC", "Ủy quyền1/2020/TT-BGTVT"],
    ],
)
def test_legal_documents_are_cut_behind_their_numbers(acts: list[str]) -> None:
    assert split_acts("".join(acts)) == acts
    assert rows(list(basis_blocks("Tên văn bản pháp lýMã văn bản" + "".join(acts)))) == acts


def test_results_lose_codes_and_form() -> None:
    text = f"Thẻ căn cướcMã: KQ.G01.000123Văn bản từ chốiMã: KQ.G01.000124{FORM}"
    assert rows(list(result_blocks(text))) == ["Thẻ căn cước", "Văn bản từ chối"]
    assert rows(
        list(result_blocks("Thẻ xanhMã: abcTừ khóaKhông có thông tinMô tả- Cấp một lần"))
    ) == [
        "Thẻ xanh",
        "- Cấp một lần",
    ]


@given(st.lists(st.sampled_from(CELLS), max_size=25).map("".join))
def test_cutting_changes_nothing_but_white_space(text: str) -> None:
    def inked(value: str) -> str:
        return re.sub(r"\s", "", clean(value))

    for cut in (mode_blocks, paper_blocks, basis_blocks):
        blocks: list[Block] = list(cut(clean(text)))
        assert inked("".join(block.text for block in blocks)) == inked(text)


def test_document_of_a_procedure() -> None:
    document = read_procedure(
        {
            "ma_thu_tuc": "9.000001",
            "ten_thu_tuc": "Cấp  the\u0309",
            "so_quyet_dinh": "12/QĐ-BCA-C06",
            "cap_thuc_hien": "Cấp xã",
            "linh_vuc": "Cư trú",
            "detail_url": "https://vi.du/tt/1",
            "trinh_tu_thuc_hien": "Bước 1: Nộp đơn tại Bộ Công\nan xã.\n\n- Chờ hẹn\u200b",
            "co_quan_thuc_hien": "Công an cấp Xã",
            "yeu_cau_dieu_kien": f"Không có thông tin{FORM}",
            "co_quan_phoi_hop": "--",
            "thanh_phan_ho_so": "",
            "thu_tuc_lien_quan": "Không",
            "formality_id": None,
        },
        "tthc.jsonl",
    )
    assert (document.key, document.title) == ("9.000001", "Cấp thẻ")
    assert document.source == "https://vi.du/tt/1"
    assert document.front_matter == {
        "kind": "Thủ tục hành chính",
        "code": "9.000001",
        "field": "Cư trú",
        "level": "Cấp xã",
        "url": "https://vi.du/tt/1",
        "number": "12/QĐ-BCA-C06",
        "issuer": "Bộ Công an",
        "place": "Toàn quốc",
    }
    assert [(b.kind.value, b.level, b.text) for b in document.blocks] == [
        ("heading", 1, "Tên thủ tục"),
        ("paragraph", 0, "Cấp thẻ"),
        ("heading", 1, "Trình tự thực hiện"),
        ("paragraph", 0, "Bước 1: Nộp đơn tại Bộ Công an xã."),
        ("item", 0, "- Chờ hẹn"),
        ("heading", 1, "Cơ quan thực hiện"),
        ("paragraph", 0, "Công an cấp Xã"),
    ]


@pytest.mark.parametrize(
    ("number", "issuer"),
    [
        ("279/QĐ-BNNMT", "Bộ Nông nghiệp và Môi trường"),
        ("QĐ/0001-BCA", "Bộ Công an"),
        ("1707/QD-BTC", "Bộ Tài chính"),
        ("5/QĐ-NHNN", "Ngân hàng Nhà nước Việt Nam"),
        ("5/QĐ-UBND", None),
        ("9303", None),
    ],
)
def test_issuer_only_where_the_number_names_it(number: str, issuer: str | None) -> None:
    record = {
        "ma_thu_tuc": "1",
        "ten_thu_tuc": "Cấp",
        "ket_qua_xu_ly": "Thẻ",
        "so_quyet_dinh": number,
    }
    assert read_procedure(record, "a.json").front_matter.get("issuer") == issuer


@pytest.mark.skipif(
    not SHARED.is_dir(), reason="the collected procedures are not beside the project"
)
def test_all_collected_procedures_keep_what_questions_ask_for() -> None:
    result = read_file(SHARED / "corpus/procedures.jsonl.gz", 50_000_000)
    with gzip.open(SHARED / "corpus/procedures.jsonl.gz", "rt", encoding="utf-8") as lines:
        assert len(result.documents) == sum(1 for _ in lines)
    assert result.rejected == []
    texts = {d.key: folded(" ".join(b.text for b in d.blocks)) for d in result.documents}
    questions = (SHARED / "eval/procedures.dev.jsonl").read_text(encoding="utf-8").splitlines()
    lost = [
        gold
        for question in map(json.loads, questions)
        for gold in question["gold"]
        if not any(folded(gold) in texts[code] for code in question["codes"])
    ]
    assert lost == []

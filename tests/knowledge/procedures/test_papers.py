"""The table of papers: names, counts, forms, cases; and the numbers of the legal basis."""

from __future__ import annotations

import pytest

from knowledge.procedures.basis import read_basis
from knowledge.procedures.facts import Paper, Procedure
from knowledge.procedures.reading import read_facts
from tests.knowledge.procedures.made import PAPERS, document


def facts(papers: str, **fields: str) -> Procedure:
    found = read_facts(document(papers=papers, **fields))
    assert found is not None
    return found


def said(paper: Paper) -> tuple[str, int | None, int | None, str | None]:
    return paper.name, paper.originals, paper.copies, paper.form


def test_names_are_told_from_counts_and_files_of_forms() -> None:
    found = facts(
        "- Đơn đăng ký đàn ong (theo mẫu; bản giấy).Mẫu số 01.docx1 bản chính"
        "(2) Sơ đồ nơi đặt tổ ong theo Nghị định số 12/2025/NĐ-CPMau 2.pdf0 bản chính,1 bản sao"
        "Giấy mua ong giống; nếu không có thì cam kết1 bản chính,2 bản sao"
    )
    assert [said(paper) for paper in found.papers] == [
        ("Đơn đăng ký đàn ong (theo mẫu; bản giấy)", 1, 0, "Mẫu số 01.docx"),
        ("Sơ đồ nơi đặt tổ ong theo Nghị định số 12/2025/NĐ-CP", 0, 1, "Mau 2.pdf"),
        ("Giấy mua ong giống", 1, 2, None),
    ]


def test_remarks_that_ask_for_no_paper_are_none() -> None:
    found = facts(
        "Đơn đăng ký1 bản chínhBản quét thì không phải nộp giấy.0 bản chính"
        "Số lượng hồ sơ: 01 bộ1 bản chính"
    )
    assert [paper.name for paper in found.papers] == ["Đơn đăng ký"]


def test_a_row_that_lists_several_papers_gives_each() -> None:
    found = facts("Đối với trại ong lớn: - Đơn đăng ký trại ong; - Bản vẽ trại ong.1 bản chính")
    assert [paper.name for paper in found.papers] == ["Đơn đăng ký trại ong", "Bản vẽ trại ong"]


def test_papers_know_the_case_of_their_table() -> None:
    long_case = (
        "Trường hợp người nuôi ong ủy quyền cho người khác nộp hồ sơ thay mình " * 3 + "phải có"
    )
    stored = document(
        thanh_phan_ho_so=f"Nuôi ở vườn nhàTên giấy tờMẫu đơn, tờ khaiSố lượngĐơn A1 bản chính"
        f"{long_case}{PAPERS}Giấy ủy quyền1 bản chính"
    )
    found = read_facts(stored)
    assert found is not None
    cases = [(paper.name, (paper.case or "")[:20]) for paper in found.papers]
    assert cases == [("Đơn A", "Nuôi ở vườn nhà"), ("Giấy ủy quyền", long_case[:20])]


@pytest.mark.parametrize(
    ("row", "number"),
    [
        ("Luật Nuôi ong60/2014/QH13", "60/2014/QH13"),
        ("Luật 51/2019/QH1451/2019/QH14", "51/2019/QH14"),
        ("Luật Nuôi ong năm 201102/2011/QH13", "02/2011/QH13"),
        ("Thông tư 57/2020/TT-BCA57/2020/TT-BCA", "57/2020/TT-BCA"),
        ("Nghị quyết về ong66.7/2025/NQ-CP", "66.7/2025/NQ-CP"),
        ("Quyết định 24/2021/QĐ-TTg", "24/2021/QĐ-TTg"),
    ],
)
def test_the_number_at_the_end_of_a_row_is_told_from_its_name(row: str, number: str) -> None:
    assert read_basis(row) == (number,)

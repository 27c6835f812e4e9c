"""Document numbers are one however they are written."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.codes import Code, code_mentions, find_codes, parse_code


@pytest.mark.parametrize(
    ("written", "official"),
    [
        ("61/2018/NĐ-CP", "61/2018/NĐ-CP"),
        ("61/2018/nd-cp", "61/2018/NĐ-CP"),
        ("61-2018-ND-CP", "61/2018/NĐ-CP"),
        ("61/2018/nđ cp", "61/2018/NĐ-CP"),
        ("3478/QD-UBND", "3478/QĐ-UBND"),
        ("QĐ 6734 UBND", "6734/QĐ-UBND"),
        ("quyet dinh so 6734/ubnd", "6734/QĐ-UBND"),
        ("qd-ubnd 3532", "3532/QĐ-UBND"),
        ("16-nq/tu", "16-NQ/TU"),
        ("16/NQ-TU", "16-NQ/TU"),
        ("60-nq/tw", "60-NQ/TW"),
        ("11-ctr/tu", "11-CTr/TU"),
        ("766/qd-ttg", "766/QĐ-TTg"),
        ("30C/NQ-CP", "30c/NQ-CP"),
        ("31/2024/qh15", "31/2024/QH15"),
        ("3759/BNV-CCHC", "3759/BNV-CCHC"),
        ("13/2011/TTLT-BNV-BTC", "13/2011/TTLT-BNV-BTC"),
        ("0156/KH-UBND", "0156/KH-UBND"),
        ("1.004222", "1.004222"),
        ("1.013833.h14", "1.013833.H14"),
        ("2.002482.000.00.00.H61", "2.002482.H61"),
    ],
)
def test_canonical_form(written: str, official: str) -> None:
    assert str(parse_code(written)) == official
    assert str(parse_code(official)) == official


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("NQ 16", Code("16", None, "NQ")),
        ("nq16", Code("16", None, "NQ")),
        ("Nghị định 118", Code("118", None, "NĐ")),
        ("quyết định 3532", Code("3532", None, "QĐ")),
        ("NĐ 61/2018", Code("61", "2018", "NĐ")),
        ("nghị định số 61 năm 2018", Code("61", "2018", "NĐ")),
        ("bộ chỉ số 766", Code("766", None, None)),
        ("bo chi so 766", Code("766", None, None)),
    ],
)
def test_partial_codes(written: str, code: Code) -> None:
    assert parse_code(written) == code
    assert not code.complete


@pytest.mark.parametrize(
    "text",
    [
        "ngày 28/11/2021",
        "quyết định 28/7/2021",
        "làm việc 24/7",
        "thứ 28/63 tỉnh",
        "giai đoạn 2021-2025",
        "kế hoạch 5 năm",
        "kế hoạch 2023",
        "kế hoạch 100 ngày",
        "2.000 đồng/trang",
        "đạt 1.234.567 lượt",
        "TCVN ISO 9001:2015",
        "",
    ],
)
def test_other_numbers_are_no_codes(text: str) -> None:
    assert code_mentions(text) == []


@pytest.mark.parametrize(
    ("asked", "number", "same"),
    [
        ("NQ 16", "16-NQ/TU", True),
        ("NQ 16", "16/QĐ-UBND", False),
        ("nghị định 118", "118/2025/NĐ-CP", True),
        ("NĐ 61/2018", "61/2018/NĐ-CP", True),
        ("NĐ 61/2020", "61/2018/NĐ-CP", False),
        ("bộ chỉ số 766", "766/QĐ-TTg", True),
        ("QĐ 156 UBND", "0156/QĐ-UBND", True),
        ("1.013833", "1.013833.H14", True),
        ("1.013834", "1.013833.H14", False),
    ],
)
def test_matching(asked: str, number: str, same: bool) -> None:
    one, other = parse_code(asked), parse_code(number)
    assert one is not None
    assert other is not None
    assert one.matches(other) is same
    assert other.matches(one) is same


def test_codes_of_a_text_in_order_and_once() -> None:
    text = "Căn cứ Nghị quyết số 76/NQ-CP; Nghị định 61/2018/NĐ-CP và NQ 76/NQ-CP, mã 1.004222."
    assert find_codes(text) == ["76/NQ-CP", "61/2018/NĐ-CP", "1.004222"]


@given(
    st.integers(1, 9999),
    st.sampled_from([None, 2015, 2025]),
    st.sampled_from(["NĐ-CP", "QĐ-UBND", "NQ-HĐND", "TT-BNV", "QĐ-TTg"]),
)
def test_case_and_diacritics_never_matter(number: int, year: int | None, suffix: str) -> None:
    code = str(Code(str(number), str(year) if year else None, suffix))
    plain = code.replace("Đ", "D").lower()
    assert str(parse_code(plain)) == code
    assert find_codes(f"theo {code}.") == [code]


@given(st.text(max_size=100))
def test_mentions_are_slices_without_overlap(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    end = 0
    for mention in code_mentions(text):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end

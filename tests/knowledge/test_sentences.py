"""Sentences are slices that hold every word of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.sentences import sentence_spans

PIECES = st.sampled_from(
    [
        *(
            "Tăng cường.",
            "năm 2021.",
            "1.234,5",
            "01/7/2025.",
            "TP. ",
            "Th.S ",
            "v.v. ",
            "1. ",
            "a) ",
        ),
        *(
            "Điều 1. ",
            "?",
            "!",
            "…",
            ";",
            "\n",
            " ",
            "https://a.vn/b?c=1.",
            "T.S",
            "“Trích.” ",
            "x",
        ),
    ]
)


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "whole",
    [
        "Đạt 1.234,5 điểm ngày 01/7/2025 tại TP. Hồ Chí Minh và Q. 1, P. 5",
        "Gồm Th.S An, TS. Bình, ông N.N.H và T.S. Ba viết",
        "Xem https://dichvucong.gov.vn/a?b=1.2 để biết",
        "1. Tăng cường công tác chỉ đạo",
        "a. Cải cách thể chế",
        "I. MỤC TIÊU",
        "Điều 1. Phạm vi điều chỉnh",
        "- 1.1. Rà soát văn bản",
        "Luật Lưu trữ - Điều 2. Giải thích từ ngữ",
        "Mười vị trí: 1. Quảng Ninh 72,95; 2. Bắc Giang 72,80",
        "thể chế; thủ tục hành chính; tổ chức bộ máy",
        "rồi... vẫn tiếp tục",
    ],
)
def test_these_stay_in_one_piece(whole: str) -> None:
    assert cut(whole) == [whole]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Một câu. Hai câu! Ba câu? Bốn…", ["Một câu.", "Hai câu!", "Ba câu?", "Bốn…"]),
        ("Dòng một\nDòng hai", ["Dòng một", "Dòng hai"]),
        ("Gồm lệ phí, v.v. Ngoài ra còn", ["Gồm lệ phí, v.v.", "Ngoài ra còn"]),
        ("Xong năm 2021. Tiếp tục", ["Xong năm 2021.", "Tiếp tục"]),
        ("đã giải quyết.Tiếp tục đẩy mạnh", ["đã giải quyết.", "Tiếp tục đẩy mạnh"]),
        ("“Trích dẫn.” Hết", ["“Trích dẫn.”", "Hết"]),
        ("1. Chỉ đạo. Nâng cao", ["1. Chỉ đạo.", "Nâng cao"]),
        ("Đạt 70,76. Các nơi khác", ["Đạt 70,76.", "Các nơi khác"]),
    ],
)
def test_these_are_cut(text: str, sentences: list[str]) -> None:
    assert cut(text) == sentences


def test_a_semicolon_parts_long_clauses_only() -> None:
    long = "Hoàn thiện hệ thống thể chế của tỉnh, trọng tâm là quyền làm chủ của nhân dân"
    assert cut(f"{long}; {long}") == [f"{long};", long]
    assert cut(f"{long}; ngắn") == [f"{long}; ngắn"]


def test_a_range_is_respected() -> None:
    text = "Câu một. Câu hai. Câu ba."
    assert sentence_spans(text, 9, 17) == [(9, 17)]


@given(st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=120))
def test_spans_hold_everything_in_order(text: str) -> None:
    spans = sentence_spans(text)
    covered: set[int] = set()
    end = 0
    for start, stop in spans:
        assert end <= start < stop
        assert text[start:stop] == text[start:stop].strip()
        covered.update(range(start, stop))
        end = stop
    assert all(at in covered for at, char in enumerate(text) if not char.isspace())

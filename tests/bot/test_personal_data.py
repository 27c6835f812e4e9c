"""What names a person is masked; what only looks like it stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.personal_data import MASK, without_personal_data


@pytest.mark.parametrize(
    "text",
    [
        "049123456789",
        "CCCD 049123456789 của tôi",
        "cmnd: 123456789.",
        "049 123 456 789",
        "0491 2345 6789",
        "gọi 0912345678 nhé",
        "0912 345 678",
        "0912.345.678",
        "091-234-5678",
        "+84 912 345 678",
        "(0236) 02363123456",
        "nguyen.van-a+b@gmail.com",
        "tài khoản 19012345678901",
        "thẻ 9704 1234 5678 9012",
        "xe 92A-123.45",
        "xe 43a1 12345",
        "hộ chiếu B1234567",
        "mã số thuế 0401234567",
    ],
)
def test_what_names_a_person_is_masked(text: str) -> None:
    masked = without_personal_data(text)
    assert MASK in masked
    assert not any(
        len(run) > 4 for run in "".join(c if c.isdigit() else " " for c in masked).split()
    )
    assert "@" not in masked


@pytest.mark.parametrize(
    "text",
    [
        "3532/QĐ-UBND",
        "118/2025/NĐ-CP ngày 09/6/2025",
        "thủ tục 1.004222",
        "mã 1.004222.000.00.00.H50",
        "giai đoạn 2021 - 2025, 2026-2030",
        "so sánh 2021 2022 2023",
        "từ 01.07.2025 đến 31-12-2026",
        "500.000.000 đồng",
        "1.000.000.000 đồng",
        "phạt 500000000 đồng",
        "tổng đài 1900 1234",
        "1022",
        "Điều 16 Luật 77/2015/QH13",
        "16-NQ/TU năm 2021",
        "50% trong 63 tỉnh",
        "PAR Index 2024: 88,37",
    ],
)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert without_personal_data(text) == text


@given(st.from_regex(r"0[0-9]{11}", fullmatch=True), st.sampled_from(["", " ", ".", ", "]))
def test_no_identity_number_gets_through(number: str, after: str) -> None:
    assert number not in without_personal_data(f"số {number}{after}ạ")


@given(st.text(max_size=80))
def test_masking_twice_masks_no_more(text: str) -> None:
    once = without_personal_data(text)
    assert without_personal_data(once) == once

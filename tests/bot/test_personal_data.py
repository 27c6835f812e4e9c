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


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("nhà tôi ở số 12 đường Trần Phú", "nhà tôi ở […] đường Trần Phú"),
        ("số nhà 45A, tổ 3", "[…], tổ 3"),
        ("so nha 45 duong le loi", "[…] duong le loi"),
        ("so 12 duong tran phu", "[…] duong tran phu"),
        ("Số 12/5 ngõ 8 phố Huế", "[…] ngõ 8 phố Huế"),
        ("12/5 ngõ 8", "[…] ngõ 8"),
        ("45/7/2 đường Nguyễn Huệ", "[…] đường Nguyễn Huệ"),
        ("hẻm 45/7/2 Nguyễn Huệ", "hẻm […] Nguyễn Huệ"),
        ("kiet 12/5 ong ich khiem", "kiet […] ong ich khiem"),
        ("ở 45 đường Lê Lợi, Vinh", "ở […] đường Lê Lợi, Vinh"),
        ("45 ngõ 8 Trần Phú", "[…] ngõ 8 Trần Phú"),
        ("số 7 thôn Đông, xã Hòa Tiến", "[…] thôn Đông, xã Hòa Tiến"),
        ("trú tại số 12 Trần Phú", "trú tại […] Trần Phú"),
        ("địa chỉ: 12/4 Trần Phú", "địa chỉ: […] Trần Phú"),
        ("Quảng Nam số 12 đường Trần Phú", "Quảng Nam […] đường Trần Phú"),
    ],
)
def test_the_number_of_a_house_is_masked_and_the_street_stays(text: str, masked: str) -> None:
    assert without_personal_data(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "thôn 3, xã Hòa Tiến thuộc tỉnh nào",
        "tổ dân phố số 5",
        "xã có 12 thôn",
        "ho so 12 to khai",
        "hồ sơ 2 bản sao",
        "Luật số 35 đường bộ",
        "Thông tư số 12 đường thủy nội địa",
        "Nghị quyết số 18 tổ chức bộ máy",
        "năm 2023 đường Hồ Chí Minh",
        "quốc lộ 1 đường Hồ Chí Minh",
        "ngày 12/5 đường Trần Phú bị cấm",
        "so 12 ap dung tu khi nao",
        "nhà 3 tầng có phải xin phép",
        "căn hộ 50 m2",
        "quyết định 12/2024 ở Vinh",
        "tại Quảng Nam năm 2023",
        "ở 63 tỉnh thành",
        "chia 4 khu phố",
    ],
)
def test_what_only_looks_like_a_house_stays(text: str) -> None:
    assert without_personal_data(text) == text


HOUSES = st.from_regex(r"[1-9][0-9]{0,3}[A-D]?(/[1-9][0-9]{0,2}){0,2}", fullmatch=True)
MARKS = st.sampled_from(["số ", "Số nhà ", "so nha ", "nhà số "])
STREETS = st.sampled_from(
    [" đường Trần Phú", ", ngõ 8", " hẻm 3 Lê Lợi", " thôn Đông", " duong 3/2"]
)


@given(HOUSES, MARKS, STREETS, st.sampled_from(["", "tôi ở ", "xe để tại Quảng Nam, "]))
def test_no_house_number_gets_through(house: str, mark: str, street: str, before: str) -> None:
    masked = without_personal_data(f"{before}{mark}{house}{street}, làm căn cước ở đâu")
    assert masked == f"{before}{MASK}{street}, làm căn cước ở đâu"
    assert without_personal_data(masked) == masked


@given(st.from_regex(r"0[0-9]{11}", fullmatch=True), st.sampled_from(["", " ", ".", ", "]))
def test_no_identity_number_gets_through(number: str, after: str) -> None:
    assert number not in without_personal_data(f"số {number}{after}ạ")


@given(st.text(max_size=80))
def test_masking_twice_masks_no_more(text: str) -> None:
    once = without_personal_data(text)
    assert without_personal_data(once) == once

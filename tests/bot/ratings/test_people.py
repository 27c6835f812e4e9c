"""Names of people in comments: taken out where they are certain; places and offices stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.personal_data import MASK
from bot.ratings.people import People
from config.rating_words import load_rating_words

PEOPLE = People(load_rating_words().people)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Cán bộ Nguyễn Văn A thái độ kém", "Cán bộ […] thái độ kém"),
        ("gặp chị Lan quầy 3 rất nhiệt tình", "gặp chị […] quầy 3 rất nhiệt tình"),
        ("ông Trần Quốc Tuấn, phòng Tư pháp", "ông […], phòng Tư pháp"),
        ("công chức tên: Lê Thị Hồng Nhung", "công chức tên: […]"),
        ("Nhân viên Đỗ Ánh gắt gỏng", "Nhân viên […] gắt gỏng"),
    ],
)
def test_names_behind_a_form_of_address_are_masked(written: str, kept: str) -> None:
    assert PEOPLE.without_names(written, MASK) == kept


@pytest.mark.parametrize(
    "written",
    [
        "Ở phường Hải Châu, Đà Nẵng, đường Trần Phú kẹt xe",
        "Bà Rịa - Vũng Tàu, đảo Cô Tô, đường Ông Ích Khiêm",
        "anh Công an phường hướng dẫn tận tình",
        "bà con chờ lâu, em thấy cán bộ thân thiện",
        "cán bộ Một cửa và Trung tâm Phục vụ hành chính công",
        "Cán bộ ngu như bò",
    ],
)
def test_places_offices_and_insults_stay(written: str) -> None:
    assert PEOPLE.without_names(written, MASK) == written


@given(st.text(max_size=300))
def test_anything_may_be_written(written: str) -> None:
    assert len(PEOPLE.without_names(written, "")) <= len(written)

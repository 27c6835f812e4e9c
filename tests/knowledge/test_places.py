"""Places are found however they are typed, and know what they became."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.places import load_places
from knowledge.folding import fold
from knowledge.places import NATIONAL, Places

PLACES = Places.load()
FORMER = [former.name for unit in load_places().units for former in unit.former]


def names(text: str) -> list[str]:
    return [mention.name for mention in PLACES.find(text)]


def sure(text: str) -> list[str]:
    return [mention.name for mention in PLACES.find(text) if mention.certain]


@pytest.mark.parametrize("name", FORMER)
def test_every_name_is_found_as_it_stands_and_without_diacritics(name: str) -> None:
    assert sure(f"Kế hoạch của tỉnh {name}, năm 2023") == [name]
    assert names(f"ke hoach cua tinh {fold(name)} nam 2023") == [name]


@pytest.mark.parametrize(
    "before", ["địa phương", "cơ quan", "Sở Môi trường", "yêu cầu", "dia phuong"]
)
def test_words_that_fold_like_a_commune_or_street_are_none(before: str) -> None:
    assert names(f"{before} Quảng Nam") == ["Quảng Nam"]


@pytest.mark.parametrize("name", ["Đà Nẵng", "Huế", "Cần Thơ"])
def test_a_city_is_no_street(name: str) -> None:
    assert sure(f"UBND thành phố {name}") == [name]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("tphcm", "TP. Hồ Chí Minh"),
        ("TP.HCM", "TP. Hồ Chí Minh"),
        ("Thành phố Hồ Chí Minh", "TP. Hồ Chí Minh"),
        ("sai gon", "TP. Hồ Chí Minh"),
        ("HN", "Hà Nội"),
        ("QNam", "Quảng Nam"),
        ("Q.Nam", "Quảng Nam"),
        ("đnẵng", "Đà Nẵng"),
        ("BRVT", "Bà Rịa - Vũng Tàu"),
        ("Bà Rịa–Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("TT Huế", "Huế"),
        ("thừa thiên huế", "Huế"),
        ("Huế", "Huế"),
        ("đak lak", "Đắk Lắk"),
        ("đăk lăk", "Đắk Lắk"),
        ("Daklak", "Đắk Lắk"),
        ("Đắc Lắc", "Đắk Lắk"),
        ("Khánh Hoà", "Khánh Hòa"),
        ("thanh hoá", "Thanh Hóa"),
    ],
)
def test_other_spellings(written: str, name: str) -> None:
    assert sure(f"chỉ số của {written} năm 2023") == [name]


def test_a_shorthand_of_several_provinces_gives_them_all() -> None:
    found = PLACES.find("kế hoạch QN năm 2023")
    assert {m.name for m in found} == {"Quảng Nam", "Quảng Ngãi", "Quảng Ninh"}
    assert not any(m.certain for m in found)


@pytest.mark.parametrize(
    "text",
    [
        "học tập tư tưởng Hồ Chí Minh",
        "khu vực châu Á - Thái Bình Dương",
        "nâng cao bằng cách nào",
        "hoa huệ trắng",
        "doanh nghiệp (DN) nhỏ",
        "phường Hải Dương",
        "đường Quảng Nam",
        "quangnam.gov.vnx",
    ],
)
def test_other_things_are_no_places(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize("text", ["dien bien dich benh", "giữ gìn hòa bình", "gọi hn nhé", "hue"])
def test_risky_words_are_not_certain(text: str) -> None:
    assert sure(text) == []


@pytest.mark.parametrize("text", ["tinh dien bien", "ở hòa bình", "tỉnh Hòa Bình", "Điện Biên"])
def test_a_prefix_or_capitals_make_risky_words_certain(text: str) -> None:
    assert len(sure(text)) == 1


def test_districts_and_communes_give_their_province() -> None:
    (district,) = PLACES.find("UBND huyện Hương Sơn")
    assert (district.name, district.locality, district.certain) == ("Hà Tĩnh", "Hương Sơn", True)
    (commune,) = PLACES.find("xã Sơn Kim 1")
    assert (commune.name, commune.locality) == ("Hà Tĩnh", "Sơn Kim 1")
    assert names("thị xã Buôn Hồ") == ["Đắk Lắk"]


def test_what_became_of_a_province() -> None:
    assert PLACES.current_of("Quảng Nam") == "Đà Nẵng"
    assert PLACES.current_of("Hà Tĩnh") == "Hà Tĩnh"
    assert PLACES.current_of("Atlantis") is None


def test_the_note_on_a_merger() -> None:
    unit = PLACES.merged_note_data("Quảng Nam")
    assert unit is not None
    assert (unit.name, unit.kind) == ("Đà Nẵng", "thành phố")
    assert PLACES.merged_note_data("Đà Nẵng") is None
    assert PLACES.merged_note_data("Huế") is None


def test_a_question_about_the_new_unit_may_use_the_old_ones_documents() -> None:
    assert PLACES.covers("Đà Nẵng", "Quảng Nam")
    assert PLACES.covers("Quảng Nam", "Quảng Nam")
    assert not PLACES.covers("Quảng Nam", "Đà Nẵng")


def test_resolve() -> None:
    assert PLACES.resolve("tỉnh quang nam") == "Quảng Nam"
    assert PLACES.resolve("cả nước") == NATIONAL
    assert PLACES.resolve("QN") is None
    assert PLACES.resolve("chưa rõ") is None


@given(st.text(max_size=80))
def test_spans_are_slices_in_order(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    found = PLACES.find(text)
    assert [m.start for m in found] == sorted(m.start for m in found)
    assert all(0 <= m.start < m.end <= len(text) for m in found)


@given(st.text(max_size=60))
def test_folding_keeps_every_position(text: str) -> None:
    assert len(fold(text)) == len(text)

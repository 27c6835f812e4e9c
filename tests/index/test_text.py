"""Text as it is compared: with and without diacritics, in any Unicode form, in either style."""

from __future__ import annotations

import re
import unicodedata
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text import (
    clean,
    fold,
    fold_syllable,
    folded_syllables,
    normalise,
    pair_terms,
    syllable_terms,
    syllables,
)
from tests.made import vietnamese, words

anything = st.one_of(vietnamese, st.text(max_size=40))


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@given(anything)
def test_cleaned_text_is_nfc_and_stays_as_it_is(text: str) -> None:
    cleaned = clean(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert clean(cleaned) == cleaned


def test_cleaning_takes_out_what_cannot_be_seen_and_keeps_lines() -> None:
    assert clean("thủ\u200b tục\ufeff\x07\u00a0hành\nchính\u00ad") == "thủ tục  hành\nchính"


def test_marks_parted_by_an_invisible_character_are_joined() -> None:
    assert clean("a\u200b\u0301") == "á"


@given(anything)
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(anything)
def test_normalising_takes_both_unicode_forms_for_one(text: str) -> None:
    assert normalise(nfd(text)) == normalise(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("new_style", "old_style"),
    [
        ("hoà", "hòa"),
        ("thuỷ", "thủy"),
        ("uỷ ban", "ủy ban"),
        ("khoẻ", "khỏe"),
        ("xoè", "xòe"),
        ("HOÀ BÌNH", "hòa bình"),
        ("luỹ", "lũy"),
        ("hoạ", "họa"),
    ],
)
def test_both_styles_of_tone_marks_are_one(new_style: str, old_style: str) -> None:
    assert normalise(new_style) == old_style
    assert normalise(old_style) == old_style
    assert normalise(nfd(new_style)) == old_style


@pytest.mark.parametrize(
    "text", ["quý", "quà", "quỹ", "hoàn", "toán", "thuế", "thuở", "già", "tuyến", "khuyết", "nghĩa"]
)
def test_syllables_with_one_style_stay(text: str) -> None:
    assert normalise(text) == text


@given(anything)
def test_folded_text_has_no_diacritics(text: str) -> None:
    folded = fold(text)
    assert not any(unicodedata.combining(c) for c in nfd(folded))
    assert "đ" not in folded
    assert fold(folded) == folded
    assert fold(nfd(text)) == folded


@given(vietnamese)
def test_folded_vietnamese_is_ascii(text: str) -> None:
    assert fold(text).isascii()


@given(words)
def test_folding_a_syllable_is_folding_a_text(word: str) -> None:
    assert fold_syllable(word) == fold(word)


@given(vietnamese)
def test_syllables_are_the_same_with_and_without_diacritics(text: str) -> None:
    assert folded_syllables(text) == [fold_syllable(s) for s in syllables(text)]


def test_syllables_leave_signs_out_and_keep_numbers() -> None:
    assert syllables("Kế hoạch số 3532/QĐ-UBND (năm_2023)!") == [
        *("kế", "hoạch", "số", "3532", "qđ", "ubnd", "năm", "2023")
    ]


def test_there_is_a_term_for_each_syllable_and_each_pair() -> None:
    assert len(syllable_terms(["thu", "tuc", "hanh"])) == 3
    assert len(pair_terms(syllable_terms(["thu", "tuc", "hanh"]))) == 2
    assert len(pair_terms(syllable_terms(["thu"]))) == len(syllable_terms([])) == 0
    assert len(pair_terms(syllable_terms([]))) == 0


def test_terms_of_saved_indexes_keep_their_meaning() -> None:
    """Indexes on disk hold these numbers: another hash needs another format number."""
    assert syllable_terms(["thu", "tuc"]).tolist() == [zlib.crc32(b"thu"), zlib.crc32(b"tuc")]
    assert pair_terms(syllable_terms(["thu", "tuc"])).tolist() == [3614610928]


def test_the_order_of_a_pair_counts() -> None:
    assert pair_terms(syllable_terms(["dat", "dai"])) != pair_terms(syllable_terms(["dai", "dat"]))


@given(anything)
def test_syllables_one_by_one_are_those_of_the_whole_text(text: str) -> None:
    parted = re.compile(r"[^\W_]+")
    assert syllables(text) == parted.findall(normalise(text))
    assert folded_syllables(text) == parted.findall(fold(text))

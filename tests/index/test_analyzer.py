"""Documents and questions become the same terms, however they are written."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given

from index.analyzer import Analyzer
from index.text import fold, pair_terms, syllable_terms
from tests.made import vietnamese

ABBREVIATIONS = {
    "cchc": ("cải cách hành chính",),
    "qđ": ("quyết định",),
    "đktt": ("đăng ký thường trú",),
    "kh": ("kế hoạch", "khách hàng"),
    "can": ("cơ an ninh",),
}


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer(ABBREVIATIONS)


@given(vietnamese)
def test_terms_do_not_depend_on_how_it_is_typed(text: str) -> None:
    analyzer = Analyzer(ABBREVIATIONS)
    expected = analyzer.terms(text).tolist()
    assert analyzer.terms(fold(text)).tolist() == expected
    assert analyzer.terms(unicodedata.normalize("NFD", text).upper()).tolist() == expected


def test_terms_are_syllables_and_adjacent_pairs(analyzer: Analyzer) -> None:
    folded = ["thu", "tuc", "hanh", "chinh"]
    assert analyzer.terms("Thủ tục hành chính").tolist() == [
        *syllable_terms(folded).tolist(),
        *pair_terms(syllable_terms(folded)).tolist(),
    ]
    assert len(analyzer.terms(" … ")) == 0


@pytest.mark.parametrize(
    ("short", "written_out"),
    [
        ("Kế hoạch CCHC năm 2024", "kế hoạch cải cách hành chính năm 2024"),
        ("ĐKTT", "đăng ký thường trú"),
        ("dktt", "đăng ký thường trú"),
    ],
)
def test_clear_abbreviations_are_their_words(
    analyzer: Analyzer, short: str, written_out: str
) -> None:
    assert analyzer.terms(short).tolist() == analyzer.terms(written_out).tolist()


@pytest.mark.parametrize("text", ["kh", "can", "số 3532/QĐ-UBND"])
def test_what_may_be_something_else_stays(analyzer: Analyzer, text: str) -> None:
    assert analyzer.terms(text).tolist() == Analyzer({}).terms(text).tolist()


def test_other_abbreviations_are_another_analyzer(analyzer: Analyzer) -> None:
    assert Analyzer(dict(reversed(ABBREVIATIONS.items()))).digest == analyzer.digest
    assert Analyzer({"cchc": ("cải cách",)}).digest != analyzer.digest

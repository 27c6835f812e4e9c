"""Finding phrases in questions typed with all, some or none of their diacritics."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.phrases import Found, Phrases
from index.text import fold, fold_syllable, syllables
from tests.made import words

PHRASES = Phrases(
    [
        ("sổ đỏ", "land"),
        ("sơ đồ", "map"),
        ("bằng lái", "licence"),
        ("bằng lái xe máy", "motorcycle"),
        ("bao lâu", "duration"),
        ("phí", "fee"),
        ("Sổ Đỏ", "second of the same"),
    ]
)


def found(text: str) -> list[str]:
    marked = syllables(text)
    return [f.value for f in PHRASES.find(marked, [fold_syllable(s) for s in marked])]


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("làm sổ đỏ bao lâu", ["land", "duration"]),
        ("xem sơ đồ", ["map"]),
        ("lam so do bao lau", ["land", "duration"]),
        ("lam SO ĐỎ", ["land"]),
        ("đổi bằng lái xe máy", ["motorcycle"]),
        ("đổi bằng lái xe", ["licence"]),
        ("bàng lái", ["licence"]),
        ("bằng", []),
        ("", []),
        ("phi", ["fee"]),
        ("phì", []),
    ],
)
def test_phrases_are_found_as_people_type_them(question: str, values: list[str]) -> None:
    assert found(question) == values


def test_marks_that_say_something_else_are_believed() -> None:
    assert "land" not in found("vẽ sơ đồ")
    assert "map" not in found("mất sổ đỏ")


def test_the_place_of_a_phrase_is_told() -> None:
    marked = ["làm", "sổ", "đỏ", "bao", "lâu"]
    folded = [fold_syllable(s) for s in marked]
    assert PHRASES.find(marked, folded) == [Found(1, 3, "land"), Found(3, 5, "duration")]


@given(st.lists(st.lists(words, min_size=1, max_size=3), max_size=5), st.lists(words, max_size=8))
def test_found_phrases_stand_where_they_are_said_to(
    phrases: list[list[str]], question: list[str]
) -> None:
    known = Phrases((" ".join(p), " ".join(p)) for p in phrases)
    marked = syllables(" ".join([*question, *(word for p in phrases for word in p)]))
    folded = [fold_syllable(s) for s in marked]
    end = 0
    for match in known.find(marked, folded):
        assert end <= match.start < match.end
        assert fold(match.value).split() == folded[match.start : match.end]
        end = match.end


@given(st.lists(words, min_size=1, max_size=4))
def test_a_phrase_finds_itself_with_and_without_diacritics(phrase: list[str]) -> None:
    known = Phrases([(" ".join(phrase), True)])
    marked = syllables(" ".join(phrase))
    folded = [fold_syllable(s) for s in marked]
    assert known.find(marked, folded) == known.find(folded, folded) == [Found(0, len(marked), True)]

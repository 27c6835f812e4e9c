"""Mistyped text keeps its words, so that each can be held against what was meant."""

from __future__ import annotations

import random
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from index.training.mistyping import misspelt, mistyped, strip_diacritics

VIETNAMESE = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạếềểễệốồổỗộớờởỡợứừửữự ", min_size=1)


def test_diacritics_go_and_the_letters_stay() -> None:
    assert strip_diacritics("Đăng ký kết hôn, Nguyễn Thị Ngọc Ánh") == (
        "Dang ky ket hon, Nguyen Thi Ngoc Anh"
    )


@given(VIETNAMESE)
def test_stripping_gives_one_letter_for_each(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    stripped = strip_diacritics(text)
    assert len(stripped) == len(text)
    assert stripped.isascii()


@given(VIETNAMESE, st.integers())
def test_mistyped_text_has_as_many_words(text: str, seed: int) -> None:
    assert len(mistyped(text, random.Random(seed)).split()) == len(text.split())


def test_most_texts_lose_diacritics_and_some_keep_them() -> None:
    chance = random.Random(1)
    text = "Thủ tục đăng ký khai sinh"
    typed = [mistyped(text, chance).lower() for _ in range(300)]
    whole = sum(t == text.lower() for t in typed)
    bare = sum(t == strip_diacritics(text.lower()) for t in typed)
    assert 30 < whole < 90
    assert 120 < bare < 220


@given(st.text("abcdeghiklmnopqrstuvxy", min_size=3, max_size=7), st.integers())
def test_a_slip_touches_one_place(word: str, seed: int) -> None:
    slipped = misspelt(word, random.Random(seed))
    assert abs(len(slipped) - len(word)) <= 1
    assert slipped


def test_numbers_and_short_words_are_not_misspelt() -> None:
    chance = random.Random(1)
    assert [misspelt(w, chance) for w in ("15", "ở", "có", "1234/QĐ")] == [
        "15",
        "ở",
        "có",
        "1234/QĐ",
    ]

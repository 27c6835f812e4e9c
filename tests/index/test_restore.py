"""Restoring diacritics, abbreviations and slips."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.restore import Restorer
from index.syllables import SyllableModel
from index.text import fold, fold_syllable, syllables
from tests.made import words

TEXTS = [
    "thủ tục đăng ký kết hôn cần những giấy tờ gì",
    "đăng ký khai sinh cho con ở đâu",
    "cấp lại giấy phép lái xe hết bao nhiêu tiền",
    "chuyển đổi mục đích sử dụng đất",
    "lệ phí cấp hộ chiếu phổ thông là bao nhiêu",
    "số hồ sơ được giải quyết đúng hạn",
    "hẻm nhỏ bên sông hồng bị hỏng",
    "không phải nộp",
]
EXPANSIONS = {
    "tthc": (("thủ", "tục", "hành", "chính"),),
    "ko": (("không",),),
    "đc": (("được",), ("địa", "chỉ")),
    "dc": (("được",), ("địa", "chỉ")),
    "hong": (("không",), ("hỏng",)),
    "hem": (("không",), ("hẻm",)),
    "ad": ((),),
}
PHONETIC = (("f", "ph"), ("w", "qu"))


@pytest.fixture(scope="module")
def restorer() -> Restorer:
    return Restorer(SyllableModel.count(TEXTS * 5), EXPANSIONS, {}, PHONETIC)


@pytest.fixture(scope="module")
def shipped() -> SyllableModel:
    return SyllableModel.load()


@pytest.mark.parametrize("text", TEXTS[:6])
def test_bare_questions_get_their_diacritics_back(restorer: Restorer, text: str) -> None:
    assert restorer.restore(fold(text).split()).text == text


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("tthc đăng ký", "thủ tục hành chính đăng ký"),
        ("ko nộp", "không nộp"),
        ("ad cấp hộ chiếu", "cấp hộ chiếu"),
        ("lệ fí", "lệ phí"),
        ("đăgn ký", "đăng ký"),
        ("hồ sơ dc giải quyết", "hồ sơ được giải quyết"),
        ("cấp giấy 2025", "cấp giấy 2025"),
        ("", ""),
    ],
)
def test_what_people_type_is_understood(restorer: Restorer, typed: str, understood: str) -> None:
    assert restorer.restore(syllables(typed)).text == understood


def test_each_syllable_knows_the_token_it_came_from(restorer: Restorer) -> None:
    restored = restorer.restore(["tthc", "ad", "dang", "ky"])
    assert restored.syllables == ("thủ", "tục", "hành", "chính", "đăng", "ký")
    assert restored.typed == (0, 0, 0, 0, 2, 3)


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("nop o đau vậy", "nộp ở đâu vậy"),
        ("ở đau vậy", "ở đau vậy"),  # nothing else lacks its marks
        ("nop lần dâu", "nộp lần đầu"),
        ("nop ở đâu", "nộp ở đâu"),
    ],
)
def test_who_leaves_marks_out_may_leave_one_of_two_out(typed: str, understood: str) -> None:
    texts = ["nộp ở đâu vậy", "nộp lần đầu", "bị đau chân", "con dâu"]
    restorer = Restorer(SyllableModel.count(texts * 5), {}, {}, ())
    assert restorer.restore(typed.split()).text == understood


def test_what_was_typed_in_full_is_not_written_out_again() -> None:
    seen = SyllableModel.count(["lệ phí hộ chiếu báo mất", "hộ chiếu báo mất"] * 20 + TEXTS)
    short = {"nhiêu": (("bao", "nhiêu"),), "tthc": EXPANSIONS["tthc"]}
    restorer = Restorer(seen, short, {}, PHONETIC)
    assert restorer.restore(["hộ", "chiếu", "bao", "nhiêu"]).text == "hộ chiếu bao nhiêu"
    assert restorer.restore(["hộ", "chiếu", "nhiêu"]).text == "hộ chiếu bao nhiêu"
    assert restorer.restore(["thủ", "tục", "hành", "tthc"]).syllables[-1] == "chính"


def test_what_is_fixed_stays(restorer: Restorer) -> None:
    restored = restorer.restore(["ho", "so", "qn"], {2: ("Quảng", "Nam"), 0: ()})
    assert restored.syllables[-2:] == ("Quảng", "Nam")
    assert restored.typed == (1, 2, 2)


def test_a_marked_syllable_is_not_read_as_the_bare_chat_word(restorer: Restorer) -> None:
    """ "hem" is short for "không"; "hẻm" and "sông Hồng" are what they are."""
    for text in ("hẻm nhỏ", "sông hồng", "bị hỏng"):
        assert restorer.restore(text.split()).text == text
    assert restorer.restore(["hem", "phải", "nộp"]).text == "không phải nộp"


valid = sorted({s for t in TEXTS for s in t.split() if s != fold_syllable(s)})
mixed = st.lists(st.one_of(st.sampled_from(valid), st.sampled_from(valid).map(fold), words))


@given(mixed)
def test_valid_marks_that_were_typed_are_kept(typed: list[str]) -> None:
    restorer = Restorer(SyllableModel.count(TEXTS), EXPANSIONS, {}, PHONETIC)
    restored = restorer.restore(typed)
    for position, token in enumerate(typed):
        if token in valid:
            assert [
                s for s, o in zip(restored.syllables, restored.typed, strict=True) if o == position
            ] == [token]


@given(mixed)
def test_every_syllable_comes_from_a_token_in_order(typed: list[str]) -> None:
    restored = Restorer(SyllableModel.count(TEXTS), EXPANSIONS, {}, PHONETIC).restore(typed)
    assert len(restored.syllables) == len(restored.typed)
    assert list(restored.typed) == sorted(restored.typed)
    assert all(0 <= origin < len(typed) for origin in restored.typed)


def test_the_shipped_table_keeps_valid_marks(shipped: SyllableModel) -> None:
    restorer = Restorer(shipped, EXPANSIONS, {}, PHONETIC)
    marked = sorted(s for s in shipped.singles if s != fold_syllable(s) and s not in EXPANSIONS)
    chosen = random.Random(1).sample(marked, 600)
    for begin in range(0, 600, 6):
        typed = chosen[begin : begin + 6]
        assert list(restorer.restore(typed).syllables) == typed


def test_the_shipped_table_restores_questions(shipped: SyllableModel) -> None:
    restorer = Restorer(shipped, {}, {}, ())
    questions = [
        "thủ tục đăng ký kết hôn",
        "thời hạn giải quyết hồ sơ là bao nhiêu ngày",
        "cơ quan nào có thẩm quyền cấp giấy chứng nhận quyền sử dụng đất",
        "nâng cao chất lượng dịch vụ công",
    ]
    for question in questions:
        assert restorer.restore(fold(question).split()).text == question

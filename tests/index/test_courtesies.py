"""What people say around a question is left out, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.words import load_words
from index.analyzer import Analyzer
from index.courtesies import Bare
from index.syllables import SyllableModel
from index.text import fold_syllable, syllables
from index.training.mistyping import strip_diacritics
from index.understanding import Understanding
from knowledge.places import Places

COURTESIES = load_words().courtesies
BARE = Bare(COURTESIES)
SAYINGS = [say for everyday in load_words().everyday for say in everyday.say]
# No word of these is a courtesy, wherever it stands.
ASKED = st.sampled_from(
    [
        "lệ phí cấp hộ chiếu là bao nhiêu",
        "xin cấp lại giấy khai sinh cần gì",
        "anh chị em ruột nhận nhau thì làm gì",
        "cho thuê đất nộp hồ sơ ở đâu",
        "đổi bằng lái hạng A1 mấy ngày",
    ]
)


def left(bare: Bare, text: str) -> list[str]:
    """Return the syllables of the question in a text whose marks are those that were typed."""
    said = syllables(text)
    begin, end = bare.span([(word, word == fold_syllable(word)) for word in said])
    return said[begin:end]


@pytest.fixture(scope="module")
def understanding(places: Places) -> Understanding:
    return Understanding(load_words(), places, Analyzer({}), SyllableModel.load())


@given(
    st.lists(st.sampled_from(COURTESIES.before), max_size=3),
    st.lists(st.sampled_from(COURTESIES.following), max_size=2),
    ASKED,
    st.lists(st.sampled_from(COURTESIES.closing), max_size=1),
    st.lists(st.sampled_from(COURTESIES.after), max_size=3),
)
def test_the_question_is_what_is_left(
    before: list[str], following: list[str], asked: str, closing: list[str], after: list[str]
) -> None:
    opening = [*before, *(following if before else [])]
    closes = asked.split()[-1] in COURTESIES.asking
    said = " ".join([*opening, asked, *(closing if closes else []), *after])
    assert left(BARE, said) == syllables(asked)


@pytest.mark.parametrize(
    "said",
    [
        "anh chị em ruột nhận nhau cần giấy tờ gì",  # "anh chị" is said of whom it is about
        "làm gì để được vậy",  # "vay" read wrongly is not lost
        "nộp hồ sơ cho mọi người",
        "là công dân nước ngoài thì nộp ở đâu",
        "với người khuyết tật thì sao",
        "cho hội viên vay vốn thì nộp gì",  # marks that were typed are believed
        "chào bán trái phiếu cần hồ sơ gì",
        "chao ban trai phieu can ho so gi",
    ],
)
def test_what_may_be_asked_about_stays(said: str) -> None:
    assert left(BARE, said) == syllables(said)


def test_an_everyday_phrase_keeps_what_is_courtesy_elsewhere() -> None:
    bare = Bare(COURTESIES, ["hỏi quy hoạch"])
    said = "tôi muốn hỏi quy hoạch thửa đất ạ"
    assert left(bare, said) == ["hỏi", "quy", "hoạch", "thửa", "đất"]
    assert left(BARE, said) == ["quy", "hoạch", "thửa", "đất"]


@given(st.lists(st.sampled_from([*COURTESIES.before, *COURTESIES.after]), max_size=5))
def test_something_is_always_left(said: list[str]) -> None:
    assert left(BARE, " ".join(said)) or not said


@pytest.mark.parametrize(
    "typed",
    [
        "Cho tôi hỏi lệ phí cấp giấy phép là bao nhiêu vậy?",
        "ad oi cho e hoi le phi cap giay phep la bao nhieu z",
        "Lệ phí cấp giấy phép là bao nhiêu",
        "da con chao ad, cho con hoi le phi cap giay phep la bao nhieu nhe",
        "dạ em chào anh chị ạ, cho em hỏi là lệ phí cấp giấy phép là bao nhiêu ạ? Em cảm ơn!",
    ],
)
def test_the_same_is_understood_however_it_is_typed(
    understanding: Understanding, typed: str
) -> None:
    question = understanding.read(typed)
    assert question.encoded == "Lệ phí cấp giấy phép là bao nhiêu?"
    assert question.meaning == understanding.read("lệ phí cấp giấy phép là bao nhiêu").meaning


def test_what_was_typed_is_shown_whole(understanding: Understanding) -> None:
    question = understanding.read("cho e hoi le phi lam ho chieu")
    assert question.understood == "cho em hỏi lệ phí làm hộ chiếu"


def test_a_place_is_the_same_wherever_it_stands(understanding: Understanding) -> None:
    plain = understanding.read("SIPAS của Quảng Ngãi năm 2025 là bao nhiêu")
    polite = understanding.read("Cho tôi hỏi SIPAS của Quảng Ngãi năm 2025 là bao nhiêu")
    other = understanding.read("Cho tôi hỏi SIPAS của Đà Nẵng năm 2025 là bao nhiêu")
    assert plain.meaning == polite.meaning != other.meaning


def test_courtesies_change_nothing_around_everyday_words(understanding: Understanding) -> None:
    for say in SAYINGS[::20]:
        assert changed(understanding, say) == []


@pytest.mark.slow
def test_courtesies_change_nothing_around_any_everyday_words(understanding: Understanding) -> None:
    assert [typed for say in SAYINGS for typed in changed(understanding, say)] == []


def changed(understanding: Understanding, say: str) -> list[str]:
    """Return the ways to type an everyday phrase that read otherwise among courtesies."""
    plain, polite = f"{say} thì cần gì", f"Ad ơi cho em hỏi chút, {say} thì cần gì ạ"
    return [
        change(polite)
        for change in (str, strip_diacritics)
        if understanding.read(change(plain)).syllables
        != understanding.read(change(polite)).syllables
    ]

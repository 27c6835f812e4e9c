"""Typed answers: understood where they are clear, never guessed where they are not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ratings.understanding import Understanding
from config.rating_words import load_rating_words
from config.surveys import load_surveys
from index.text import fold

SURVEY = load_surveys()["mac-dinh"]
LEVEL, REASON = SURVEY.question("muc-do"), SURVEY.question("ly-do")
UNDERSTANDING = Understanding(load_rating_words())

CLEAR = {
    "5": "rất hài lòng|Rất hài lòng!|5|5 sao|5/5|(5)|5.|năm sao|nam sao|5️⃣|5 điểm|⭐⭐⭐⭐⭐|tốt lắm"
    "|rat hai long|toi rat hai long|tuyệt vời|cực kỳ hài lòng ạ|😍|5. Rất hài lòng|５"
    "|rất tốt, rất hài lòng|5sao|5⭐|tôi cho 5 sao|hoàn toàn hài lòng|tốt lắmmm|10/10|5*"
    "|rất hài lòng 😊|Rất hài lòng ❤️❤️|5 👍|cảm ơn, rất tốt ạ!|dạ, rất hài lòng",
    "4": "hài lòng|hai long|HÀI LÒNG|tốt|tot|4/5|👍|👍🏽|🙂|hài lòng 👍|em thấy hài lòng ạ|bốn|4đ"
    "|khá hài lòng|HÀI LÒNGGG|tương đối hài lòng|cũng tốt|Tốt. Cảm ơn 🙏|👍❤️|hài lòng 🌹",
    "3": "bình thường|binh thuong|bt|tạm|tạm được|😐|ba sao|3|bt thôi|cũng bình thường|bt 😐",
    "2": "không hài lòng|ko hài lòng|k hai long|chưa hài lòng|hok hài lòng|tệ|dịch vụ tồi|👎👎"
    "|không tốt|ko tốt|hổng hài lòng|khá tệ|không hài lòng 😡|hem hài lòng|khum tốt|đéo hài lòng"
    "|không thể hài lòng|cũng chả tốt|bất mãn|2. không hài lòng",
    "1": "rất không hài lòng|rat khong hai long|quá tệ|rất tệ|😡|1 sao|⭐|thất vọng quá"
    "|hoàn toàn không hài lòng",
}
UNCLEAR = (
    "6|0|12|-5|4,5|8/10|10 điểm|5 phút|6 sao|⭐⭐⭐⭐⭐⭐|không|rất|ok|cảm ơn|❤️|😀😡|hài lòng 😡"
    "|5 tệ|4 5|tốt nhưng chậm|không tệ|không hài lòng lắm|không bình thường|tốt tệ|dich vu toi"
    "|tốt?|5?|hài lòng hay không hài lòng|không rất hài lòng|Có hài lòng đâu"
    "|làm căn cước mất bao lâu|hài lòng nhưng chờ lâu|chưa thực sự hài lòng|⭐ 5|5⭐⭐|1 hoặc 2"
    "|3,5 sao|khá ổn|rất hài lòg|chấp nhận được|hài lòng về thái độ, không hài lòng về thời gian"
    "|không 👍|-1|1 2|5,5|4.4 sao|9/10|❤️|🙏|🙃|không hài lòng 😊|bình thường 🙂|1. Rất hài lòng"
    "|không, hài lòng|Không. Tốt|không hề không hài lòng|phục vụ cho tốt|cho tốt|tốt à|tốt thôi"
)


@pytest.mark.parametrize(
    ("typed", "level"), [(one, level) for level, all_ in CLEAR.items() for one in all_.split("|")]
)
def test_clear_answers_are_understood(typed: str, level: str) -> None:
    assert UNDERSTANDING.answer(LEVEL, typed) == level
    assert UNDERSTANDING.answer(LEVEL, unicodedata.normalize("NFD", typed)) == level


@pytest.mark.parametrize("typed", UNCLEAR.split("|"))
def test_what_is_not_clear_is_not_guessed(typed: str) -> None:
    assert UNDERSTANDING.answer(LEVEL, typed) is None


def test_every_label_is_an_answer_with_and_without_diacritics() -> None:
    for question in (LEVEL, REASON):
        for number, option in enumerate(question.options, 1):
            for typed in (option.label, fold(option.label), f"{number}. {option.label}"):
                assert UNDERSTANDING.answer(question, typed) == option.id


def test_a_number_beside_another_options_label_is_unclear() -> None:
    assert UNDERSTANDING.answer(LEVEL, "1. Rất hài lòng") is None


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("lâu quá", "thoi-gian"),
        ("thai do", "thai-do"),
        ("8", "khac"),
        ("phải lót tay", "chi-phi"),
        ("cán bộ hách dịch quá", "thai-do"),
        ("dạ, chờ lâu ạ", None),
        ("không hách dịch", None),
        ("em thấy chờ lâu quá ạ", "thoi-gian"),
        ("rất rườm rà", "thu-tuc"),
        ("không lâu", None),
    ],
)
def test_reasons_by_number_or_name(typed: str, reason: str | None) -> None:
    assert UNDERSTANDING.answer(REASON, typed) == reason


def test_two_reasons_at_once_are_unclear() -> None:
    assert UNDERSTANDING.answer(REASON, "thời gian và thái độ") is None


WORDS = load_rating_words()
OF_KIND = {
    kind: [phrase for phrase, its in WORDS.phrases.items() if its == kind]
    for kind in set(WORDS.phrases.values())
}
PRAISE = ("4", "5")


def said(words: list[str], between: list[str], plain: bool) -> str:
    """Return words with what stands between them, without diacritics where they are plain."""
    text = "".join(word + gap for word, gap in zip(words, between, strict=True))
    return fold(text) if plain else text


@settings(max_examples=200)
@given(
    st.lists(st.sampled_from(sorted(WORDS.phrases)), max_size=4),
    st.sampled_from(OF_KIND["not"]),
    st.lists(st.sampled_from(sorted(WORDS.phrases)), min_size=1, max_size=4),
    st.lists(st.sampled_from([" ", " ", " ", ", ", ". ", "! "]), min_size=9, max_size=9),
    st.booleans(),
)
def test_what_holds_a_negation_is_never_taken_for_praise(
    before: list[str], no: str, after: list[str], between: list[str], plain: bool
) -> None:
    words = [*before, no, *after]
    typed = said(words, between[: len(words)], plain)
    assert UNDERSTANDING.answer(LEVEL, typed) not in PRAISE


DENIED = (
    "{} gì mà {}|{} đâu mà {}|{} sao được|{} cái nỗi gì|sao mà {} được|có gì mà {}|đâu có {}"
    "|có {} đâu|nào có {}|khó mà {}|ít {}|kém {}|hết {}|bớt {}|mất {}|suýt {}|{} gì nổi|làm sao {}"
    "|{} chỗ nào|phải {} hơn|mong {} hơn|nếu {} hơn|chưa thật sự {}|không mấy {}|chẳng {} tí nào"
    "|{} không|{} hay không|ứ {}|đ {}|méo {}|0 {}|{} quá cơ|{} quá nhỉ|{} ghê|{} nhưng mà chậm"
    "|{} =))|{} :))|{} :v|{} 🙄|{} 🙃|{} 🤡|{} 👎|{} 😡|{}?"
    "|{} cái con khỉ|tưởng {}|nói {} thì không|trừ {}"
)


@given(
    st.sampled_from(DENIED.split("|")),
    st.sampled_from(["hài lòng", "tốt", "tốt lắm", "rất hài lòng", "tuyệt vời", "5 sao"]),
    st.booleans(),
)
def test_denied_doubted_or_mocking_praise_is_never_taken_for_praise(
    around: str, praise: str, plain: bool
) -> None:
    typed = around.format(*[praise] * around.count("{}"))
    assert UNDERSTANDING.answer(LEVEL, fold(typed) if plain else typed) not in PRAISE


@given(st.sampled_from(OF_KIND["bad"] + OF_KIND["worst"]), st.sampled_from("👍😍🙂❤"))
def test_blame_beside_a_friendly_face_is_never_taken_for_praise(blame: str, face: str) -> None:
    assert UNDERSTANDING.answer(LEVEL, f"{blame} {face}") not in PRAISE


@given(st.text(max_size=60))
def test_anything_may_be_typed(typed: str) -> None:
    assert UNDERSTANDING.answer(LEVEL, typed) in {None, "1", "2", "3", "4", "5"}
    UNDERSTANDING.is_attempt(LEVEL, typed)


def test_a_question_on_other_things_is_no_attempt_at_an_answer() -> None:
    assert not UNDERSTANDING.is_attempt(LEVEL, "làm lại căn cước ở đâu")
    assert not UNDERSTANDING.is_attempt(LEVEL, "phường mình có tốt không, nộp ở đâu?")
    assert UNDERSTANDING.is_attempt(LEVEL, "tốt nhưng chậm")
    for typed in ("ok", "1 hoặc 2", "rất hài lòg", "nhân viên nhiệt tình lắm", "chả ra gì"):
        assert UNDERSTANDING.is_attempt(LEVEL, typed), typed

"""Every quote says where it stands, whether it holds on the day asked, and what it rests on."""

from __future__ import annotations

from datetime import date

import pytest

from bot.message import Reply
from tests.bot.town import Talk

HEALTH = "Quảng Nam phấn đấu bao nhiêu hồ sơ y tế nộp qua mạng"
BOOKS = "thư viện lưu động cho mượn mấy quyển sách"


def note(reply: Reply) -> str:
    return reply.quotes[0].note


def test_a_plan_ends_with_its_year(talk: Talk) -> None:
    reply = talk.say(HEALTH)
    assert reply.quotes[0].validity == "ended"
    assert "Kế hoạch năm 2023 đã kết thúc." in note(reply)
    assert "· Đã hết hiệu lực" in reply.text
    assert note(reply) in reply.text


def test_validity_is_that_of_the_day_asked_whatever_year_is_named(talk: Talk) -> None:
    then = talk.say(HEALTH, on=date(2023, 6, 1))
    assert then.quotes[0].validity == "in_force"
    assert note(then) == ""
    assert talk.say(f"năm 2023 {HEALTH}").quotes[0].validity == "ended"


def test_before_it_is_issued_nothing_is_in_force(talk: Talk) -> None:
    reply = talk.say(HEALTH, on=date(2022, 1, 1))
    assert reply.quotes[0].validity == "unknown"
    assert "Có hiệu lực từ ngày 20/12/2022." in note(reply)


@pytest.mark.parametrize(
    ("on", "validity", "said"),
    [
        (date(2025, 6, 30), "in_force", ""),
        (date(2025, 7, 1), "replaced", "Đã được thay thế bởi 2/2025/NĐ-CP."),
    ],
)
def test_a_replacement_counts_from_its_day(talk: Talk, on: date, validity: str, said: str) -> None:
    reply = talk.say(BOOKS, on=on)
    assert reply.quotes[0].validity == validity
    assert note(reply) == said


def test_a_merged_province_is_told_what_it_is_part_of_now(talk: Talk) -> None:
    now = "Quảng Nam nay thuộc thành phố Đà Nẵng."
    assert now in note(talk.say(HEALTH))
    assert now not in talk.say(HEALTH, on=date(2025, 6, 30)).text


def test_so_is_one_that_only_the_question_names(talk: Talk) -> None:
    now = "Bến Tre nay thuộc tỉnh Vĩnh Long."
    other = talk.say("ở Bến Tre thư viện lưu động cho mượn mấy quyển sách")
    assert other.text.count(now) == 1
    assert now in talk.say("Bến Tre có bao nhiêu phi hành gia").text
    assert now not in talk.say("Bến Tre có bao nhiêu phi hành gia", on=date(2024, 1, 1)).text


def test_a_note_is_not_said_twice(talk: Talk) -> None:
    assert talk.say(HEALTH).text.count("Quảng Nam nay thuộc") == 1


def test_an_issuer_of_the_district_level_is_noted(talk: Talk) -> None:
    question = "huyện Hương Sơn trồng bao nhiêu cây xanh"
    reply = talk.say(question)
    assert "Cấp huyện đã kết thúc hoạt động từ ngày 01/7/2025." in note(reply)
    assert "Cấp huyện" not in note(talk.say(question, on=date(2025, 6, 30)))


def test_a_summary_says_so_and_names_what_it_rests_on(talk: Talk) -> None:
    reply = talk.say("làng nghề gốm có cửa hàng trên mạng")
    assert reply.quotes[0].summary
    assert "bản tóm tắt về 5-NQ/TU" in note(reply)
    assert "Tin của Báo Đồng Gốm, 15/10/2021" in note(reply)
    assert not talk.say(BOOKS).quotes[0].summary


def test_the_sources_of_a_summary_are_not_searched(talk: Talk) -> None:
    reply = talk.say("chuyên mục sành sứ bát tràng")
    assert not reply.quotes
    assert not reply.choices


def test_a_quote_carries_its_source(talk: Talk) -> None:
    quote = talk.say(HEALTH).quotes[0]
    assert quote.number == "11/KH-UBND"
    assert quote.heading == "Chỉ tiêu hồ sơ"
    assert quote.source == "quang-nam.md"
    assert quote.title == "Kế hoạch chuyển đổi số năm 2023 của tỉnh Quảng Nam"
    assert "Nguồn: 11/KH-UBND, Kế hoạch chuyển đổi số" in talk.say(HEALTH).text
    assert quote.as_json()["note"] == quote.note

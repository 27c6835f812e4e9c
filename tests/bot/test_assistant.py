"""The assistant as a person meets it: one message in, one fitting reply out."""

from __future__ import annotations

from datetime import date

import pytest

from bot.message import Status
from index.training.mistyping import strip_diacritics
from tests.bot.town import Talk, Town

RANK = "đặt mục tiêu PCI nhóm mấy"
MARS = "bao nhiêu phi hành gia đã bay lên sao hỏa"


@pytest.mark.parametrize(
    "typed",
    [
        "làng nghề gốm nào có cửa hàng trên mạng",
        "lang nghe gom nao co cua hang tren mang",
        "LÀNG NGHỀ GỐM NÀO CÓ CỬA HÀNG TRÊN MẠNG???",
        "dạ cho em hỏi làng nghề gốm nào có cửa hàng trên mạng ạ",
    ],
)
def test_a_question_is_answered_word_for_word(talk: Talk, typed: str) -> None:
    reply = talk.say(typed)
    assert reply.status is Status.ANSWERED
    assert "12 làng nghề gốm có cửa hàng trên mạng" in reply.quotes[0].text
    assert f"“{reply.quotes[0].text}”" in reply.text


def test_what_was_understood_is_shown_where_it_was_read_anew(talk: Talk) -> None:
    bare = talk.say("tinh Quang Nam phan dau bao nhieu ho so y te nop qua mang")
    assert bare.understood == "tỉnh Quảng Nam phấn đấu bao nhiêu hồ sơ y tế nộp qua mạng"
    assert f"Tôi hiểu câu hỏi là: {bare.understood}" in bare.text
    assert "Tôi hiểu" not in talk.say(bare.understood).text


def test_courtesies_are_not_repeated(talk: Talk) -> None:
    asked = "tỉnh Quảng Nam phấn đấu bao nhiêu hồ sơ y tế nộp qua mạng"
    plain = talk.say(asked)
    assert plain.status is Status.ANSWERED
    assert talk.say(f"Cho em hỏi chút, {asked} vậy ạ?").text == plain.text
    bare = talk.say(f"ad oi cho e hoi {strip_diacritics(asked)} vay")
    assert bare.text == f"Tôi hiểu câu hỏi là: {bare.understood}\n\n{plain.text}"
    assert bare.understood.startswith(asked)


def test_a_procedure_is_answered_with_its_code(talk: Talk) -> None:
    reply = talk.say("cấp phép nuôi cá sấu mất bao lâu")
    known = {
        "kind": "procedure",
        "code": "2.000333",
        "name": "Cấp phép nuôi cá sấu",
        "field": "Chăn nuôi",
        "level": "Cấp tỉnh",
        "url": None,
    }
    assert known.items() <= reply.facts[0].items()
    assert "Thủ tục: Cấp phép nuôi cá sấu (mã 2.000333)" in reply.text
    assert "15 Ngày" in reply.quotes[0].text


def test_what_is_not_known_is_said_and_kept(talk: Talk) -> None:
    reply = talk.say(MARS)
    assert reply.status is Status.NO_ANSWER
    assert "Tôi chưa có thông tin" in reply.text
    assert "Bạn thử hỏi cách khác" in reply.text
    assert not reply.quotes
    assert talk.unanswered() == [MARS]


def test_only_a_piece_of_a_long_unanswered_question_is_kept(talk: Talk) -> None:
    talk.say(f"{MARS} {'xa lắm ' * 120}")
    assert len(talk.unanswered()[0]) == talk.tools.settings.kept_characters


def test_a_place_without_documents_is_named(talk: Talk) -> None:
    reply = talk.say("Cà Mau phấn đấu bao nhiêu hồ sơ y tế nộp qua mạng")
    assert reply.status is Status.NO_ANSWER
    assert "về câu hỏi này cho Cà Mau." in reply.text


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("xin chào", Status.SMALLTALK),
        ("cảm ơn bạn nhiều", Status.SMALLTALK),
        ("chào Lan nhé", Status.SMALLTALK),
        ("tạm biệt", Status.SMALLTALK),
        ("bot ngu", Status.REFUSED),
    ],
)
def test_what_is_said_to_the_bot_gets_a_short_text(talk: Talk, typed: str, status: Status) -> None:
    reply = talk.say(typed)
    assert reply.status is status
    assert 0 < len(reply.text) < 250
    assert not talk.unanswered()


@pytest.mark.parametrize(
    "typed",
    [
        "xin chào, làng nghề gốm nào có cửa hàng trên mạng",
        "chào bạn thư viện lưu động cho mượn mấy quyển sách",
        "cho em hỏi cấp phép nuôi cá sấu mất bao lâu, em cảm ơn",
    ],
)
def test_a_greeting_does_not_swallow_the_question(talk: Talk, typed: str) -> None:
    assert talk.say(typed).status is Status.ANSWERED


class TestThePersonsPlace:
    """`Message.place` decides between places and hides nothing."""

    def test_its_documents_come_first(self, talk: Talk) -> None:
        for place, document in (("Quảng Nam", "quang-nam"), ("Vĩnh Long", "vinh-long")):
            reply = talk.say(RANK, place=place)
            assert reply.status is Status.ANSWERED
            assert reply.quotes[0].document == document
            assert place not in reply.understood

    def test_a_place_in_the_question_counts_more(self, talk: Talk) -> None:
        reply = talk.say(f"Vĩnh Long {RANK}", place="Quảng Nam")
        assert reply.quotes[0].document == "vinh-long"

    def test_what_holds_everywhere_still_answers(self, talk: Talk) -> None:
        reply = talk.say("thư viện lưu động cho mượn mấy quyển sách", place="Quảng Nam")
        assert reply.quotes[0].document == "nghi-dinh-cu"

    def test_a_place_without_documents_is_as_none(self, talk: Talk) -> None:
        assert talk.say(RANK, place="Cà Mau").status is talk.say(RANK).status

    def test_a_city_of_today_finds_its_parts(self, talk: Talk) -> None:
        assert talk.say(RANK, place="Đà Nẵng").quotes[0].document == "quang-nam"


def test_quotes_stand_best_first_and_at_most_three(talk: Talk) -> None:
    reply = talk.say("hồ sơ y tế nộp qua mạng Quảng Nam năm 2023")
    assert 1 <= len(reply.quotes) <= 3
    assert reply.quotes[0].document == "quang-nam"


def test_the_json_has_the_keys_of_the_contract(town: Town) -> None:
    answer = Talk(town).say("cấp phép nuôi cá sấu mất bao lâu", on=date(2026, 1, 1)).as_json(12.34)
    assert set(answer) == {
        *("status", "understood", "text", "quotes", "facts", "choices", "actions", "took_ms"),
    }
    assert answer["took_ms"] == 12.3
    assert set(answer["quotes"][0]) >= {
        *("text", "document", "title", "number", "heading", "source", "validity", "score"),
    }

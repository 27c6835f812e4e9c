"""Messages that are no question, and what is taken out of those that are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.message import Status
from tests.bot.town import Talk, Town

QUESTION = "làng nghề gốm có cửa hàng trên mạng"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "chưa nhập câu hỏi"),
        (" \t\n ", "chưa nhập câu hỏi"),
        ("\u200b\u200d\u2060\ufeff", "chưa nhập câu hỏi"),
        ("\u202e\u202c\u200f", "chưa nhập câu hỏi"),
        ("\x00\x01\x1b\x7f", "chưa nhập câu hỏi"),
        ("\ud83d", "chưa nhập câu hỏi"),
        ("🙏🙏👍🏽", "Tôi chỉ đọc được chữ"),
        ("?!… ---", "Tôi chỉ đọc được chữ"),
        ("❤️\u200d🔥", "Tôi chỉ đọc được chữ"),
        ("a" * 10_000, "dài quá 1.000 ký tự"),
        ("thủ tục " * 1250, "dài quá 1.000 ký tự"),
    ],
)
def test_what_is_no_question_is_refused_in_one_sentence(talk: Talk, typed: str, said: str) -> None:
    reply = talk.say(typed)
    assert reply.status is Status.REFUSED
    assert said in reply.text
    assert "\n" not in reply.text
    assert not talk.unanswered()


@pytest.mark.parametrize(
    "typed",
    [
        "làng\u200b nghề gốm\ufeff có cửa hàng\u2060 trên mạng",
        "\u202elàng nghề gốm có cửa hàng trên mạng\u202c",
        "làng nghề gốm\x00 có cửa hàng\x1b trên mạng",
        "làng\u00a0nghề\tgốm\n\ncó cửa hàng trên mạng",
        "làng nghề gốm có cửa hàng trên mạng \ud83d",
        "làng nghề gốm có cửa hàng trên mạng",
        "🙏 làng nghề gốm có cửa hàng trên mạng 🙏",
    ],
)
def test_what_cannot_be_seen_changes_nothing(talk: Talk, typed: str) -> None:
    reply = talk.say(typed)
    assert reply.status is Status.ANSWERED
    assert "12 làng nghề gốm" in reply.quotes[0].text


def test_a_number_of_a_person_is_neither_used_nor_kept(talk: Talk) -> None:
    reply = talk.say(f"cccd của tôi là 049123456789, {QUESTION}")
    assert "049123456789" not in reply.text + reply.understood
    assert "bỏ qua số giấy tờ" in reply.text
    talk.say("số 049123456789 của tôi bay lên sao hỏa được không")
    assert talk.unanswered()
    everything = "".join(talk.db.iterdump())
    assert "049123456789" not in everything


def test_the_number_alone_is_refused(talk: Talk) -> None:
    reply = talk.say("0912 345 678")
    assert reply.status is Status.REFUSED
    assert "bỏ qua số giấy tờ" in reply.text
    assert reply.text.count("bỏ qua") == 1


@given(st.text(max_size=120))
def test_every_message_gets_a_reply(town: Town, typed: str) -> None:
    reply = Talk(town).say(typed)
    assert reply.text.strip()
    for quote in reply.quotes:
        assert quote.text in town.store.get(quote.document).text

"""Numbered choices: offered, taken by their number, remembered."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.message import Choice, Status
from bot.offers import LABEL
from tests.bot.town import Talk, Town

OPEN = "đặt mục tiêu PCI nhóm mấy"


def test_places_that_answer_equally_well_are_asked_back(talk: Talk) -> None:
    reply = talk.say(OPEN)
    assert reply.status is Status.CLARIFY
    assert {choice.label for choice in reply.choices} == {"Quảng Nam", "Vĩnh Long"}
    for choice in reply.choices:
        assert f"{choice.id}. {choice.label}" in reply.text


@pytest.mark.parametrize(
    "typed", ["2", "2.", "2)", " 2 ", "02", "số 2", "so 2", "chọn 2", "Chọn số 2 ạ", "２"]
)
def test_a_number_leads_to_the_document_that_was_offered(talk: Talk, typed: str) -> None:
    offered = talk.say(OPEN).choices[1]
    reply = talk.say(typed)
    assert reply.status is Status.ANSWERED
    assert reply.quotes[0].document == offered.document
    assert "PCI thuộc nhóm" in reply.quotes[0].text


def test_one_choice_after_the_other_may_be_taken(talk: Talk) -> None:
    offered = talk.say(OPEN).choices
    assert [talk.say(n).quotes[0].document for n in ("1", "2")] == [c.document for c in offered]


def test_what_no_answer_offers_can_be_taken(talk: Talk) -> None:
    reply = talk.say("Quảng Nam đặt mục tiêu bao nhiêu phi hành gia sống trên sao hỏa")
    assert reply.status is Status.NO_ANSWER
    assert reply.choices
    assert talk.say("1").quotes[0].document == reply.choices[0].document


def test_a_procedure_that_was_offered_is_asked_the_same(talk: Talk) -> None:
    reply = talk.say("lệ phí đăng ký nuôi ong trên sao hỏa bằng phi thuyền là bao nhiêu tiền")
    offered = {choice.code: choice for choice in reply.choices}
    if reply.status is Status.ANSWERED or "1.000222" not in offered:
        pytest.fail(f"the question has to be too strange to be answered: {reply.text}")
    answer = talk.say(offered["1.000222"].id)
    assert answer.facts[0]["code"] == "1.000222"
    assert "80,000 Việt Nam Đồng" in answer.quotes[0].text


def test_a_follow_up_after_a_choice_is_about_what_was_chosen(talk: Talk) -> None:
    talk.say(OPEN)
    chosen = talk.say("1").quotes[0].document
    reply = talk.say("văn bản này còn hiệu lực không")
    assert reply.quotes[0].document == chosen


@pytest.mark.parametrize("typed", ["3", "0", "99"])
def test_a_number_that_was_not_offered_is_refused(talk: Talk, typed: str) -> None:
    talk.say(OPEN)
    reply = talk.say(typed)
    assert reply.status is Status.REFUSED
    assert "từ 1 đến 2" in reply.text
    assert talk.say("1").status is Status.ANSWERED


def test_small_talk_between_does_not_lose_the_choices(talk: Talk) -> None:
    talk.say(OPEN)
    assert talk.say("cảm ơn bạn").status is Status.SMALLTALK
    assert talk.say("1").status is Status.ANSWERED


@pytest.mark.parametrize("typed", ["1", "số 2", "chọn 3"])
def test_without_choices_a_small_number_is_no_question(talk: Talk, typed: str) -> None:
    reply = talk.say(typed)
    assert reply.status is Status.REFUSED
    assert "không có lựa chọn" in reply.text


@pytest.mark.parametrize(
    ("typed", "document"), [("1.000111 nuôi ong", "1.000111"), ("5.000 cây xanh", "huong-son")]
)
def test_a_longer_number_is_a_question(talk: Talk, typed: str, document: str) -> None:
    talk.say(OPEN)
    assert talk.say(typed).quotes[0].document == document


@pytest.mark.parametrize("typed", ["thủ tục", "hồ sơ", "ho so gi", "cho em hỏi thủ tục hành chính"])
def test_a_question_about_everything_is_asked_back(talk: Talk, typed: str) -> None:
    reply = talk.say(typed)
    assert reply.status is Status.CLARIFY
    assert len(reply.choices) >= 2
    assert not reply.quotes


def test_a_procedure_offers_its_neighbours_by_what_differs(town: Town) -> None:
    talk = Talk(town)
    talk.tools = replace(talk.tools, settings=replace(talk.tools.settings, close=3.0))
    reply = talk.say("đăng ký nuôi ong lấy mật cấp tỉnh")
    assert reply.facts[0]["code"] == "1.000222"
    assert [(c.label, c.code) for c in reply.choices] == [("Đăng ký nuôi ong lấy mật", "1.000111")]
    assert f"{talk.tools.texts.procedures.other_case}\n1. Đăng ký nuôi ong" in reply.text
    assert talk.say("1").facts[0]["code"] == "1.000111"


def test_labels_are_short_and_json_carries_what_is_known() -> None:
    choice = Choice("1", "Cấp phép", "cấp phép", "1.000111", "1.000111")
    assert json.loads(json.dumps(choice.as_json())) == {
        "id": "1",
        "label": "Cấp phép",
        "code": "1.000111",
        "document": "1.000111",
    }
    assert Choice("2", "Đà Nẵng", "?").as_json() == {"id": "2", "label": "Đà Nẵng"}
    assert LABEL <= 90

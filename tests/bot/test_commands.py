"""Commands: with words and without, with the name of a bot, with diacritics, unknown ones."""

from __future__ import annotations

import pytest

from bot.links import link_of_document, link_of_question
from bot.message import SENT, Message, Status
from config.texts import load_texts
from tests.bot.town import TODAY, Talk

TEXTS = load_texts()


def test_the_start_greets_and_offers_four_ways_each_of_which_works(talk: Talk) -> None:
    reply = talk.say("/start")
    assert TEXTS.start.greeting in reply.text
    assert "/xoadulieu" in reply.text
    assert len(reply.choices) == 4
    for choice in reply.choices:
        answer = talk.press(choice.id, reply)
        assert answer.status is not Status.REFUSED, choice.label


def test_every_command_of_the_menu_works_with_words_and_without(talk: Talk) -> None:
    for name, description in TEXTS.commands.menu():
        assert 3 <= len(description) <= 256
        assert talk.say(f"/{name}").text
        assert talk.say(f"/{name} Quảng Nam 2023").status is not Status.REFUSED


@pytest.mark.parametrize(
    "typed", ["/trogiup", "/TroGiup", "/trợgiúp", "/help", "/trogiup@cchc_bot"]
)
def test_help_names_every_command(talk: Talk, typed: str) -> None:
    said = talk.say(typed).text
    assert TEXTS.chat.help.strip() in said
    for name, description in TEXTS.commands.menu():
        assert f"/{name} – {description}" in said


def test_an_unknown_command_says_how_to_see_the_known_ones(talk: Talk) -> None:
    reply = talk.say("/laplanh gì đó")
    assert reply.status is Status.REFUSED
    assert reply.text == TEXTS.chat.unknown_command.format(command="/laplanh")


@pytest.mark.parametrize("command", ["/hoi", "/hoi@cchc_bot", "/thutuc"])
def test_the_words_behind_a_command_are_the_question(talk: Talk, command: str) -> None:
    reply = talk.say(f"{command} cấp phép nuôi cá sấu mất bao lâu")
    assert reply.facts[0]["code"] == "2.000333"


def test_a_command_without_words_asks_what_is_wanted_and_goes_on(talk: Talk) -> None:
    reply = talk.say("/hoi")
    assert reply.status is Status.CLARIFY
    assert reply.choices


def test_a_link_asks_its_question(talk: Talk) -> None:
    link = link_of_question("nuôi cá sấu mất bao lâu")
    assert link is not None
    assert talk.say(f"/start {link}").facts[0]["code"] == "2.000333"


def test_a_link_opens_its_document(talk: Talk) -> None:
    reply = talk.say(f"/start {link_of_document('quang-nam')}")
    assert reply.text.startswith("Kế hoạch chuyển đổi số năm 2023 của tỉnh Quảng Nam")
    assert "11/KH-UBND" in reply.text


@pytest.mark.parametrize("payload", ["q_", "q_!!", "q_gA", "d_khongco", "la", "r_", "q_AAAA"])
def test_a_link_that_opens_nothing_greets_or_is_refused_politely(talk: Talk, payload: str) -> None:
    assert talk.say(f"/start {payload}").text


def test_the_place_is_noted_used_and_forgotten(talk: Talk) -> None:
    assert "Vĩnh Long" in talk.say("/diaphuong vinh long").text
    assert "nhóm 15" in talk.say("đặt mục tiêu PCI nhóm mấy").quotes[0].text
    reply = talk.say("/diaphuong")
    assert "Vĩnh Long" in reply.text
    assert TEXTS.my_place.anywhere == talk.press("1", reply).text
    assert talk.say("đặt mục tiêu PCI nhóm mấy").status is Status.CLARIFY


def test_a_place_that_was_merged_is_told_and_an_unknown_one_asked_again(talk: Talk) -> None:
    assert "Đà Nẵng" in talk.say("/diaphuong Quảng Nam").text
    assert talk.say("/diaphuong Sao Hỏa").status is Status.CLARIFY


def test_documents_are_listed_by_place_year_and_words(talk: Talk) -> None:
    known = talk.say("/vanban")
    assert "Kế hoạch: 2" in known.text
    reply = talk.say("/vanban ke hoach")
    assert {choice.document for choice in reply.choices} == {"quang-nam", "vinh-long"}
    shown = talk.press(reply.choices[0].id, reply)
    assert TEXTS.documents.parts in shown.text
    assert "22/KH-UBND" in talk.say("/vanban kế hoạch vĩnh long 2024").text
    assert talk.say("/vanban tàu vũ trụ").status is Status.NO_ANSWER


def test_a_part_of_a_listed_document_is_quoted(talk: Talk) -> None:
    reply = talk.say("/vanban quảng nam 2023")
    part = next(c for c in reply.choices if c.label == "Trách nhiệm")
    answer = talk.press(part.id, reply)
    assert answer.quotes[0].document == "quang-nam"
    assert "Sở Nội vụ" in answer.quotes[0].text


def test_erasing_asks_first_and_then_forgets_everything(talk: Talk) -> None:
    talk.say("/diaphuong Vĩnh Long")
    talk.say("đặt mục tiêu PCI nhóm mấy")
    talk.say("đúng")
    asked = talk.say("/xoadulieu")
    assert talk.press("2", asked).text == TEXTS.erase.kept
    assert talk.say("/diaphuong").choices
    assert talk.press("1", talk.say("/xoadulieu")).text == TEXTS.erase.done
    assert talk.db["turns"].count == 0
    assert talk.db["people"].count == 0
    assert all(row["user"].startswith("forgotten:") for row in talk.db["verdicts"].rows)


@pytest.mark.parametrize("sent", SENT)
def test_what_is_not_words_gets_a_fitting_sentence(talk: Talk, sent: str) -> None:
    reply = talk.town.assistant.reply(Message("test:1", "", TODAY, sent=sent), talk.tools)
    assert reply.status is Status.REFUSED
    assert reply.text == getattr(TEXTS.guard, sent)

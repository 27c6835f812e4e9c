"""Ratings among the steps of the assistant: they take what is theirs and leave the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.message import Message, Status
from bot.ratings.dialogue import RatingDialogue
from bot.ratings.reports.access import TerminalOnly
from bot.ratings.reports.comparison import NoTargets
from bot.ratings.reports.reporting import Reporting
from tests.bot.ratings.conftest import Office
from tests.bot.town import TODAY, Talk, Town

Talker = Callable[[str], Talk]


@pytest.fixture
def talker(town: Town, office: Office) -> Talker:
    """Return what makes a conversation of somebody with the whole assistant."""

    def make(user: str) -> Talk:
        talk = Talk(town, user)
        reports = Reporting(office.desk, NoTargets(), TerminalOnly())
        talk.tools = replace(talk.tools, ratings=RatingDialogue(office.desk), reports=reports)
        return talk

    return make


def test_a_rating_between_two_questions(talker: Talker, office: Office) -> None:
    talk = talker("zalo_bot:1")
    asked = talk.say("/danhgia đất đai một")
    assert len(asked.choices) == 5
    answer = talk.say("cấp phép nuôi cá sấu mất bao lâu?")
    assert answer.facts[0]["code"] == "2.000333"
    talk.say("/đánhgiá")
    assert "Đã ghi: Hài lòng" in talk.say("👍").text, "the guard would not have taken it"
    assert office.ratings() == [("dat", "zalo_bot", 4)]


def test_numbers_belong_to_what_was_asked_last(talker: Talker, office: Office) -> None:
    talk = talker("zalo_bot:1")
    talk.say("/danhgia đất đai một")
    offered = talk.say("/start")
    assert offered.choices
    assert talk.say("2").text != office.desk.texts.gone
    assert office.ratings() == []


def test_buttons_of_ratings_and_answers_do_not_mix(talker: Talker, office: Office) -> None:
    talk = talker("telegram:1")
    greeting = talk.say("/start")
    four = next(choice.id for choice in greeting.choices if "Đánh giá" in choice.label)
    offered = talk.press(four, greeting)
    asked = talk.press("1", offered)
    assert asked.choices[0].label == "Rất không hài lòng"
    talk.press("1", greeting)
    assert office.ratings() == []
    thanks = talk.press("5", asked)
    assert thanks.turn
    commenting = talk.press("góp ý", thanks)
    assert commenting.status is Status.SMALLTALK
    talk.say("bàn ghế cũ, số tôi 0912345678")
    (kept,) = office.desk.db.execute("SELECT text FROM rating_comments").fetchone()
    assert kept == "bàn ghế cũ, số tôi […]"


def test_a_deep_link_and_erasing(talker: Talker, office: Office) -> None:

    talk = talker("telegram:1")
    code = office.desk.codes.make("hai", "khaisinh", timedelta(days=1))
    asked = talk.say(f"/start r_{office.desk.codes.long(code)}")
    talk.press("5", asked)
    assert len(office.ratings()) == 1
    assert office.desk.texts.forged in talk.say("/start r_abc").text
    question = talk.say("/xoadulieu")
    talk.press("1", question)
    assert office.ratings() == []


def test_reports_in_the_chat(talker: Talker, office: Office) -> None:
    assert talker("telegram:1").say("/baocao").text == office.desk.texts.report_refused
    reply = talker("terminal:1").say("/baocao tháng")
    assert "Chưa đủ 5 phiếu" in reply.text


def test_what_leaves_no_trace_rates_nothing(town: Town) -> None:
    talk = Talk(town)
    assert talk.tools.ratings is None
    assert talk.say("/danhgia").text
    message = Message("web:1", "5", TODAY, turn="r.1234.0")
    assert town.assistant.reply(message, talk.tools).status is Status.REFUSED


def test_who_agrees_after_a_procedure_is_asked_later_how_it_went(
    talker: Talker, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []

    def ask_later(user: str, procedure: str) -> bool:
        asked.append((user, procedure))
        return len(asked) == 1

    monkeypatch.setattr(office.desk.invitations, "ask_later", ask_later)
    talk = talker("telegram:1")
    answer = talk.say("cấp phép nuôi cá sấu mất bao lâu?")
    texts = talk.tools.texts.actions
    assert texts.later in [action.word for action in answer.actions]
    assert talk.press(texts.later, answer).text == texts.asked_later
    assert talk.press(texts.later, answer).text == texts.not_later
    assert asked == [("telegram:1", "2.000333")] * 2


def test_nobody_is_asked_later_where_nobody_can_be_written_to(talker: Talker) -> None:
    answer = talker("web:1").say("cấp phép nuôi cá sấu mất bao lâu?")
    assert "hỏi tôi sau" not in [action.word for action in answer.actions]

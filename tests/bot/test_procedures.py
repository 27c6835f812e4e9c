"""Answers on procedures: every part asked, by rows with quotes; due dates; asking back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

import pytest

from bot.application import Application
from bot.context import Tools
from bot.layout import Kind, parts
from bot.message import Message, Reply, Status
from bot.national import National
from bot.procedures.asked import Asked
from bot.procedures.looking_up import look_up
from bot.procedures.rows import due_lines
from bot.procedures.telling_apart import told_apart
from config.procedures import load_procedures
from config.texts import load_texts
from knowledge.procedures.facts import Duration, Fee, Mode
from knowledge.working_days import WorkingDays
from tests.bot.program import copied
from tests.bot.town import Talk, Town
from tests.knowledge.procedures.made import record

TEXTS = load_texts().procedures
FRIDAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return Town(tmp_path_factory.mktemp("town"))


@pytest.fixture
def talk(town: Town) -> Talk:
    return Talk(town)


def fact(reply: Reply) -> dict[str, object]:
    (row,) = reply.facts
    return row


def test_each_part_of_a_question_is_answered_with_its_quote(talk: Talk) -> None:
    reply = talk.say("cấp phép nuôi cá sấu mất bao lâu, hết bao nhiêu tiền, cần giấy tờ gì")
    assert reply.status is Status.ANSWERED
    assert "Thời hạn: 15 ngày" in reply.text
    assert "30.000 đồng" in reply.text
    assert "Sơ đồ ao cá" in reply.text
    assert "2.000333" in reply.text
    quoted = [part.text for part in parts(reply) if part.kind is Kind.QUOTE]
    assert quoted == [quote.text for quote in reply.quotes[: len(quoted)]]
    assert len(quoted) == 2  # time and fee stand in the same rows


def test_the_fact_holds_the_whole_row(talk: Talk) -> None:
    row = fact(talk.say("cấp phép nuôi cá sấu hết bao nhiêu tiền"))
    assert row["kind"] == "procedure"
    assert row["code"] == "2.000333"
    (mode,) = cast("list[dict[str, object]]", row["modes"])
    assert mode["fee_vnd"] == 30000
    assert mode["time_days"] == 15
    assert row["documents"] == ["Sơ đồ ao cá"]


def test_quotes_are_slices_of_the_stored_text(town: Town, talk: Talk) -> None:
    reply = talk.say("cấp phép nuôi cá sấu nộp ở đâu, cần giấy tờ gì")
    for quote in reply.quotes:
        assert quote.text in town.store.get(quote.document).text


def test_handed_in_on_a_day_gives_the_day_of_the_result(talk: Talk) -> None:
    reply = talk.say("cấp phép nuôi cá sấu nộp hôm nay thì bao giờ có", on=FRIDAY)
    assert "chậm nhất ngày 7/12/2026" in reply.text  # the fifteenth day is a Saturday


def test_holidays_within_working_days_are_named() -> None:
    texts = load_texts()
    rows = [Mode("Trực tiếp", "5 Ngày làm việc", Duration(5, "working_day"), Fee())]
    said = list(due_lines(rows, date(2026, 11, 22), WorkingDays(), texts))
    assert "chậm nhất ngày 1/12/2026" in said[0]
    assert "22/11/2026 là ngày nghỉ" in said[1]
    assert "24/11/2026" in said[2]


def test_the_command_without_words_offers_fields_and_then_procedures(town: Town) -> None:
    talk = Talk(town)
    reply = talk.say("/thutuc")
    assert reply.status is Status.CLARIFY
    assert TEXTS.browse in reply.text
    fields = {d.metadata.field for d in town.tools.searcher.index.documents} - {None}
    of_field = talk.say(f"/thutuc {sorted(map(str, fields))[0]}")
    assert of_field.status is Status.CLARIFY
    assert of_field.choices
    taken = talk.say("1")
    assert taken.status is Status.ANSWERED
    assert fact(taken)["code"] == of_field.choices[0].code


def test_the_command_with_words_answers_from_procedures_alone(talk: Talk) -> None:
    reply = talk.say("/thutuc nuôi cá sấu hết bao nhiêu tiền")
    assert fact(reply)["code"] == "2.000333"


def test_procedures_are_told_apart_by_what_differs(town: Town) -> None:
    question = town.tools.understanding.read("đăng ký nuôi ong lấy mật")
    hits = [h for h in town.tools.searcher.search(question) if h.indexed.metadata.code][:2]
    heading, choices = told_apart(hits, "đăng ký nuôi ong", TEXTS)
    assert heading in (TEXTS.which_case, TEXTS.which_level)
    assert len({choice.label for choice in choices}) == 2
    assert all(len(choice.label) <= 60 for choice in choices)
    assert {choice.code for choice in choices} == {"1.000111", "1.000222"}


ASKED = Asked(load_procedures())


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("nộp hôm nay bao giờ có", FRIDAY),
        ("nop hom nay bao gio co", FRIDAY),
        ("ngày mai nộp thì sao", date(2026, 11, 21)),
        ("nộp ngày 25/11 thì khi nào có", date(2026, 11, 25)),
        ("nộp ngày 5/1 thì khi nào có", date(2027, 1, 5)),
        ("nộp ngày 05-01-2028", date(2028, 1, 5)),
        ("nộp ngày 31/2 thì khi nào có", None),
        ("làm mất mấy ngày", None),
    ],
)
def test_the_day_of_handing_in_is_read(question: str, day: date | None) -> None:
    assert ASKED.handed_in(question, FRIDAY) == day


@pytest.fixture(scope="module")
def shipped(bundled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    """The assistant over what ships."""
    application = Application.open(copied(bundled_home, tmp_path_factory.mktemp("own") / "home"))
    yield application
    application.close()


def test_text_that_is_added_takes_the_place_of_the_sheet_of_facts(
    bundled_home: Path, tmp_path: Path
) -> None:
    application = Application.open(copied(bundled_home, tmp_path / "own"))
    try:
        ask = Message("test:1", "thủ tục 3.000348 mất bao lâu", FRIDAY)
        before = application.reply_afresh(ask)
        assert before.quotes[0].summary
        assert fact(before)["summary"] is True
        file = tmp_path / "thu-tuc.json"
        own = record("Trực tiếp8 Ngày làm việcMiễn phí", ma_thu_tuc="3.000348")
        file.write_text(json.dumps(own), encoding="utf-8")
        assert len(application.add([file]).added) == 1
        after = application.reply_afresh(ask)
        assert not after.quotes[0].summary
        assert "8 ngày làm việc" in after.text
        chosen = Message("test:1", "/thutuc 3.000348 mất bao lâu", FRIDAY)
        codes = [p.code for p in look_up(application.tools(), "")]
        assert codes.count("3.000348") == 1
        assert "8 ngày làm việc" in application.reply_afresh(chosen).text
    finally:
        application.close()


def asked(application: Application, *texts: str) -> Reply:
    """Return the last reply of a conversation."""
    for text in texts:
        reply = application.reply(Message(f"test:{texts[0]}", text, FRIDAY))
    return reply


def test_sheets_are_no_documents_of_the_home(shipped: Application) -> None:
    assert all(entry.metadata.code is None for entry in shipped.entries())
    said = asked(shipped, "/vanban").text
    assert shipped.texts.documents.national in said
    assert f"{len(shipped.entries())} văn bản" in said


def test_a_free_question_on_a_procedure_is_answered_by_its_sheet(shipped: Application) -> None:
    reply = asked(shipped, "dang ky tam tru nop hom nay bao gio co")
    assert "nộp hôm nay" in reply.understood
    assert reply.status is Status.ANSWERED
    assert reply.quotes[0].summary
    assert reply.quotes[0].text in shipped.tools().searcher.document(reply.quotes[0].document).text


def test_what_the_home_knows_goes_before_the_sheets(shipped: Application) -> None:
    reply = asked(shipped, "SIPAS đo cái gì?")
    assert reply.status is Status.ANSWERED
    assert all(row.get("kind") != "procedure" for row in reply.facts)


def test_a_question_that_asks_no_procedure_never_sees_a_sheet(shipped: Application) -> None:
    assert asked(shipped, "cá sấu ở sở thú ăn gì").status is not Status.ANSWERED


def test_the_plain_procedure_goes_before_a_special_case_that_holds_the_words_of_the_question(
    shipped: Application,
) -> None:
    reply = asked(shipped, "lam giay khai sinh cho con can giay to gi")
    assert fact(reply)["code"] == "1.001193"


def test_where_none_is_sure_the_nearest_sheets_are_offered_and_one_can_be_chosen(
    shipped: Application,
) -> None:
    reply = asked(shipped, "đổi bằng lái xe hết hạn")
    assert reply.status is Status.NO_ANSWER
    assert "3.000347" in reply.choices[0].label
    chosen = asked(shipped, "đổi bằng lái xe hết hạn", "1")
    assert fact(chosen)["code"] == "3.000347"
    assert "5 ngày làm việc" in chosen.text


def test_a_conversation_on_a_sheet_goes_on(shipped: Application) -> None:
    def say(text: str) -> Reply:
        return shipped.reply(Message("test:goes-on", text, FRIDAY))

    actions = shipped.texts.actions
    assert fact(say("thủ tục 3.000348 mất bao lâu"))["code"] == "3.000348"
    assert fact(say("hết bao nhiêu tiền"))["code"] == "3.000348"
    assert say(actions.right).text == actions.thanks
    assert say(actions.related).choices
    assert fact(say("1"))["code"] == "3.000348"


def test_a_service_that_only_a_sheet_tells_of_can_be_asked_about_later(
    shipped: Application,
) -> None:
    later = shipped.texts.actions.later
    said = [
        shipped.reply(Message("telegram:7", text, FRIDAY))
        for text in ("thủ tục 3.000348 mất bao lâu", later)
    ]
    assert later in [action.word for action in said[0].actions]
    assert said[1].text == shipped.texts.actions.asked_later


def test_the_fields_of_the_sheets_can_be_browsed(shipped: Application) -> None:
    fields = asked(shipped, "/thutuc")
    assert fields.choices
    listed = asked(shipped, "/thutuc", "1")
    taken = asked(shipped, "/thutuc", "1", "1")
    assert taken.status is Status.ANSWERED
    assert taken.quotes[0].summary
    assert [fact["code"] for fact in taken.facts] == [listed.choices[0].code]


def test_procedures_are_listed_with_the_sheets(shipped: Application) -> None:
    assert [p.code for p in look_up(shipped.tools(), "3.000348")] == ["3.000348"]
    assert len(look_up(shipped.tools(), "")) > 2_600
    assert shipped.standing_of("3.000348", FRIDAY)["validity"]


@pytest.mark.parametrize(
    ("question", "code"),
    [("đăng ký khai sinh", "1.001193"), ("lam lai bang lai", "3.000348")],
)
def test_a_mere_name_gets_an_overview(shipped: Application, question: str, code: str) -> None:
    reply = asked(shipped, question)
    assert reply.status is Status.ANSWERED
    assert fact(reply)["code"] == code
    assert "Thời hạn" in reply.text
    assert "Phí, lệ phí" in reply.text


def test_a_name_of_several_procedures_is_asked_back_in_a_few_words(shipped: Application) -> None:
    reply = asked(shipped, "giấy phép xây dựng nhà")
    assert reply.status is Status.CLARIFY
    assert 2 <= len(reply.choices) <= 5
    assert all(len(choice.label) <= 60 for choice in reply.choices)
    taken = asked(shipped, "giấy phép xây dựng nhà", "1")
    assert fact(taken)["code"] == reply.choices[0].code


@pytest.mark.parametrize(
    ("text", "stated", "missing"),
    [
        ("còn phí?", "Phí, lệ phí", "Thời hạn:"),
        ("nộp online thì sao", "(trực tuyến)", "(trực tuyến, trực tiếp)"),
        ("nếu nộp hôm nay thì bao giờ có", "trả kết quả chậm nhất ngày", "Phí, lệ phí:"),
        ("ở đâu", "Cấp giải quyết", "Phí, lệ phí:"),
    ],
)
def test_a_word_or_two_ask_on_about_the_same(
    shipped: Application, text: str, stated: str, missing: str
) -> None:
    reply = asked(shipped, "thủ tục 3.000348 mất bao lâu, hết bao nhiêu tiền", text)
    assert fact(reply)["code"] == "3.000348"
    assert stated in reply.text
    assert missing not in reply.text


class NeededByNobody:
    """The sheets of a home that holds every procedure itself."""

    is_needed = False

    def tools(self, tools: Tools) -> Tools:
        raise AssertionError("sheets are opened that nobody needs")


def test_sheets_that_nobody_needs_are_not_opened(shipped: Application) -> None:
    tools = replace(shipped.tools(), national=cast(National, NeededByNobody()))
    assert tools.sheets() is None
    assert look_up(tools, "đăng ký tạm trú") == []

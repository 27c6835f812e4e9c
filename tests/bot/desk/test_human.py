"""Asking for a human: who that is, when they are there, and what happens outside the hours."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.assistant import Assistant
from bot.message import Status
from config.dialogue import load_dialogue
from config.errors import ConfigError
from config.office import Office, load_office
from config.procedures import load_procedures
from config.texts import load_texts
from tests.bot.desk.conftest import OpenOffice, replace_assistant
from tests.bot.town import Town

TEXTS = load_texts()
HOURS = """
[hours]
monday = "07:30-11:30, 13:30-17:00"
tuesday = "07:30-11:30, 13:30-17:00"
wednesday = "07:30-11:30"
closed = ["2026-05-05"]
"""


def opened(town: Town, office: Office) -> OpenOffice:
    assistant = Assistant(town.words, load_dialogue(), TEXTS, office, load_procedures())
    return OpenOffice(replace_assistant(town, assistant), Database(memory=True), office)


def with_hours(folder: Path, text: str = HOURS) -> Office:
    (folder / "office.toml").write_text(text, encoding="utf-8")
    return replace(load_office(folder), name="Trung tâm Một cửa", phone="0200 123 4567")


WAYS = ["/canbo", "gặp cán bộ", "cho tôi gặp cán bộ với ạ", "toi muon noi chuyen voi nguoi that"]


@pytest.mark.parametrize("said", WAYS)
def test_who_asks_for_a_human_is_told_whom(office: OpenOffice, said: str) -> None:
    reply = office.says("telegram:1", said)
    assert "Trung tâm Một cửa" in reply.text
    assert "0200 123 4567" in reply.text


@pytest.mark.parametrize("said", WAYS)
def test_an_office_that_is_not_configured_is_not_made_up(town: Town, said: str) -> None:
    reply = opened(town, load_office()).says("telegram:1", said)
    assert reply.text == TEXTS.human.not_configured


@pytest.mark.parametrize(
    "said", ["Gặp cán bộ tiếp dân cần giấy tờ gì?", "cán bộ nào phụ trách đăng ký nuôi ong"]
)
def test_a_question_about_officials_is_a_question(office: OpenOffice, said: str) -> None:
    assert "Trung tâm Một cửa" not in office.says("telegram:1", said).text


def test_without_officials_nothing_is_promised(office: OpenOffice) -> None:
    reply = office.says("telegram:1", "Sao Hỏa cách Trái Đất bao xa?")
    assert reply.actions == ()
    assert TEXTS.human.sent not in office.says("telegram:1", "gửi cán bộ").text
    assert TEXTS.human.sent not in office.says("telegram:1", "/canbo xin hỏi việc này").text


def test_the_last_question_is_offered_to_be_sent(office: OpenOffice) -> None:
    office.hire("telegram:10")
    office.says("telegram:1", "Sao Hỏa cách Trái Đất bao xa?")
    reply = office.says("telegram:1", "gặp cán bộ")
    sent = office.presses("telegram:1", "Sao Hỏa", reply)
    assert TEXTS.human.sent in sent.text
    assert office.desk.queue.of("telegram:1") == ["Sao Hỏa cách Trái Đất bao xa?"]
    assert office.desk.queue.of("telegram:2") == []
    assert TEXTS.human.how in office.says("telegram:2", "gặp cán bộ").text


def test_personal_data_is_not_kept_in_the_queue(office: OpenOffice) -> None:
    office.hire("telegram:10")
    office.says("telegram:1", "/canbo số của tôi là 0912345678, khi nào có kết quả")
    assert "0912345678" not in "\n".join(office.db.conn.iterdump())


def test_hours_are_told_day_by_day(town: Town, tmp_path: Path) -> None:
    reply = opened(town, with_hours(tmp_path)).says("telegram:1", "/canbo")
    assert "thứ hai–thứ ba 07:30–11:30, 13:30–17:00; thứ tư 07:30–11:30" in reply.text


REACHING = [
    "giờ làm việc của ubnd phường",
    "gio lam viec cua co quan minh the nao a",
    "cho em hỏi ủy ban mấy giờ mở cửa ạ",
    "thứ bảy có làm việc không",
    "mấy giờ ủy ban mở cửa ạ",
    "thu 7 ubnd co lam viec ko",
    "ubnd xã làm việc đến mấy giờ",
    "số điện thoại của trung tâm phục vụ hành chính công",
    "địa chỉ bộ phận một cửa ở đâu",
]


@pytest.mark.parametrize("said", REACHING)
def test_who_asks_when_the_office_is_open_is_told(town: Town, tmp_path: Path, said: str) -> None:
    reply = opened(town, with_hours(tmp_path)).says("telegram:1", said)
    assert "thứ hai–thứ ba 07:30–11:30, 13:30–17:00" in reply.text
    assert "0200 123 4567" in reply.text


@pytest.mark.parametrize("said", ["/canbo", "giờ làm việc", "cho em hỏi giờ làm việc ạ"])
def test_hours_are_told_of_an_office_without_a_name(town: Town, tmp_path: Path, said: str) -> None:
    office = replace(with_hours(tmp_path), name="", phone="")
    assert "thứ hai–thứ ba 07:30–11:30" in opened(town, office).says("telegram:1", said).text


@pytest.mark.parametrize("said", REACHING)
def test_hours_that_are_not_configured_are_not_made_up(town: Town, said: str) -> None:
    assert opened(town, load_office()).says("telegram:1", said).text == TEXTS.human.not_configured


@pytest.mark.parametrize(
    "said",
    [
        "giờ làm việc của ubnd phường Hải Châu",
        "làm hộ chiếu thứ bảy có làm việc không",
        "thay đổi địa chỉ doanh nghiệp",
        "tôi muốn xin làm việc ở ủy ban",
        "cấp phép mở cửa hàng",
        "đăng ký nuôi ong ở đâu",
        "ở đâu",
        "địa chỉ",
        "số điện thoại",
    ],
)
def test_what_is_asked_of_another_office_or_matter_is_a_question(
    town: Town, tmp_path: Path, said: str
) -> None:
    reply = opened(town, with_hours(tmp_path)).says("telegram:1", said)
    assert "0200 123 4567" not in reply.text


@pytest.mark.parametrize(
    ("hours_later", "waits"),
    [
        (0, None),  # Monday 9:00
        (3, "13:30 ngày 4/5"),  # noon
        (9, "07:30 ngày 6/5"),  # Monday evening; Tuesday is closed
        (72, "07:30 ngày 11/5"),  # Thursday
    ],
)
def test_outside_the_hours_the_question_waits(
    town: Town, tmp_path: Path, hours_later: int, waits: str | None
) -> None:
    office = opened(town, with_hours(tmp_path))
    office.hire("telegram:10")
    office.wait(hours=hours_later)
    reply = office.says("telegram:1", "/canbo bao giờ có kết quả?")
    told = [to for to, _ in office.mail()]
    if waits is None:
        assert told == ["telegram:10"]
    else:
        assert TEXTS.human.waits.format(time=waits) in reply.text
        assert told == []
        office.wait(days=7)
        assert [to for to, _ in office.mail()] == ["telegram:10"]


def test_asking_for_a_human_without_being_kept_leaves_no_trace(office: OpenOffice) -> None:
    from datetime import date

    from bot.message import Message

    office.hire("telegram:10")
    afresh = replace(office.tools, desk=None)
    message = Message("api:1", "/canbo hỏi giúp tôi", date(2026, 5, 4))
    reply = office.town.assistant.reply(message, afresh)
    assert reply.status is Status.ANSWERED
    assert "0200 123 4567" in reply.text
    assert office.desk.queue.of("api:1") == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('[hours]\nmonday = "7h30-11h30"', "hours.monday"),
        ('[hours]\nmonday = "11:30-07:30"', "hours.monday"),
        ('[hours]\nmonday = "07:30-25:00"', "hours.monday"),
        ('[hours]\nmonday = "13:30-17:00, 07:30-11:30"', "hours.monday"),
        ("[hours]\nmonday = 8", "hours.monday"),
        ('[hours]\nclosed = ["2/9"]', "hours.closed"),
        ('[hours]\nclosed = "2026-09-02"', "hours.closed"),
        ('[hours]\nmondy = ""', "hours.mondy"),
        ("[office]\nname = 3", "office.name"),
        ("[queue]\nkeep_days = 0", "queue.keep_days"),
        ("[notices]\nper_second = true", "notices.per_second"),
        ("[human]\nmeet = []", "human.meet"),
        ('[canteen]\nfood = "phở"', "canteen"),
    ],
)
def test_mistakes_in_the_file_are_named(tmp_path: Path, text: str, key: str) -> None:
    (tmp_path / "office.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_office(tmp_path)
    assert caught.value.file == "office.toml"
    assert caught.value.key == key

"""Conversations about ratings on every channel, by buttons and by numbers."""

from __future__ import annotations

from datetime import date

import pytest

from bot.message import Message, Reply, Status
from bot.ratings.dialogue import RatingDialogue
from bot.ratings.talk import PICK, TURN, WHERE
from tests.bot.ratings.conftest import Office, Person, said

CHANNELS = ("telegram:1", "web:1", "zalo_oa:1", "zalo_bot:1", "terminal:1")


def asked(person: Person) -> Reply:
    """Begin to rate the land register of the first office."""
    return said(person.says("/danhgia đất đai một"))


@pytest.mark.parametrize("user", CHANNELS)
def test_one_tap_stores_praise_and_two_taps_store_criticism(office: Office, user: str) -> None:
    person = office.person(user)
    person.takes("Hài lòng", asked(person))
    assert office.ratings() == [("dat", user.split(":")[0], 4)]
    other = office.person(user + "2")
    reply = other.takes("Không hài lòng", asked(other))
    assert len(office.ratings()) == 2, "the level is stored before the reason is asked"
    thanks = other.takes("Thái độ phục vụ", reply)
    assert "Không hài lòng; Thái độ phục vụ" in thanks.text
    (reason,) = office.desk.db.execute("SELECT value FROM rating_answers").fetchall()
    assert reason == ("thai-do",)


@pytest.mark.parametrize("typed", ["hai long", "4 sao", "👍", "tốt ạ"])
def test_an_answer_may_be_typed(office: Office, typed: str) -> None:
    person = office.person("zalo_bot:1")
    asked(person)
    assert "Hài lòng" in said(person.says(typed)).text
    assert office.ratings() == [("dat", "zalo_bot", 4)]


@pytest.mark.parametrize("typed", ["6", "-1", "1 2", "4,5", "9/10", "tốt nhưng chậm", "❤️"])
def test_an_unclear_answer_is_asked_again_once_and_never_guessed(
    office: Office, typed: str
) -> None:
    person = office.person()
    first = asked(person)
    again = said(person.says(typed))
    assert again.choices == first.choices
    assert office.desk.texts.unclear in again.text
    second = said(person.says(typed))
    assert "chưa ghi gì" in second.text
    assert not second.choices, "asked again once, not twice"
    assert office.ratings() == []
    assert "Đã ghi: Hài lòng" in said(person.says("4")).text, "a number still answers"


def test_what_is_not_clear_three_times_belongs_to_the_others(office: Office) -> None:
    person = office.person()
    asked(person)
    for _ in range(2):
        assert person.says("6") is not None
    assert person.says("6") is None
    assert person.says("4") is None


@pytest.mark.parametrize("typed", ["ok", "hộ chiếu"])
def test_a_word_or_two_that_are_no_answer_are_held_up_once_only(office: Office, typed: str) -> None:
    person = office.person()
    asked(person)
    assert office.desk.texts.unclear in said(person.says(typed)).text
    assert person.says(typed) is None
    assert office.ratings() == []


def test_other_talk_goes_to_the_others_and_numbers_after_it_too(office: Office) -> None:
    person = office.person()
    reply = asked(person)
    assert person.says("làm lại căn cước mất bao lâu?") is None
    assert person.says("2") is None, "it may be a choice of the answer to that question"
    assert office.ratings() == []
    person.presses("Hài lòng", reply)
    assert office.ratings() == [("dat", "telegram", 4)], "a button says what it belongs to"


def test_a_survey_goes_on_where_it_stopped_also_in_another_process(office: Office) -> None:
    person = office.person()
    person.takes("Bình thường", asked(person))
    person.says("cấp hộ chiếu ở đâu?")
    later = office.person(desk=office.open())
    reply = said(later.says("/danhgia"))
    assert reply.choices[0].label == "Thời gian giải quyết"
    later.takes("Việc hướng dẫn", reply)
    assert "Bình thường; Việc hướng dẫn" in later.kept()
    assert len(office.ratings()) == 1


def test_a_half_answered_survey_counts_for_what_it_holds(office: Office) -> None:
    person = office.person()
    person.takes("Rất không hài lòng", asked(person))
    assert office.ratings() == [("dat", "telegram", 1)]


def test_a_reason_can_be_skipped(office: Office) -> None:
    person = office.person()
    reply = person.takes("Bình thường", asked(person))
    assert "Bình thường" in said(person.says("bo qua")).text
    assert reply.actions[0].word == "bỏ qua"
    assert office.desk.db.execute("SELECT count(*) FROM rating_answers").fetchone() == (0,)


def test_an_answer_can_be_changed_by_the_old_button_or_by_word_for_a_day(office: Office) -> None:
    person = office.person()
    first = asked(person)
    person.presses("Rất không hài lòng", first)
    person.presses("Hài lòng", first)
    assert office.ratings() == [("dat", "telegram", 4)]
    person.says("sửa phiếu")
    person.says("5")
    assert office.ratings() == [("dat", "telegram", 5)]
    office.wait(hours=25)
    reply = said(person.presses("Không hài lòng", first))
    assert reply.text == office.desk.texts.gone
    assert office.ratings() == [("dat", "telegram", 5)]


def test_a_rating_can_be_taken_back_with_all_that_hangs_on_it(office: Office) -> None:
    person = office.person()
    reply = person.takes("Không hài lòng", asked(person))
    person.takes("Thái độ phục vụ", reply)
    person.says("góp ý")
    person.says("chờ lâu")
    assert said(person.says("rút phiếu")).text == office.desk.texts.taken_back
    for table in ("ratings", "rating_answers", "rating_comments", "rating_once"):
        assert office.desk.db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
    person.takes("Hài lòng", asked(person))
    assert len(office.ratings()) == 1, "it may be rated anew"


def test_a_comment_is_stored_without_personal_data_and_apart_from_the_person(
    office: Office,
) -> None:
    person = office.person()
    person.takes("Hài lòng", asked(person))
    person.says("góp ý")
    text = (
        "Gọi 0912 345 678 hay số 001099012345 ở Quảng Nam, chị Trần Thị Lan làm ăn như hạch. =1+1"
    )
    reply = said(person.says(text))
    assert office.desk.texts.comment_masked in reply.text
    (kept,) = office.desk.db.execute("SELECT text FROM rating_comments").fetchone()
    assert "Lan" not in kept
    assert "0912" not in kept
    assert "001099012345" not in kept
    assert "Quảng Nam" in kept
    assert "ăn như hạch" in kept
    assert kept in person.kept()


def test_a_comment_of_ten_thousand_characters_is_cut(office: Office) -> None:
    person = office.person()
    person.takes("Hài lòng", asked(person))
    person.says("góp ý")
    reply = said(person.says("rất dài " * 1250))
    assert "2.000" in reply.text
    (kept,) = office.desk.db.execute("SELECT length(text) FROM rating_comments").fetchone()
    assert kept <= 2000


def test_what_is_typed_long_after_the_comment_was_asked_for_is_none(office: Office) -> None:
    person = office.person()
    person.takes("Hài lòng", asked(person))
    person.says("góp ý")
    office.wait(hours=1)
    assert person.says("làm căn cước mất bao lâu") is None
    assert office.desk.db.execute("SELECT count(*) FROM rating_comments").fetchone() == (0,)


def test_a_comment_can_be_left(office: Office) -> None:
    person = office.person()
    person.takes("Hài lòng", asked(person))
    person.says("góp ý")
    assert said(person.says("bỏ qua")).text == office.desk.texts.not_written
    assert person.says("xin chào") is None


def test_after_a_day_nothing_leads_from_a_person_to_a_rating(office: Office) -> None:
    person = office.person("telegram:4711")
    person.takes("Không hài lòng", asked(person))
    office.wait(hours=24, seconds=1)
    assert person.kept() == office.desk.texts.nothing_kept.format(hours=24)
    office.desk.purge()
    desk = office.desk
    hashed = desk.sessions.person("telegram:4711")
    names = [name for (name,) in desk.db.execute("SELECT name FROM sqlite_master WHERE rootpage")]
    for table in [name for name in names if desk.db[name].columns]:
        for row in desk.db.execute(f"SELECT * FROM {table}").fetchall():
            assert hashed not in row
            assert not any("4711" in str(cell) for cell in row)
    assert len(office.ratings()) == 1


def test_erasing_takes_the_rating_of_today_along(office: Office) -> None:
    person = office.person()
    person.takes("Không hài lòng", asked(person))
    office.desk.forget(person.user)
    assert office.ratings() == []
    assert "Không có phiếu" in person.kept()


def test_one_rating_a_person_counter_and_day(office: Office) -> None:
    person = office.person()
    person.takes("Hài lòng", asked(person))
    assert "Đã ghi: Hài lòng" in asked(person).text, "the same one is shown again"
    office.wait(days=1, hours=1)
    person.takes("Bình thường", asked(person))
    assert [score for *_, score in office.ratings()] == [3, 4]


def test_what_to_rate_is_offered_and_taken_by_number_or_button(office: Office) -> None:
    person = office.person("zalo_oa:1")
    reply = said(person.says("/danhgia"))
    assert len(reply.choices) == 4
    assert "Trung tâm phường Hai" in reply.text
    question = person.takes("Đăng ký khai sinh (Trung tâm phường Hai)", reply)
    person.takes("Rất hài lòng", question)
    assert office.ratings() == [("khaisinh", "zalo_oa", 5)]
    narrowed = said(person.says("/danhgia dat dai"))
    assert len(narrowed.choices) == 2
    assert said(person.says("/danhgia đất đai hai")).choices[0].label == "Rất không hài lòng"
    unknown = said(person.says("/danhgia xin phép bay lên trời"))
    assert office.desk.texts.unknown_subject in unknown.text


def test_buttons_of_others_and_made_up_ones_do_nothing(office: Office) -> None:
    person, thief = office.person("telegram:1"), office.person("telegram:2")
    reply = asked(person)
    assert said(thief.presses("Rất không hài lòng", reply)).status is Status.REFUSED
    dialogue = RatingDialogue(office.desk)
    for turn in ("r.", "r.zz.0", f"{reply.turn}9", f"{reply.turn}.x", "r.pick", "r.☃.-1"):
        for text in ("5", "", "x" * 99, "góp ý"):
            dialogue.reply(Message("telegram:3", text, date(2026, 5, 4), turn=turn))
    assert office.ratings() == []
    assert dialogue.reply(Message("telegram:1", "5", date(2026, 5, 4), turn="1f3a9c02")) is None


def test_pictures_and_stickers_are_left_to_the_others(office: Office) -> None:
    person = office.person()
    asked(person)
    sticker = Message(person.user, "", date(2026, 5, 4), sent="sticker")
    assert RatingDialogue(office.desk).reply(sticker) is None
    assert "Hài lòng" in said(person.says("4")).text


def test_the_survey_of_several_factors_runs_to_its_end(office: Office) -> None:
    written = (office.home / "config" / "ratings.toml").read_text(encoding="utf-8")
    written += '\n[[service]]\nid = "sipas"\nname = "Thử SIPAS"\nfield = "Chung"\n'
    (office.home / "config" / "ratings.toml").write_text(written, encoding="utf-8")
    person = office.person("terminal:1", office.open())
    reply = said(person.says("/danhgia thử SIPAS một"))
    for typed in ("4", "5", "bình thường", "rất hài lòng", "2", "không"):
        reply = said(person.says(typed))
    assert "Cảm ơn" in reply.text
    assert "Công chức: rất hài lòng" in reply.text
    counted = office.desk.db.execute("SELECT count(*) FROM rating_answers").fetchone()
    assert counted == (5,)


@pytest.mark.parametrize("turn", [f"{TURN}.{WHERE}.dat", PICK])
def test_a_number_that_nobody_can_read_was_not_offered(office: Office, turn: str) -> None:
    message = Message("web:1", "9" * 5000, date(2026, 5, 4), turn=turn)
    assert said(RatingDialogue(office.desk).reply(message)).text == office.desk.texts.gone

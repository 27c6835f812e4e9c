"""A question goes to the officials and its answer comes back, in the words of both sides."""

from __future__ import annotations

import pytest

from bot.message import Status
from bot.roles import Role
from config.texts import load_texts
from tests.bot.desk.conftest import OpenOffice

TEXTS = load_texts()
MARS = "Sao Hỏa cách Trái Đất bao xa?"
CITIZEN, OTHER, OFFICIAL, SECOND = "telegram:1", "telegram:2", "telegram:10", "telegram:11"
ANSWER = "Khoảng 225 triệu km.\n1. Gọi 0200 123 4567 để hỏi thêm."


def asked(office: OpenOffice, user: str = CITIZEN, question: str = MARS) -> None:
    """Ask what nobody knows, and send it to the officials."""
    reply = office.says(user, question)
    assert reply.status is Status.NO_ANSWER
    sent = office.presses(user, TEXTS.human.action_label, reply)
    assert TEXTS.human.sent in sent.text


def taken(office: OpenOffice, user: str = OFFICIAL) -> None:
    reply = office.presses(user, "Sao Hỏa", office.says(user, "/hangcho"))
    assert TEXTS.desk.write in reply.text


def test_an_answer_comes_back_to_who_asked(office: OpenOffice) -> None:
    office.hire(OFFICIAL)
    asked(office)
    taken(office)
    preview = office.says(OFFICIAL, ANSWER)
    assert ANSWER in preview.text
    assert MARS in preview.text
    done = office.presses(OFFICIAL, TEXTS.desk.send, preview)
    assert done.text == TEXTS.desk.answered.format(count=1)
    (to, text) = next(letter for letter in office.mail() if letter[0] == CITIZEN)
    assert to == CITIZEN
    assert ANSWER in text
    assert MARS in text
    assert "Lê Thị An" in text
    assert office.says(OFFICIAL, "/hangcho").text == TEXTS.desk.empty
    assert office.mail() == []


def test_nothing_of_the_person_is_left_after_the_answer(office: OpenOffice) -> None:
    office.hire(OFFICIAL)
    asked(office, "telegram:987654321")
    assert "telegram:987654321" in dump(office)
    taken(office)
    office.presses(OFFICIAL, TEXTS.desk.send, office.says(OFFICIAL, ANSWER))
    office.mail()
    assert "987654321" not in dump(office)


def dump(office: OpenOffice) -> str:
    return "\n".join(office.db.conn.iterdump())


def test_who_did_not_send_it_gets_the_answer_when_they_come_back(office: OpenOffice) -> None:
    office.hire(OFFICIAL)
    office.says("zalo:987654321", MARS)
    assert "987654321" not in dump(office)
    taken(office)
    office.presses(OFFICIAL, TEXTS.desk.send, office.says(OFFICIAL, ANSWER))
    assert [to for to, _ in office.mail()] == []
    office.wait(days=2)
    reply = office.says("zalo:987654321", "PCI Quảng Nam 2023 hạng mấy")
    assert ANSWER in reply.text
    assert "PCI thuộc nhóm 6" in reply.text
    assert ANSWER not in office.says("zalo:1", "xin chào").text
    office.wait(minutes=1)
    assert ANSWER not in office.says("zalo:987654321", "xin chào").text


def test_a_message_delivered_twice_brings_the_answer_twice(office: OpenOffice) -> None:
    """The process may have been killed before the first reply was sent."""
    office.hire(OFFICIAL)
    office.says(CITIZEN, MARS)
    taken(office)
    office.presses(OFFICIAL, TEXTS.desk.send, office.says(OFFICIAL, ANSWER))
    assert ANSWER in office.says(CITIZEN, "xin chào").text
    office.wait(seconds=20)
    assert ANSWER in office.says(CITIZEN, "xin chào").text
    assert ANSWER not in office.says(CITIZEN, "cảm ơn").text
    assert ANSWER not in office.says(CITIZEN, "xin chào").text


def test_an_unreachable_person_gets_the_answer_when_they_write(office: OpenOffice) -> None:
    office.hire(OFFICIAL)
    asked(office)
    office.mail()
    taken(office)
    office.presses(OFFICIAL, TEXTS.desk.send, office.says(OFFICIAL, ANSWER))
    parcel = office.desk.letters.take()
    assert parcel is not None
    office.desk.letters.unreachable(parcel)
    assert office.desk.letters.take() is None
    assert ANSWER in office.says(CITIZEN, "xin chào").text


def test_a_letter_that_failed_is_tried_again_and_one_cut_off_waits(office: OpenOffice) -> None:
    office.hire(OFFICIAL)
    asked(office)
    office.mail()
    taken(office)
    office.presses(OFFICIAL, TEXTS.desk.send, office.says(OFFICIAL, ANSWER))
    parcel = office.desk.letters.take()
    assert parcel is not None
    office.desk.letters.failed(parcel)
    assert office.desk.letters.take() is None
    office.wait(minutes=11)
    again = office.desk.letters.take()
    assert again == parcel
    office.wait(minutes=11)  # killed in between: not sent again, but not lost either
    assert office.desk.letters.take() is None
    assert ANSWER in office.says(CITIZEN, "xin chào").text


def test_questions_alike_are_one_group_and_most_asked_stand_first(office: OpenOffice) -> None:
    office.hire(OFFICIAL)
    office.says(CITIZEN, "Mặt Trăng nặng bao nhiêu tấn?")
    for user, question in enumerate((MARS, "sao hoa cach trai dat bao xa", MARS.lower())):
        office.says(f"web:{user}", question)
    office.says(CITIZEN, "Kim tự tháp cao mấy mét?")
    listed = office.says(OFFICIAL, "/hangcho")
    assert len(listed.choices) == 3
    assert "(3)" in listed.choices[0].label
    assert "Sao Hỏa" in listed.choices[0].label
    assert "Kim tự tháp" in listed.choices[1].label


def test_the_same_question_of_one_person_counts_once(office: OpenOffice) -> None:
    office.hire(OFFICIAL)
    for _ in range(3):
        office.says(CITIZEN, MARS)
    assert "(1)" in office.says(OFFICIAL, "/hangcho").choices[0].label


def test_what_was_marked_wrong_waits_too(office: OpenOffice) -> None:
    office.hire(OFFICIAL)
    office.says(CITIZEN, "PCI Quảng Nam 2023 hạng mấy")
    office.says(CITIZEN, "sai")
    (choice,) = office.says(OFFICIAL, "/hangcho").choices
    assert TEXTS.desk.wrong in choice.label


def test_a_question_that_was_taken_is_locked_for_a_while(office: OpenOffice) -> None:
    office.hire(OFFICIAL)
    office.hire(SECOND, name="Trần Văn Bình")
    asked(office)
    taken(office)
    listed = office.says(SECOND, "/hangcho")
    assert office.presses(SECOND, "Sao Hỏa", listed).text == TEXTS.desk.taken
    preview = office.says(OFFICIAL, ANSWER)
    office.wait(minutes=31)
    taken(office, SECOND)
    assert office.presses(OFFICIAL, TEXTS.desk.send, preview).text == TEXTS.desk.lost
    done = office.presses(SECOND, TEXTS.desk.send, office.says(SECOND, "Xa lắm."))
    assert done.text == TEXTS.desk.answered.format(count=1)
    letters = [text for to, text in office.mail() if to == CITIZEN]
    assert len(letters) == 1
    assert "Xa lắm." in letters[0]


def test_what_comes_while_an_official_writes_waits_on(office: OpenOffice) -> None:
    office.hire(OFFICIAL)
    asked(office)
    taken(office)
    preview = office.says(OFFICIAL, ANSWER)
    asked(office, OTHER)
    office.says(OFFICIAL, "/hangcho")
    office.presses(OFFICIAL, TEXTS.desk.send, preview)
    assert OTHER not in [to for to, _ in office.mail()]
    assert "(1)" in office.says(OFFICIAL, "/hangcho").choices[0].label


@pytest.mark.parametrize("way", ["back", "dismiss", "cancel"])
def test_an_official_can_leave_a_question(office: OpenOffice, way: str) -> None:
    office.hire(OFFICIAL)
    asked(office)
    listed = office.says(OFFICIAL, "/hangcho")
    reply = office.presses(OFFICIAL, "Sao Hỏa", listed)
    if way == "back":
        office.presses(OFFICIAL, TEXTS.desk.back, reply)
    elif way == "dismiss":
        office.presses(OFFICIAL, TEXTS.desk.dismiss, reply)
    else:
        assert office.says(OFFICIAL, "/huy").text == TEXTS.desk.cancelled
    left = office.says(OFFICIAL, "/hangcho").choices
    assert len(left) == (0 if way == "dismiss" else 1)
    assert all("đã có người nhận" not in choice.label for choice in left)
    # The next message is a question again.
    assert office.says(OFFICIAL, "PCI Quảng Nam 2023 hạng mấy").status is Status.ANSWERED


def test_the_answer_can_be_written_anew(office: OpenOffice) -> None:
    office.hire(OFFICIAL)
    asked(office)
    taken(office)
    first = office.says(OFFICIAL, "Nhầm")
    office.presses(OFFICIAL, TEXTS.desk.rewrite, first)
    second = office.says(OFFICIAL, ANSWER)
    office.presses(OFFICIAL, TEXTS.desk.send, second)
    (text,) = [text for to, text in office.mail() if to == CITIZEN]
    assert ANSWER in text
    assert "Nhầm" not in text


def test_an_answer_that_is_too_long_is_not_taken(office: OpenOffice) -> None:
    office.hire(OFFICIAL)
    asked(office)
    taken(office)
    assert office.says(OFFICIAL, "a" * 2001).text == TEXTS.desk.too_long
    assert ANSWER in office.says(OFFICIAL, ANSWER).text


COMMANDS = ["/hangcho", "/hangcho nhan 1", "/hangcho gui", "/hangcho vanban x", "/hangcho bo"]


@pytest.mark.parametrize("command", [*COMMANDS, "/thutim gì", "/thongbao soan", "/thongbao gui"])
def test_a_citizen_can_do_nothing_of_an_official(office: OpenOffice, command: str) -> None:
    office.hire(OFFICIAL)
    asked(office)
    assert office.says(CITIZEN, command).text == TEXTS.roles.refused


@pytest.mark.parametrize("command", ["/thutim gì", "/thongbao soan"])
def test_an_official_is_neither_keeper_nor_administrator(office: OpenOffice, command: str) -> None:
    office.hire(OFFICIAL)
    assert office.says(OFFICIAL, command).text == TEXTS.roles.refused


def test_a_withdrawn_official_can_send_nothing_more(office: OpenOffice) -> None:
    office.hire(OFFICIAL)
    asked(office)
    taken(office)
    preview = office.says(OFFICIAL, ANSWER)
    (holder,) = office.desk.roles.holders()
    office.desk.roles.withdraw(holder.id)
    assert office.presses(OFFICIAL, TEXTS.desk.send, preview).text == TEXTS.roles.refused
    office.mail()
    assert office.desk.letters.take() is None


@pytest.mark.parametrize("text", ["/hangcho nhan", "/hangcho nhan ²", "/hangcho nhan 99999999"])
def test_bad_numbers_are_no_groups(office: OpenOffice, text: str) -> None:
    office.hire(OFFICIAL)
    assert office.says(OFFICIAL, text).text == TEXTS.desk.gone


def test_officials_are_told_once_in_a_while(office: OpenOffice) -> None:
    office.hire(OFFICIAL)
    asked(office)
    asked(office, OTHER, "Mặt Trăng nặng bao nhiêu tấn?")
    assert [to for to, _ in office.mail()] == [OFFICIAL]
    office.wait(minutes=31)
    asked(office, OTHER, "Kim tự tháp cao mấy mét?")
    ((to, text),) = office.mail()
    assert to == OFFICIAL
    assert "3" in text


def test_an_administrator_sees_the_queue(office: OpenOffice) -> None:
    office.hire(OFFICIAL, Role.ADMINISTRATOR)
    office.says(CITIZEN, MARS)
    assert len(office.says(OFFICIAL, "/hangcho").choices) == 1


def test_erasing_takes_back_the_question_and_the_role(office: OpenOffice) -> None:
    office.hire(OFFICIAL)
    asked(office, "telegram:987654321")
    office.says("telegram:987654321", "/thongbao nhan")
    office.presses(
        "telegram:987654321",
        TEXTS.erase.yes,
        office.says("telegram:987654321", "/xoadulieu"),
    )
    assert "987654321" not in dump(office)
    taken(office)
    office.presses(OFFICIAL, TEXTS.desk.send, office.says(OFFICIAL, ANSWER))
    assert [to for to, _ in office.mail() if to != OFFICIAL] == []
    office.presses(OFFICIAL, TEXTS.erase.yes, office.says(OFFICIAL, "/xoadulieu"))
    assert office.says(OFFICIAL, "/hangcho").text == TEXTS.roles.refused
    assert "telegram:10" not in dump(office)


def test_one_person_cannot_fill_the_queue(office: OpenOffice) -> None:
    office.hire(OFFICIAL)
    limit = office.desk.office.queue.per_person
    for number in range(limit):
        office.says(CITIZEN, f"/canbo câu hỏi rất lạ số {number}")
    assert office.says(CITIZEN, "/canbo thêm một câu nữa").text == TEXTS.human.too_many
    assert TEXTS.human.sent in office.says(OTHER, "/canbo thêm một câu nữa").text


def test_questions_wait_only_for_so_long(office: OpenOffice) -> None:
    office.hire(OFFICIAL)
    asked(office)
    office.wait(days=31)
    office.desk.expire()
    assert office.says(OFFICIAL, "/hangcho").text == TEXTS.desk.empty
    assert "telegram:1'" not in dump(office)


def test_what_is_kept_of_a_person_can_be_shown(office: OpenOffice) -> None:
    office.hire(OFFICIAL)
    assert office.desk.kept(CITIZEN) == {
        "roles": [],
        "questions": [],
        "letters": [],
        "notices": False,
    }
    asked(office)
    office.says(CITIZEN, "/thongbao nhan")
    kept = office.desk.kept(CITIZEN)
    assert kept["questions"] == [MARS]
    assert kept["notices"] is True
    taken(office)
    office.presses(OFFICIAL, TEXTS.desk.send, office.says(OFFICIAL, ANSWER))
    kept = office.desk.kept(CITIZEN)
    assert kept["questions"] == []
    assert ANSWER in kept["letters"][0]
    assert office.desk.kept(OFFICIAL)["roles"] == ["official"]


def test_an_official_whose_question_was_erased_meanwhile_is_told(office: OpenOffice) -> None:
    office.hire(OFFICIAL)
    asked(office)
    taken(office)
    preview = office.says(OFFICIAL, ANSWER)
    with office.db.atomic():
        office.db.execute("DELETE FROM desk_questions")
    assert office.presses(OFFICIAL, TEXTS.desk.send, preview).text == TEXTS.desk.lost

"""Misuse: one person, one device, one counter cannot make a result."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.message import Message, Reply
from bot.ratings.dialogue import RatingDialogue
from bot.ratings.reports.comparison import NoTargets
from bot.ratings.reports.making import make_report
from bot.ratings.reports.scope import Scope
from bot.ratings.reports.writing import summary
from bot.ratings.session import Visit, Way
from bot.ratings.sessions import TooManyError
from tests.bot.ratings.conftest import Office, said

TODAY = date(2026, 5, 4)


def visit(office: Office, user: str, service: str = "dat") -> Visit:
    subject = office.desk.catalogue.subject("mot", service)
    assert subject is not None
    once = office.desk.sessions.counter(user, "mot", service)
    return Visit(subject, Way.CODE, once, False)


def test_a_person_has_a_days_measure_without_a_case(office: Office) -> None:
    person = office.person()
    for day in range(2):
        for _ in range(5):
            office.wait(seconds=1)
            visited = visit(office, f"{person.user}{office.now}")
            office.desk.sessions.open(person.user, visited)
        with pytest.raises(TooManyError):
            office.desk.sessions.open(person.user, visit(office, f"another {day}"))
        office.wait(days=1)
    reply = said(person.says("/danhgia đất đai một"))
    assert reply.choices


def test_a_device_has_a_days_measure(office: Office) -> None:
    for number in range(20):
        user = f"web:{number}"
        office.desk.sessions.open(user, visit(office, user), device="a phone")
    with pytest.raises(TooManyError):
        office.desk.sessions.open("web:x", visit(office, "web:x"), device="a phone")
    office.desk.sessions.open("web:x", visit(office, "web:x"), device="another")


def test_new_sessions_of_one_browser_do_not_make_new_people(office: Office) -> None:
    def says(number: int, text: str, device: str) -> Reply:
        message = Message(f"web:{number}", text, TODAY, device=device)
        return said(RatingDialogue(office.desk).reply(message))

    short = office.desk.codes.short(office.desk.codes.make("mot", "dat", timedelta(days=9)))
    for number in range(20):
        assert says(number, f"DG {short}", "a phone").choices
    assert says(99, f"DG {short}", "a phone").text == office.desk.texts.too_many
    assert says(99, f"DG {short}", "another").choices
    written = "\n".join(office.desk.db.conn.iterdump())
    assert "a phone" not in written
    office.wait(days=1, seconds=1)
    office.desk.purge()
    kept = office.desk.db.execute("SELECT count(*) FROM rating_arrivals").fetchone()
    assert kept == (0,), "after a day nothing is left of the devices"


def test_a_burst_at_a_counter_is_kept_and_visibly_left_out(office: Office) -> None:
    def rates(number: int, label: str) -> None:
        person = office.person(f"telegram:{number}")
        person.takes(label, said(person.says("/danhgia đất đai một")))
        person.says("góp ý")
        person.says(f"góp ý của người {number}")

    for number in range(10):
        rates(number, "Hài lòng")
        office.wait(minutes=2)
    office.wait(minutes=20)
    for number in range(100, 140):
        rates(number, "Rất không hài lòng")
        office.wait(seconds=2)
    report = make_report(office.desk, Scope(TODAY, TODAY), NoTargets(), TODAY)
    assert report.flagged == 40
    assert len(report.comments) == 10, "what came with those set aside is left out as well"
    assert report.figures is not None
    assert report.figures.counts == (0, 0, 0, 10, 0)
    assert "40 phiếu gửi dồn dập" in summary(report)
    assert len(office.ratings()) == 50
    office.wait(minutes=11)
    rates(999, "Hài lòng")
    assert make_report(office.desk, Scope(TODAY, TODAY), NoTargets(), TODAY).flagged == 40


def test_many_answers_just_below_a_burst_count(office: Office) -> None:
    for number in range(30):
        person = office.person(f"telegram:{number}")
        person.takes("Hài lòng", said(person.says("/danhgia đất đai một")))
    report = make_report(office.desk, Scope(TODAY, TODAY), NoTargets(), TODAY)
    assert report.flagged == 0

"""Codes: signed, short enough, withdrawable; forged, expired and foreign ones lead nowhere."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from bot.message import Status
from bot.ratings.cases import Case, CaseState
from bot.ratings.code import CodeKind, ExpiredCodeError, ForgedCodeError, WithdrawnCodeError
from bot.ratings.codes import Codes
from bot.ratings.keys import Keys
from bot.ratings.schema import migrations
from knowledge.migrating import migrate
from tests.bot.ratings.conftest import MORNING, Office, said

DAY = timedelta(days=1)
IDS = st.from_regex(r"[a-z0-9][a-z0-9.-]{0,11}", fullmatch=True)


def codes_of(secret: bytes) -> Codes:
    db = Database(memory=True)
    migrate(db, migrations)
    return Codes(db, Keys(secret), lambda: MORNING)


CODES = codes_of(b"1" * 32)


@given(IDS, IDS, st.integers(1, 3650), st.none() | st.binary(min_size=16, max_size=16))
def test_both_forms_lead_back_to_the_code(
    office: str, service: str, days: int, case: bytes | None
) -> None:
    code = CODES.make(office, service, days * DAY, case)
    long, short = CODES.long(code), CODES.short(code)
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,62}", long)
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", short)
    assert CODES.read(long) == CODES.read(f"r_{long}") == code
    assert CODES.read(short) == code
    typed = f"dg {short.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')}"
    assert CODES.read(typed) == code
    with pytest.raises(ForgedCodeError):
        codes_of(b"2" * 32).read(long)
    with pytest.raises(ForgedCodeError):
        codes_of(b"2" * 32).read(short)


@given(st.data())
def test_no_change_of_a_code_holds(data: st.DataObject) -> None:
    long = CODES.long(CODES.make("mot", "dat", DAY))
    at = data.draw(st.integers(0, len(long) - 1))
    letter = data.draw(st.sampled_from("ABCabc019_-"))
    changed = long[:at] + letter + long[at + 1 :]
    if changed != long:
        with pytest.raises(ForgedCodeError):
            CODES.read(changed)


@given(st.text(max_size=80))
def test_anything_may_be_sent_as_a_code(text: str) -> None:
    with pytest.raises(ForgedCodeError):
        CODES.read(text)


def test_a_code_holds_to_the_end_of_its_last_day(office: Office) -> None:
    code = office.desk.codes.make("mot", "dat", DAY)
    long = office.desk.codes.long(code)
    office.wait(hours=37)  # eleven in the evening of the next day
    assert office.desk.codes.read(long).kind is CodeKind.COUNTER
    office.wait(hours=2)
    with pytest.raises(ExpiredCodeError):
        office.desk.codes.read(long)


def test_a_withdrawn_code_leads_nowhere_in_either_form(office: Office) -> None:
    codes = office.desk.codes
    code = codes.make("mot", "dat", DAY)
    assert codes.withdraw(code.id)
    assert not codes.withdraw(b"nobody")
    for form in (codes.long(code), codes.short(code)):
        with pytest.raises(WithdrawnCodeError):
            codes.read(form)
    assert codes.counters() == [(code, True)]


def test_a_code_is_withdrawn_as_it_was_printed(office: Office) -> None:
    codes = office.desk.codes
    forms = (lambda code: f"DG {codes.short(code)}", codes.long, lambda code: code.id.hex())
    for form in forms:
        code = codes.make("mot", "dat", DAY)
        assert codes.withdraw_written(form(code))
        with pytest.raises(WithdrawnCodeError):
            codes.read(codes.long(code))
    for written in ("", "xyz", "DG 0000-0000-0000", "abcdef"):
        assert not codes.withdraw_written(written)


def test_a_typed_code_may_stand_without_its_letters_or_before_words(office: Office) -> None:
    short = office.desk.codes.short(office.desk.codes.make("mot", "dat", DAY))
    ways = (short, f"dg {short.lower()}", f"DG {short} nhé", f"DG: {short.replace('-', ' ')}")
    for number, typed in enumerate(ways):
        assert said(office.person(f"zalo_oa:{number}").says(typed)).choices, typed


@pytest.mark.parametrize("typed", ["DG 1234", "DG K7M4-Q2", "dg K7M4-Q2PD-9X", "K7M4-Q2PD-9XTB"])
def test_a_code_that_is_cut_short_or_wrong_is_named_as_such(office: Office, typed: str) -> None:
    assert said(office.person().says(typed)).text == office.desk.texts.forged


@pytest.mark.parametrize("typed", ["dg tran hung dao", "DG", "dg 30 thang 4", "dg nguyen hue 12"])
def test_streets_are_no_codes(office: Office, typed: str) -> None:
    assert office.person().says(typed) is None


@pytest.mark.parametrize("user", ["telegram:1", "web:1", "zalo_oa:1", "terminal:1"])
def test_a_code_at_the_counter_leads_to_a_rating(office: Office, user: str) -> None:
    codes = office.desk.codes
    code = codes.make("hai", "khaisinh", DAY)
    person = office.person(user)
    typed = user.startswith(("zalo", "terminal"))
    sent = f"DG {codes.short(code)}" if typed else f"/start r_{codes.long(code)}"
    person.takes("Rất hài lòng", said(person.says(sent)))
    assert office.ratings() == [("khaisinh", user.split(":")[0], 5)]


def test_a_code_of_a_case_holds_once_for_everybody(office: Office) -> None:
    desk = office.desk
    key = desk.sessions.case("000.00.01.H47-260504-0001")
    desk.cases.note(Case(key, "mot", "dat", CaseState.COMPLETED), office.now)
    long = desk.codes.long(desk.codes.make("mot", "dat", DAY, key))
    first, second = office.person("telegram:1"), office.person("web:2")
    question = said(second.says(f"/start {long}"))
    first.takes("Hài lòng", said(first.says(f"/start {long}")))
    assert said(second.presses("Không hài lòng", question)).text == desk.texts.already
    assert said(second.says(f"/start {long}")).text == desk.texts.already
    assert "Đã ghi: Hài lòng" in said(first.says(f"/start {long}")).text
    assert office.ratings() == [("dat", "telegram", 4)]


def test_who_guesses_codes_is_stopped(office: Office) -> None:
    person, code = office.person(), office.desk.codes.make("mot", "dat", DAY)
    for _ in range(10):
        assert said(person.says("/start r_AAAA")).text == office.desk.texts.forged
    right = f"/start r_{office.desk.codes.long(code)}"
    reply = said(person.says(right))
    assert (reply.text, reply.status) == (office.desk.texts.too_many_codes, Status.REFUSED)
    assert said(office.person("telegram:2").says(right)).choices
    office.wait(hours=1, seconds=1)
    assert said(person.says(right)).choices


def test_a_code_for_what_is_no_longer_rated_is_refused(office: Office) -> None:
    code = office.desk.codes.make("ba", "dat", DAY)
    reply = said(office.person().says(f"/start {office.desk.codes.long(code)}"))
    assert reply.text == office.desk.texts.forged

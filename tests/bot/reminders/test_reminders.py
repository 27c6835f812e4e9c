"""Reminders: seven days, one day and on the day; never at night, never twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import icalendar
import pytest

from bot.context import Tools
from bot.due import due_rows
from bot.reminders.box import ReminderBox
from bot.reminders.calendar import calendar_of
from bot.reminders.store import ReminderStore
from config.office import VIETNAM
from tests.bot.town import PAGES, Talk, Town

TASKS = {
    "nhac-viec.md": """---
title: Kế hoạch tổ chức ngày hội sách của tỉnh Cà Mau năm 2026
number: 31/KH-UBND
kind: Kế hoạch
issuer: UBND tỉnh Cà Mau
place: Cà Mau
issued_on: 2026-01-05
period: 2026-2026
---

## Tổ chức thực hiện

Sở Nội vụ tổng hợp danh sách gian hàng trước ngày 15/6/2026.

Sở Tài chính thẩm định kinh phí, hoàn thành trước ngày 30/9/2026.
"""
}


@pytest.fixture(scope="module")
def busy_town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return Town(tmp_path_factory.mktemp("busy"), PAGES | TASKS)


@pytest.fixture
def talk(busy_town: Town) -> Talk:
    return Talk(busy_town)


def reminders_of(talk: Talk) -> ReminderStore:
    assert talk.tools.reminders is not None
    return talk.tools.reminders


def at(day: date, hour: int = 9) -> Callable[[], datetime]:
    return lambda: datetime(day.year, day.month, day.day, hour, tzinfo=VIETNAM)


def sent_on(store: ReminderStore, tools: Tools, day: date, hour: int = 9) -> list[str]:
    """Return what a process that starts on a day sends."""
    box = ReminderBox(store, lambda: tools, at(day, hour))
    said: list[str] = []
    while parcel := box.take():
        said.append(parcel.text)
        box.sent(parcel)
    return said


def test_each_reminder_is_written_once_on_its_day(talk: Talk) -> None:
    assert "15/6/2026" in talk.say("/thoihan ngày hội sách").text
    reply = talk.say("/nhactoi Sở Nội vụ ngày hội sách")
    assert reply.attachments[0].media_type == "text/calendar"
    store, tools = reminders_of(talk), talk.tools
    due = date(2026, 6, 15)
    days = [due - timedelta(days=ahead) for ahead in range(10, -3, -1)]
    written = {day: sent_on(store, tools, day) for day in days}
    assert [day for day in days if written[day]] == [
        due - timedelta(days=7),
        due - timedelta(days=1),
        due,
    ]
    assert all(len(said) <= 1 for said in written.values())
    assert "gian hàng" in written[due][0]
    assert sent_on(store, tools, due) == []


@pytest.mark.parametrize("hour", [0, 6, 21, 23])
def test_nobody_is_written_to_at_night(talk: Talk, hour: int) -> None:
    talk.say("/nhactoi Sở Nội vụ ngày hội sách")
    assert sent_on(reminders_of(talk), talk.tools, date(2026, 6, 15), hour) == []


def test_a_subscription_is_shown_ended_and_forgotten(talk: Talk) -> None:
    talk.say("/nhactoi Sở Nội vụ ngày hội sách")
    shown = talk.say("/nhactoi")
    assert "Sở Nội vụ ngày hội sách" in shown.text
    talk.press("1", shown)
    assert not reminders_of(talk).of(talk.user)
    talk.say("/nhactoi ngày hội sách")
    talk.press("1", talk.say("/xoadulieu"))
    assert not reminders_of(talk).of(talk.user)


def test_what_has_no_deadline_is_not_subscribed_to(talk: Talk) -> None:
    assert talk.say("/nhactoi phi thuyền").choices == ()
    assert not reminders_of(talk).of(talk.user)


def test_who_cannot_be_reached_is_not_tried_again(talk: Talk) -> None:
    store = reminders_of(talk)
    talk.say("/nhactoi Sở Nội vụ ngày hội sách")
    box = ReminderBox(store, lambda: talk.tools, at(date(2026, 6, 15)))
    parcel = box.take()
    assert parcel is not None
    assert parcel.user == talk.user
    box.unreachable(parcel)
    assert store.all() == []


def test_a_message_that_failed_is_tried_again_later_a_few_times(talk: Talk) -> None:
    talk.say("/nhactoi Sở Nội vụ ngày hội sách")
    now = [datetime(2026, 6, 15, 8, tzinfo=VIETNAM)]
    box = ReminderBox(reminders_of(talk), lambda: talk.tools, lambda: now[0])
    tried = 0
    while parcel := box.take():
        tried += 1
        box.failed(parcel)
        assert box.take() is None
        now[0] += timedelta(minutes=11)
    assert tried == 5


def test_the_calendar_is_read_by_another_program(talk: Talk) -> None:
    found = due_rows(talk.tools, "ngày hội sách", date(2026, 5, 4))
    calendar = icalendar.Calendar.from_ical(calendar_of(found, "Ngày hội sách"))
    days = {str(e["summary"]): e.decoded("dtstart") for e in calendar.walk("VEVENT")}
    assert date(2026, 6, 15) in days.values()
    assert date(2026, 9, 30) in days.values()
    assert len({str(e["uid"]) for e in calendar.walk("VEVENT")}) == len(found)

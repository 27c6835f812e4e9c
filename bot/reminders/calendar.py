"""Deadlines as a calendar file (RFC 5545) that phones and office programs open."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from knowledge.deadlines import Deadline
from knowledge.row_shelf import Found

MEDIA_TYPE = "text/calendar"


def calendar_of(found: Sequence[Found[Deadline]], name: str) -> bytes:
    """Return the deadlines that have a day as whole-day events; what recurs keeps its rule.

    Args:
        found: the deadlines.
        name: of the calendar.
    """
    from icalendar import Alarm, Calendar, Event
    from icalendar.prop import vRecur

    calendar = Calendar()
    calendar.add("prodid", "-//tro-ly-cchc//cchc//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for one in found:
        if one.day is None:
            continue
        event = Event()
        event.add("summary", one.row.task)
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
        event.add("dtstamp", datetime.now(UTC))
        event.add("uid", _uid(one))
        event.add("description", f"“{one.row.quote}”\n{one.document.title}")
        if one.row.kind == "recurring" and one.row.due:
            event.add("rrule", vRecur.from_ical(one.row.due))
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", one.row.task)
        alarm.add("trigger", timedelta(hours=-16))  # eight in the morning of the day before
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _uid(one: Found[Deadline]) -> str:
    said = f"{one.document.id}\n{one.row.start}\n{one.row.task}\n{one.row.due}"
    return f"{hashlib.sha256(said.encode()).hexdigest()[:32]}@tro-ly-cchc"

"""How ratings are asked for, limited and counted: `ratings.toml` as checked data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from config.entries import Entry
from config.reading import read_toml

FILE = "ratings.toml"
_ID = re.compile(r"[a-z0-9][a-z0-9.-]{0,11}")


@dataclass(frozen=True)
class Office:
    """A place that serves people: its short id and what people call it."""

    id: str
    name: str


@dataclass(frozen=True)
class Service:
    """Something that people come for: its short id or procedure code, its name, its field."""

    id: str
    name: str
    field: str


@dataclass(frozen=True)
class InvitationSettings:
    """When people are asked; `quiet_from` and `quiet_until` are hours of the Vietnamese day."""

    delay: timedelta
    remind_after: timedelta
    expire_after: timedelta
    ask_later: timedelta
    quiet_from: int
    quiet_until: int


@dataclass(frozen=True)
class AnswerSettings:
    """How long an answer can be changed, and how many characters of a comment are kept."""

    change_for: timedelta
    comment_characters: int


@dataclass(frozen=True)
class MisuseSettings:
    """How much is taken without a case.

    Attributes:
        person_per_day, device_per_day: ratings of one person and of one device.
        burst: ratings of one counter within `burst_within` above which they are set aside.
        wrong_codes_per_hour: codes that one person may get wrong.
    """

    person_per_day: int
    device_per_day: int
    burst: int
    burst_within: timedelta
    wrong_codes_per_hour: int


@dataclass(frozen=True)
class ReportSettings:
    """How reports are made.

    Attributes:
        least: answers below which a group is not shown.
        margin: percentage points; see `bot.ratings.comparison`.
        place: province whose targets count; "" compares with none.
    """

    least: int
    margin: float
    place: str


@dataclass(frozen=True)
class EventSettings:
    """What is accepted of the one-stop software: age of a signature, size of a body."""

    tolerance: timedelta
    max_bytes: int


@dataclass(frozen=True)
class Links:
    """Where a code leads on each channel, with `{code}` to fill in; "" where it is not printed."""

    telegram: str
    zalo: str
    page: str


@dataclass(frozen=True)
class RatingSettings:
    """The whole of `ratings.toml`."""

    invitations: InvitationSettings
    answers: AnswerSettings
    misuse: MisuseSettings
    report: ReportSettings
    events: EventSettings
    links: Links
    offices: Mapping[str, Office]
    services: Mapping[str, Service]


def load_ratings(overrides: Path | None = None) -> RatingSettings:
    """Return the bundled settings with those of the folder `overrides` laid over them.

    Raises:
        ConfigError: a value is missing, of the wrong kind or out of range.
    """
    entry = Entry(FILE, "", read_toml(FILE, overrides)).only(
        "invitations", "answers", "misuse", "report", "events", "links", "office", "service"
    )
    answers, events = entry.table("answers"), entry.table("events")
    return RatingSettings(
        invitations=_invitations(entry.table("invitations")),
        answers=AnswerSettings(
            timedelta(hours=answers.whole("change_hours", 0, 24)),
            answers.whole("comment_characters", 100, 10_000),
        ),
        misuse=_misuse(entry.table("misuse")),
        report=_report(entry.table("report")),
        events=EventSettings(
            timedelta(seconds=events.whole("tolerance_seconds", 10, 3600)),
            events.whole("max_bytes", 256, 1_000_000),
        ),
        links=_links(entry.table("links")),
        offices={
            known: Office(known, part.string("name"))
            for known, part in _identified(entry, "office", "name", "id")
        },
        services={
            known: Service(known, part.string("name"), part.string("field"))
            for known, part in _identified(entry, "service", "name", "id", "field")
        },
    )


def _invitations(entry: Entry) -> InvitationSettings:
    return InvitationSettings(
        delay=timedelta(minutes=entry.whole("delay_minutes", 0, 24 * 60)),
        remind_after=timedelta(hours=entry.whole("remind_after_hours", 12, 7 * 24)),
        expire_after=timedelta(days=entry.whole("expire_after_days", 1, 30)),
        ask_later=timedelta(days=entry.whole("ask_later_days", 1, 30)),
        quiet_from=entry.whole("quiet_from", 12, 24),
        quiet_until=entry.whole("quiet_until", 0, 11),
    )


def _misuse(entry: Entry) -> MisuseSettings:
    return MisuseSettings(
        person_per_day=entry.whole("person_per_day", 1, 1000),
        device_per_day=entry.whole("device_per_day", 1, 10_000),
        burst=entry.whole("burst", 2, 100_000),
        burst_within=timedelta(minutes=entry.whole("burst_minutes", 1, 24 * 60)),
        wrong_codes_per_hour=entry.whole("wrong_codes_per_hour", 1, 1000),
    )


def _report(entry: Entry) -> ReportSettings:
    margin = entry.data.get("margin")
    if isinstance(margin, bool) or not isinstance(margin, int | float) or not 0 <= margin <= 50:
        raise entry.error("margin", "phải là số từ 0 đến 50")
    return ReportSettings(
        entry.whole("least", 2, 100), float(margin), _maybe(entry, "place").strip()
    )


def _links(entry: Entry) -> Links:
    found = {}
    for key in ("telegram", "zalo", "page"):
        link = _maybe(entry.only("telegram", "zalo", "page"), key).strip()
        if link and not link.startswith(("https://", "http://")):
            raise entry.error(key, "phải là địa chỉ bắt đầu bằng https://, hoặc để trống")
        if link and key != "zalo" and "{code}" not in link:
            raise entry.error(key, "phải có {code} ở chỗ của mã")
        found[key] = link
    return Links(**found)


def _identified(entry: Entry, key: str, *keys: str) -> list[tuple[str, Entry]]:
    found: dict[str, Entry] = {}
    for part in entry.tables(key):
        part.only(*keys)
        known = part.string("id")
        if not _ID.fullmatch(known):
            raise part.error("id", "chỉ gồm chữ thường không dấu, số, . và -, tối đa 12 ký tự")
        if known in found:
            raise part.error("id", f"ghi “{known}” hai lần")
        found[known] = part
    return list(found.items())


def _maybe(entry: Entry, key: str) -> str:
    value = entry.data.get(key)
    if not isinstance(value, str):
        raise entry.error(key, "phải là chữ trong dấu nháy, có thể để trống")
    return value

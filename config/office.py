"""The office behind the assistant: `office.toml` as checked data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from itertools import pairwise
from pathlib import Path

from config.entries import Entry
from config.errors import ConfigError
from config.reading import read_toml

FILE = "office.toml"
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
VIETNAM = timezone(timedelta(hours=7))  # no summer time since 1975
AHEAD = 60  # days within which an office opens again

_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")

Span = tuple[time, time]


@dataclass(frozen=True)
class Hours:
    """When somebody is there, in Vietnamese time.

    Attributes:
        days: spans of each day of the week, Monday first; a day off has none.
        closed: days off beside those.
    """

    days: tuple[tuple[Span, ...], ...]
    closed: frozenset[date]

    @property
    def known(self) -> bool:
        """Whether any hours were given."""
        return any(self.days)

    def open_at(self, at: datetime) -> bool:
        """Say whether somebody is there at a time; always where no hours were given."""
        local = at.astimezone(VIETNAM)
        return not self.known or any(
            begin <= local.time() < end for begin, end in self._on(local.date())
        )

    def next_open(self, at: datetime) -> datetime:
        """Return `at` or, outside the hours, when they begin again."""
        local = at.astimezone(VIETNAM)
        if self.open_at(at):
            return at
        for ahead in range(AHEAD):
            day = local.date() + timedelta(days=ahead)
            for begin, _ in self._on(day):
                opens = datetime.combine(day, begin, VIETNAM)
                if opens > local:
                    return opens
        return at

    def _on(self, day: date) -> tuple[Span, ...]:
        return () if day in self.closed else self.days[day.weekday()]


@dataclass(frozen=True)
class QueueSettings:
    """The officials' queue.

    Attributes:
        keep: how long a question or an answer that could not be sent is kept.
        lock: how long a question stays with who took it.
        per_person: questions of one person that may wait.
        notify: an official is written to at most once in this time.
    """

    keep: timedelta
    lock: timedelta
    per_person: int
    notify: timedelta


@dataclass(frozen=True)
class CodeSettings:
    """Codes for roles: how long they hold, and how many wrong ones an hour a person may try."""

    valid: timedelta
    wrong: int


@dataclass(frozen=True)
class AccountSettings:
    """Accounts of the office pages.

    Attributes:
        shortest: characters of the shortest password.
        idle: a session in which nothing was done for so long ends.
        lasting: a session ends after this time in any case.
    """

    shortest: int
    idle: timedelta
    lasting: timedelta


@dataclass(frozen=True)
class SendingSettings:
    """Messages that nobody asked for: how many a second, and the hours without any."""

    per_second: int
    quiet_from: int
    quiet_until: int

    def quiet_at(self, at: datetime) -> bool:
        """Say whether people are left in peace at a time."""
        hour = at.astimezone(VIETNAM).hour
        return hour >= self.quiet_from or hour < self.quiet_until


@dataclass(frozen=True)
class Office:
    """The whole of `office.toml`.

    Attributes:
        name, phone, address: what people are told; "" where it is not given.
        hours: when somebody is there.
        queue, codes, sending, accounts: settings.
        meet, around: phrases that ask for a human, and the words that may stand around them.
        send: phrases that send the question before to an official.
        reach: phrases that ask for hours, place or number of the office.
        itself: words for the office that may stand around those.
        fillers: words in which two questions may differ and still be one.
    """

    name: str
    phone: str
    address: str
    hours: Hours
    queue: QueueSettings
    codes: CodeSettings
    sending: SendingSettings
    accounts: AccountSettings
    meet: tuple[str, ...]
    around: tuple[str, ...]
    send: tuple[str, ...]
    reach: tuple[str, ...]
    itself: tuple[str, ...]
    fillers: tuple[str, ...]


def load_office(overrides: Path | None = None) -> Office:
    """Return the bundled file with that of the folder `overrides` laid over it.

    Raises:
        ConfigError: a value is missing, of the wrong kind or out of range.
    """
    file = Entry(FILE, "", read_toml(FILE, overrides))
    file.only("office", "hours", "queue", "roles", "notices", "accounts", "human", "likeness")
    office = file.table("office").only("name", "phone", "address")
    queue = file.table("queue").only("keep_days", "lock_minutes", "per_person", "notify_minutes")
    roles = file.table("roles").only("code_hours", "wrong_codes")
    notices = file.table("notices").only("per_second", "quiet_from", "quiet_until")
    accounts = file.table("accounts").only("shortest_password", "idle_minutes", "lasting_hours")
    human = file.table("human").only("meet", "around", "send", "reach", "itself")
    return Office(
        name=_line(office, "name"),
        phone=_line(office, "phone"),
        address=_line(office, "address"),
        hours=_hours(file.table("hours").only(*DAYS, "closed")),
        queue=QueueSettings(
            timedelta(days=queue.whole("keep_days", 1, 365)),
            timedelta(minutes=queue.whole("lock_minutes", 1, 24 * 60)),
            queue.whole("per_person", 1, 1000),
            timedelta(minutes=queue.whole("notify_minutes", 0, 24 * 60)),
        ),
        codes=CodeSettings(
            timedelta(hours=roles.whole("code_hours", 1, 24 * 7)),
            roles.whole("wrong_codes", 1, 100),
        ),
        sending=SendingSettings(
            notices.whole("per_second", 1, 1000),
            notices.whole("quiet_from", 12, 24),
            notices.whole("quiet_until", 0, 11),
        ),
        accounts=AccountSettings(
            accounts.whole("shortest_password", 10, 64),
            timedelta(minutes=accounts.whole("idle_minutes", 5, 12 * 60)),
            timedelta(hours=accounts.whole("lasting_hours", 1, 24 * 7)),
        ),
        meet=human.strings("meet"),
        around=human.strings("around"),
        send=human.strings("send"),
        reach=human.strings("reach"),
        itself=human.strings("itself"),
        fillers=file.table("likeness").only("fillers").strings("fillers"),
    )


def _line(entry: Entry, key: str) -> str:
    value = entry.data.get(key)
    if not isinstance(value, str) or "\n" in value or len(value) > 200:
        raise entry.error(key, "phải là một dòng chữ trong dấu nháy, có thể để trống")
    return value.strip()


def _hours(entry: Entry) -> Hours:
    closed = entry.data.get("closed")
    if not isinstance(closed, list):
        raise entry.error("closed", 'phải là danh sách ngày, ví dụ ["2026-09-02"]')
    return Hours(
        tuple(_spans(entry, day) for day in DAYS),
        frozenset(_day(entry, value) for value in closed),
    )


def _day(entry: Entry, value: object) -> date:
    try:
        return value if type(value) is date else date.fromisoformat(str(value))
    except ValueError:
        raise entry.error("closed", f"có “{value}”; hãy viết ngày như 2026-09-02") from None


def _spans(entry: Entry, day: str) -> tuple[Span, ...]:
    written = [part.strip() for part in _line(entry, day).split(",") if part.strip()]
    spans = tuple(_span(entry, day, part) for part in written)
    for (_, end), (begin, _) in pairwise(spans):
        if begin < end:
            raise entry.error(day, "có hai khoảng giờ chồng nhau hoặc sai thứ tự")
    return spans


def _span(entry: Entry, day: str, part: str) -> Span:
    found = _SPAN.fullmatch(part)
    try:
        hours = [int(number) for number in found.groups()] if found else [0, 0, 0, 0]
        begin, end = time(hours[0], hours[1]), time(hours[2], hours[3])
    except ValueError:
        raise _unclear(entry, day, part) from None
    if begin >= end:
        raise _unclear(entry, day, part)
    return begin, end


def _unclear(entry: Entry, day: str, part: str) -> ConfigError:
    return entry.error(day, f"có “{part}”; hãy viết như 07:30-11:30, 13:30-17:00")

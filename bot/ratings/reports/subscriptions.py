"""Who gets a report every week or every month; each is sent once, whoever sends it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlite_utils import Database

from bot.clock import Clock, day_of, stamp
from bot.ratings.reports.scope import Scope, Unit
from bot.ratings.transaction import writing
from config.office import VIETNAM

AT = time(8, tzinfo=VIETNAM)  # when a report is sent on the first day of a week or a month


class Every(StrEnum):
    """How often."""

    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True)
class DueReport:
    """A report that is to be sent now.

    Attributes:
        user: to whom, as in `Message.user`.
        every: how often they get one.
        scope: the week or the month that is over.
    """

    user: str
    every: Every
    scope: Scope


class Subscriptions:
    """The subscriptions of one home.

    Args:
        db: the home's database, migrated.
        clock: the time.
    """

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def add(self, user: str, every: Every, office: str = "") -> None:
        """Send a person a report from now on, of one office or of all."""
        due = stamp(_next(self._clock(), every))
        with writing(self._db):
            self._db.execute(
                "INSERT OR REPLACE INTO rating_subscriptions VALUES (?, ?, ?, ?)",
                [user, every, office, due],
            )

    def stop(self, user: str) -> None:
        """Send a person no more reports."""
        with writing(self._db):
            self._db.execute("DELETE FROM rating_subscriptions WHERE user = ?", [user])

    def take(self) -> list[DueReport]:
        """Return what is to be sent now; the next one is due a week or a month later."""
        now = self._clock()
        with writing(self._db):
            rows = self._db.execute(
                "SELECT user, period, office FROM rating_subscriptions WHERE due <= ?",
                [stamp(now)],
            ).fetchall()
            for user, period, _ in rows:
                self._db.execute(
                    "UPDATE rating_subscriptions SET due = ? WHERE user = ? AND period = ?",
                    [stamp(_next(now, Every(period))), user, period],
                )
        return [
            DueReport(user, Every(period), _scope(day_of(now), Every(period), office or None))
            for user, period, office in rows
        ]


def _next(now: datetime, every: Every) -> datetime:
    """Return the next first morning of a week or a month after a time."""
    unit = Unit(every)
    begin = unit.begin(day_of(now))
    length = timedelta(days=7 if every is Every.WEEK else 32)
    first = datetime.combine(begin, AT)
    return first if first > now else datetime.combine(unit.begin(begin + length), AT)


def _scope(today: date, every: Every, office: str | None) -> Scope:
    """Return the week or the month before the one that `today` lies in."""
    end = Unit(every).begin(today) - timedelta(days=1)
    return Scope(Unit(every).begin(end), end, office=office)

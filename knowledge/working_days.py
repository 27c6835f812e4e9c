"""Counting the days of a time limit: weekends, public holidays with Tết, make-up days.

The rules are those of Articles 147 and 148 of the Civil Code 91/2015/QH13: the day on which a
period begins is not counted, and a period whose last day is a day off ends on the next working day.
The holidays of the law and the swaps of past years come from the package `holidays`.
"""

from __future__ import annotations

import calendar
import math
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from config.holidays import AnnouncedDays

if TYPE_CHECKING:
    from holidays.countries.vietnam import Vietnam

SATURDAY = 5
DAY = timedelta(days=1)


class WorkingDays:
    """Knows which days offices work.

    Args:
        announced: days off and make-up days beyond those of the law.
    """

    def __init__(self, announced: AnnouncedDays | None = None) -> None:
        self._announced = announced or AnnouncedDays()

    @cached_property
    def _holidays(self) -> Vietnam:
        # Loaded when first asked: most questions never come to a date.
        from holidays.countries.vietnam import Vietnam

        return Vietnam(observed=True, expand=True)

    def is_working(self, day: date) -> bool:
        """Say whether offices work on a day."""
        if day in self._announced.working:
            return True
        if day in self._announced.off or day in self._holidays:
            return False
        return day.weekday() < SATURDAY or day in self._holidays.weekend_workdays

    def holiday(self, day: date) -> str | None:
        """Return the name of the public holiday on a day, None where there is none."""
        name = self._holidays.get(day)
        return None if name is None else str(name)

    def first_from(self, day: date) -> date:
        """Return `day` if it is a working day, else the next one."""
        while not self.is_working(day):
            day += DAY
        return day

    def after(self, start: date, amount: float, unit: str = "working_day") -> date:
        """Return the last day of a time limit.

        Args:
            start: the day of handing in; where it is a day off, the next working day counts as it.
            amount: of units, more than 0; a part of a day counts as a whole one.
            unit: "working_day", "day", "week", "month" or "year"; "hour" and "minute" end on
                the day itself up to eight hours.

        Raises:
            ValueError: the unit is unknown.
        """
        begin = self.first_from(start)
        if unit == "working_day":
            return self._working_days_after(begin, math.ceil(amount))
        if unit == "day":
            end = begin + math.ceil(amount) * DAY
        elif unit == "week":
            end = begin + math.ceil(amount * 7) * DAY
        elif unit in ("month", "year"):
            end = _months_after(begin, math.ceil(amount * (12 if unit == "year" else 1)))
        elif unit in ("hour", "minute"):
            hours = amount / (60 if unit == "minute" else 1)
            return self._working_days_after(begin, math.ceil(hours / 8) - 1 if hours > 8 else 0)
        else:
            raise ValueError(unit)
        return self.first_from(end)

    def between(self, start: date, end: date) -> int:
        """Return how many working days lie after `start` up to and with `end`."""
        days = (end - start).days
        return sum(self.is_working(start + number * DAY) for number in range(1, days + 1))

    def days_off_between(self, start: date, end: date) -> list[date]:
        """Return the public holidays after `start` up to `end` that fall on Monday to Friday."""
        days = ((start + number * DAY) for number in range(1, (end - start).days + 1))
        return [day for day in days if day.weekday() < SATURDAY and not self.is_working(day)]

    def _working_days_after(self, day: date, count: int) -> date:
        for _ in range(count):
            day = self.first_from(day + DAY)
        return day


def _months_after(day: date, months: int) -> date:
    """Return the same day some months later, the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))

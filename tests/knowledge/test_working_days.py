"""Counting days: weekends, holidays with Tết, what is announced."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.holidays import AnnouncedDays
from knowledge.working_days import WorkingDays

DAYS = WorkingDays()
dates = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("start", "amount", "unit", "end"),
    [
        (date(2026, 11, 20), 5, "working_day", date(2026, 11, 30)),  # over 24/11
        (date(2026, 11, 22), 3, "working_day", date(2026, 11, 27)),  # handed in on a Sunday
        (date(2026, 2, 13), 1, "working_day", date(2026, 2, 23)),  # over Tết
        (date(2026, 8, 21), 1, "working_day", date(2026, 8, 22)),  # a Saturday made up for
        (date(2026, 8, 28), 1, "working_day", date(2026, 9, 3)),
        (date(2026, 11, 19), 10, "day", date(2026, 11, 30)),  # ends on a Sunday
        (date(2026, 1, 30), 1, "month", date(2026, 3, 2)),
        (date(2026, 11, 23), 1, "hour", date(2026, 11, 23)),
        (date(2026, 11, 23), 24, "hour", date(2026, 11, 26)),
        (date(2026, 11, 23), 0.5, "working_day", date(2026, 11, 25)),
    ],
)
def test_a_time_limit_ends_on_the_day_that_the_law_says(
    start: date, amount: float, unit: str, end: date
) -> None:
    assert DAYS.after(start, amount, unit) == end


@given(dates, st.integers(1, 60))
def test_as_many_working_days_lie_in_a_limit_as_it_has(start: date, count: int) -> None:
    end = DAYS.after(start, count)
    assert DAYS.is_working(end)
    assert DAYS.between(DAYS.first_from(start), end) == count


@given(dates, st.integers(1, 60), st.sampled_from(["day", "week", "month"]))
def test_every_limit_ends_on_a_working_day_and_a_longer_one_not_before(
    start: date, count: int, unit: str
) -> None:
    end = DAYS.after(start, count, unit)
    assert DAYS.is_working(end)
    assert start < end <= DAYS.after(start, count + 1, unit)


@given(dates, st.integers(1, 30))
def test_days_off_are_what_is_missing_in_a_week(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    off = DAYS.days_off_between(start, end)
    assert not any(DAYS.is_working(day) or day.weekday() > 4 for day in off)
    assert all(start < day <= end for day in off)


def test_what_is_announced_counts() -> None:
    off, made_up = date(2026, 11, 25), date(2026, 11, 28)
    days = WorkingDays(AnnouncedDays(frozenset({off}), frozenset({made_up})))
    assert not days.is_working(off)
    assert days.is_working(made_up)
    assert days.after(date(2026, 11, 23), 3) == made_up


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="trăng"):
        DAYS.after(date(2026, 11, 23), 1, "trăng")

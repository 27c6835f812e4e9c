"""The daily work: at the start, once a day, again after trouble."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from bot.housekeeping import Housekeeping


class Days:
    """A calendar that the test turns, and work that notes on which day it was done."""

    def __init__(self) -> None:
        self.today = date(2026, 5, 4)
        self.done: list[date] = []
        self.trouble = 0
        self.error: Exception = OSError(28, "No space left on device")

    async def work(self) -> None:
        if self.trouble:
            self.trouble -= 1
            raise self.error
        self.done.append(self.today)


async def looked(times: int = 20) -> None:
    for _ in range(times):
        await asyncio.sleep(0)


@pytest.fixture
def days() -> Days:
    return Days()


async def test_the_work_is_done_at_the_start_and_once_on_each_day(days: Days) -> None:
    keeping = Housekeeping(days.work, lambda: days.today, 0)
    keeping.start()
    await looked()
    days.today = date(2026, 5, 5)
    await looked()
    days.today = date(2026, 5, 1)  # the clock was put right
    await looked()
    await keeping.stop()
    assert days.done == [date(2026, 5, 4), date(2026, 5, 5), date(2026, 5, 1)]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyError("x")])
async def test_after_trouble_it_is_tried_again(
    days: Days, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    days.trouble, days.error = 2, error
    keeping = Housekeeping(days.work, lambda: days.today, 0)
    keeping.start()
    await looked()
    await keeping.stop()
    assert days.done == [date(2026, 5, 4)]
    assert type(error).__name__ in caplog.text

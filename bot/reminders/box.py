"""The outbox of reminders: filled once a day, emptied by day, never at night."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from bot.context import Tools
from bot.due import due_rows
from bot.parcel import Parcel
from bot.reminders.store import Reminder, ReminderStore, key_of
from bot.row_texts import deadline_lines
from config.office import VIETNAM
from config.texts import ReminderTexts

AHEAD = (7, 1, 0)  # days before a deadline on which is reminded
FROM, UNTIL = 7, 21  # hours of the day in which is written

Clock = Callable[[], datetime]


class ReminderBox:
    """Reminders as an `Outbox`.

    Args:
        store: who wants what.
        tools: what look-ups are made with, asked for anew each day.
        clock: the time, aware.
    """

    def __init__(
        self,
        store: ReminderStore,
        tools: Callable[[], Tools],
        clock: Clock = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._tools = tools
        self._clock = clock
        self._planned_on: date | None = None

    def take(self) -> Parcel | None:
        """Return the next reminder that is due; None at night and where there is none."""
        now = self._clock()
        local = now.astimezone(VIETNAM)
        if not FROM <= local.hour < UNTIL:
            return None
        if self._planned_on != local.date():
            self.plan(local.date())
            self._planned_on = local.date()
        return self._store.take(now)

    def plan(self, today: date) -> int:
        """Put the reminders of a day into the queue; return how many are new."""
        tools = self._tools()
        texts = tools.texts.reminders
        reminders = [
            Reminder(
                one.id,
                key_of(found.document.id, found.row.task, found.day, (found.day - today).days),
                _text(texts, (found.day - today).days, deadline_lines(found, tools.texts.deadlines),
                      found.document.title),
            )
            for one in self._store.all()
            for found in due_rows(tools, one.words, today)
            if found.day is not None and (found.day - today).days in AHEAD
        ]  # fmt: skip
        return self._store.plan(reminders, self._clock())

    def sent(self, parcel: Parcel) -> None:
        """Note that a reminder arrived."""
        self._store.settle(parcel.id, "sent")

    def unreachable(self, parcel: Parcel) -> None:
        """End the subscription of who cannot be reached."""
        self._store.drop(parcel.id)

    def failed(self, parcel: Parcel) -> None:
        """Try again later."""
        self._store.retry(parcel.id, self._clock())

    def expire(self) -> None:
        """Forget what was written long ago."""
        self._store.expire(self._clock())


def _text(texts: ReminderTexts, ahead: int, lines: list[str], title: str) -> str:
    if ahead == 0:
        heading = texts.today
    elif ahead == 1:
        heading = texts.tomorrow
    else:
        heading = texts.ahead.format(days=ahead)
    return "\n".join([heading, *lines, texts.source.format(title=title)])

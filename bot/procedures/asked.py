"""What a question fixes of a procedure's table: the way of handing in, and the day of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from config.procedures import ProcedurePhrases
from index.text import fold
from knowledge.procedures.facts import BY_POST, IN_PERSON, ONLINE, Mode

_DAY = re.compile(r"\s*(\d{1,2})\s?[/.-]\s?(\d{1,2})(?:\s?[/.-]\s?(\d{4}))?")


class Asked:
    """Recognises the phrases of `procedures.toml`.

    Args:
        phrases: the phrases.
    """

    def __init__(self, phrases: ProcedurePhrases) -> None:
        modes = phrases.modes
        self._modes = {
            IN_PERSON: _any(modes.in_person),
            ONLINE: _any(modes.online),
            BY_POST: _any(modes.by_post),
        }
        self._today = _any(phrases.due.today)
        self._tomorrow = _any(phrases.due.tomorrow)
        self._on_day = _any(phrases.due.on_day)

    def rows(self, rows: Sequence[Mode], question: str) -> list[Mode]:
        """Return the rows of the ways that a question names; all where it names none of them."""
        folded = fold(question)
        named = {mode for mode, phrases in self._modes.items() if phrases.search(folded)}
        return [row for row in rows if row.mode in named] or list(rows)

    def handed_in(self, question: str, today: date) -> date | None:
        """Return the day on which a question supposes the papers to be handed in."""
        folded = fold(question)
        if self._today.search(folded):
            return today
        if self._tomorrow.search(folded):
            return today + timedelta(days=1)
        for phrase in self._on_day.finditer(folded):
            found = _DAY.match(folded, phrase.end())
            if found:
                return _date(found, today)
        return None


def _date(found: re.Match[str], today: date) -> date | None:
    """Return a written day; without a year the next one of that name."""
    day, month = int(found[1]), int(found[2])
    try:
        if found[3]:
            return date(int(found[3]), month, day)
        this_year = date(today.year, month, day)
        return this_year if this_year >= today else date(today.year + 1, month, day)
    except ValueError:
        return None


def _any(phrases: Sequence[str]) -> re.Pattern[str]:
    longest = sorted({fold(phrase) for phrase in phrases}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")

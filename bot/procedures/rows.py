"""A procedure's rows as lines of a chat: how long, how much, where, and the day of the result."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date

from config.texts import ProcedureTexts, ProcedureWords, Texts
from knowledge.procedures.facts import Mode, Procedure
from knowledge.procedures.wording import fee_words, time_words
from knowledge.validity import REORGANISED_ON
from knowledge.working_days import WorkingDays

_DISTRICT = re.compile(r"\b(?:cấp huyện|huyện|quận|thị xã)\b", re.IGNORECASE)


def row_lines(
    facts: Procedure, rows: Sequence[Mode], intents: Collection[str], on: date, texts: Texts
) -> Iterator[str]:
    """Yield the lines that state what is asked, as far as the rows hold it.

    Args:
        facts: the procedure.
        rows: the rows of its table that are asked about.
        intents: names of what is asked.
        on: the day that the answer is to hold for.
        texts: the words around the facts.
    """
    words, own = texts.procedure_words, texts.procedures
    if rows and "time_limit" in intents:
        yield from _by_mode(own.time, rows, lambda row: time_words(row, words), own, words)
    if rows and "fee" in intents:
        yield from _by_mode(own.fee, rows, lambda row: fee_words(row.fee, words), own, words)
    if rows and "mode" in intents:
        modes = list(dict.fromkeys(row.mode for row in facts.modes))
        yield own.modes.format(modes=_listed(modes, words))
    if "authority" in intents or "hand_in" in intents:
        yield from authority_lines(facts, on, own)


def authority_lines(facts: Procedure, on: date, texts: ProcedureTexts) -> Iterator[str]:
    """Yield who deals with a procedure, and what became of a body of the district level."""
    if facts.level:
        yield texts.level.format(level=facts.level)
    gone = facts.authority and _DISTRICT.search(facts.authority) and on >= REORGANISED_ON
    if gone and facts.level:
        yield texts.district_ended.format(level=facts.level)


def due_lines(rows: Sequence[Mode], start: date, days: WorkingDays, texts: Texts) -> Iterator[str]:
    """Yield when the result is due if the papers are handed in on a day."""
    own, words = texts.procedures, texts.procedure_words
    begin = days.first_from(start)
    due: dict[str, date] = {}
    counted = begin  # up to here working days were counted
    for row in rows:
        amount, unit = row.duration.amount, row.duration.unit
        if amount is not None and unit is not None:
            time = time_words(row, words)
            due[time] = days.after(start, amount, unit)
            if unit == "working_day":
                counted = max(counted, due[time])
    if not due:
        yield own.no_due
        return
    for time, end in due.items():
        yield own.due.format(start=_written(begin), time=time, end=_written(end))
    if begin != start:
        yield own.counted_from.format(start=_written(start), begin=_written(begin))
    off = days.days_off_between(begin, counted)
    if off:
        yield own.days_off.format(days=", ".join(_written(day) for day in off))


def _by_mode(
    label: str,
    rows: Sequence[Mode],
    said: Callable[[Mode], str],
    texts: ProcedureTexts,
    words: ProcedureWords,
) -> Iterator[str]:
    """Yield one line where all ways have the same in common, else one for each."""
    by_mode: dict[str, list[str]] = {}
    for row in rows:
        values = by_mode.setdefault(row.mode, [])
        if said(row) not in values:
            values.append(said(row))
    by_value: dict[str, list[str]] = {}
    for mode, values in by_mode.items():
        text = values[0]
        if len(values) > 1:
            text = texts.by_case.format(first=values[0], others=", ".join(values[1:]))
        by_value.setdefault(text, []).append(mode)
    if len(by_value) == 1:
        text, modes = next(iter(by_value.items()))
        yield texts.for_all.format(label=label, value=text, modes=_listed(modes, words))
        return
    yield f"{label}:"
    for text, modes in by_value.items():
        yield texts.for_some.format(modes=_listed(modes, words), value=text)


def _listed(modes: Sequence[str], words: ProcedureWords) -> str:
    names = [words.by_post if mode.startswith("Dịch vụ") else mode.lower() for mode in modes]
    return ", ".join(names)


def _written(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"

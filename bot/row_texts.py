"""Targets and deadlines in words, and as rows for other programs."""

from __future__ import annotations

from typing import Any

from config.texts import DeadlineTexts, TargetTexts
from knowledge.deadlines import Deadline
from knowledge.row_shelf import Found
from knowledge.targets import Comparator, Target


def written(number: float) -> str:
    """Return a number as Vietnamese write it: "1.600", "84,08"."""
    if number == int(number):
        return f"{int(number):,}".replace(",", ".")
    return f"{number:g}".replace(".", ",")


def value_text(row: Target, texts: TargetTexts) -> str:
    """Return a target's figure with how it is meant: "từ 85% trở lên", "nhóm 6 dẫn đầu"."""
    number = written(row.value)
    if row.upper is not None:
        number = texts.between.format(low=number, high=written(row.upper))
    figure = number if row.comparator is Comparator.TOP else _with_unit(number, row.unit, texts)
    if row.comparator is Comparator.AT_LEAST:
        return (texts.more_than if row.strict else texts.at_least).format(value=figure)
    if row.comparator is Comparator.AT_MOST:
        return (texts.less_than if row.strict else texts.at_most).format(value=figure)
    if row.comparator is Comparator.TOP:
        return texts.top.format(value=figure)
    if row.comparator is Comparator.INCREASE:
        return texts.increase.format(value=figure)
    return texts.about.format(value=figure) if row.approximate else figure


def _with_unit(number: str, unit: str, texts: TargetTexts) -> str:
    if unit == "%":
        return f"{number}%"
    if unit == "hạng":
        return texts.rank.format(value=number)
    return f"{number} {unit}"


def target_line(found: Found[Target], texts: TargetTexts) -> str:
    """Return one line for a target: what, how much, for whom, where, when."""
    row, place = found.row, found.document.metadata.place
    name = row.indicator[:1].upper() + row.indicator[1:]
    scope = row.scope if row.scope and row.scope.lower() not in name.lower() else None
    about = [part for part in (scope, place, str(row.year) if row.year else None) if part]
    line = texts.row.format(indicator=name, value=value_text(row, texts))
    line = f"{line} ({', '.join(about)})" if about else line
    return texts.corrected.format(row=line) if row.corrected else line


def deadline_lines(found: Found[Deadline], texts: DeadlineTexts) -> list[str]:
    """Return the lines for a deadline: task, time, who."""
    row = found.row
    task = row.task[:1].upper() + row.task[1:]
    day = found.day
    when = row.due_text
    if row.kind == "wrong":
        when = texts.wrong.format(words=row.due_text)
    elif day is not None:
        shown = f"{day.day}/{day.month}/{day.year}"
        form = texts.next if row.kind == "recurring" else texts.due
        when = form.format(words=row.due_text, day=shown)
    lines = [texts.row.format(task=task), texts.when.format(when=when)]
    return lines + ([texts.who.format(body=row.responsible)] if row.responsible else [])


def as_fact(found: Found[Target] | Found[Deadline]) -> dict[str, Any]:
    """Return a row with its document in the shape that other programs read."""
    metadata = found.document.metadata
    row = found.row.as_json()
    if isinstance(found.row, Deadline):  # whether it is a day, a rule or counts from an event
        row = row | {"kind": "deadline", "due_kind": found.row.kind}
    return {
        "kind": "target",
        **row,
        "document": found.document.id,
        "title": found.document.title,
        "number": metadata.number,
        "place": metadata.place,
        "validity": found.standing.validity.value,
    }

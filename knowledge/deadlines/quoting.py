"""A deadline out of its clause: the task without the time, who does it, the words to quote."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.deadlines.bodies import responsible
from knowledge.deadlines.row import Deadline
from knowledge.document import Document
from knowledge.dues import Due
from knowledge.targets.passages import Sentence

_LEADING = re.compile(r"^(?:[\s,;:.\-–()]|và\s|đồng thời\s)+|[\s,;:.\-–(]+$")
_UNFINISHED = re.compile(r"\s+(?:phải|cần|sẽ|hoàn thành|xong|yêu cầu|thời gian|thời hạn)$")
_EMPTY_BRACKETS = re.compile(r"\(\s*\)")
_OPENING = re.compile(r"[\s,:-]*(?:định kỳ)?[\s,:-]*", re.IGNORECASE)
_FEW = 5  # words of a task that does not say what it is for
_SHORT = 30


def quoted_row(
    document: Document,
    low: str,
    clause: tuple[int, int],
    sentence: Sentence,
    due: Due,
    beside: Sequence[Due] = (),
) -> Deadline:
    """Return the row of a time.

    Args:
        document: the document.
        low: its text in small letters.
        clause: the part of the sentence that the time belongs to.
        sentence: the sentence.
        due: the time, in the clause or in the sentence's leading words.
        beside: the times of the clause, which are no part of the task.
    """
    start, end = clause
    inside = start <= due.start < end
    text = document.text
    times = [(due.start, due.end)] if inside else []
    times += [(b.start, b.end) for b in beside if start <= b.start < end and b is not due]
    kept, rest = _without(text, clause, sorted(times))
    task = " ".join(kept)
    task = " ".join(_LEADING.sub("", _EMPTY_BRACKETS.sub("", task)).split())
    if len(task.split()) < _FEW and sentence.whole < sentence.start and inside:
        lead = text[sentence.whole : sentence.start].strip(" :")
        task = f"{lead}: {task}" if task else lead
    first, last = _quoted(text, clause, sentence, inside)
    who = responsible(text, start, end, rest, sentence.parts)
    if who is None and sentence.whole < sentence.start:
        who = responsible(text, sentence.whole, end, sentence.whole, ())
    if who and who.islower() and (at := low.find(who)) >= 0:
        who = text[at : at + len(who)]
    return Deadline(
        task=_UNFINISHED.sub("", _LEADING.sub("", task)),
        due=due.due,
        kind=due.kind,
        due_text=text[due.start : due.end],
        after=due.after,
        responsible=who,
        quote=text[first:last],
        start=first,
        end=last,
    )


def _without(
    text: str, clause: tuple[int, int], times: list[tuple[int, int]]
) -> tuple[list[str], int]:
    """Return the pieces of a clause between its times, and where the words after the first begin.

    What only links times ("trước 15/6 và 15/12") goes with them.
    """
    begin, end = clause
    kept: list[str] = []
    rest = begin
    for first, last in times:
        between = text[begin:first]
        if not (kept or rest > clause[0]) and _OPENING.fullmatch(between):
            rest = last
        elif begin > clause[0] and not between.strip(" ,").removeprefix("và").strip():
            rest = last if rest == begin else rest
        else:
            kept.append(between)
        begin = last
    return [*kept, text[begin:end]], rest


def _quoted(
    text: str, clause: tuple[int, int], sentence: Sentence, inside: bool
) -> tuple[int, int]:
    """Return the clause to quote; with its leading words where they hold the time."""
    start, end = clause
    if not inside or end - start < _SHORT:
        start = sentence.whole if not inside or start == sentence.start else start
    while start < end and text[start] in " ,;:":
        start += 1
    while end > start and text[end - 1] in " ,;:":
        end -= 1
    return start, end

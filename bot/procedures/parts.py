"""The parts of a procedure that a question asks for, each with the passage that answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.conversation import Shown
from bot.procedures.papers import form_of, list_of
from bot.procedures.stated import PAPERS, TABLE, acting_time, agrees, processing_time, where
from bot.quotes import shown
from config.words import Intent
from index.answer_types import looks_like
from index.question import Question
from index.quoting import TABLE_LENGTH, Passage
from index.searcher import Hit
from knowledge.procedures.facts import Mode, Procedure
from knowledge.sentences import sentence_spans

OF_TABLE = ("time_limit", "fee", "mode")
LOOKS = {"time_limit": "duration", "fee": "money", "mode": "mode"}
# Answered from the first of their fields that the procedure has; others by what fits best.
STRICT = ("documents", "forms", "authority", "result", "legal_basis")


@dataclass(frozen=True)
class Part:
    """One thing that is asked, and the passage that answers it."""

    intent: str
    passage: Shown


def parts_of(
    hit: Hit,
    facts: Procedure,
    intents: Sequence[Intent],
    rows: Sequence[Mode],
    question: Question,
) -> list[Part]:
    """Return what is asked of a procedure with the passages that answer, each passage once.

    Args:
        hit: the procedure with the passages found in it.
        facts: the same as rows.
        intents: what is asked, in the order of the question.
        rows: the rows of the table that are asked about.
        question: the question.
    """
    parts = [
        Part(intent.name, passage)
        for intent in intents
        for passage in [_passage(hit, facts, intent, rows, question)]
        if passage is not None
    ]
    distinct: list[Part] = []
    for part in parts:
        if not any(_overlap(part.passage, other.passage) for other in distinct):
            distinct.append(part)
    return distinct


def _passage(
    hit: Hit, facts: Procedure, intent: Intent, rows: Sequence[Mode], question: Question
) -> Shown | None:
    if intent.name in OF_TABLE and _states(intent.name, rows):
        return _rows_passage(hit, rows, LOOKS[intent.name])
    if intent.name == "documents" and (listed := list_of(hit, facts.papers, question)):
        return listed
    if intent.name == "forms" and (form := form_of(facts.papers, question.understood)):
        return Shown(hit.document.id, *form.span, ((0, len(form.name)),), (PAPERS,), hit.confidence)
    if sentence := _stated(hit, facts, intent, rows, question.understood):
        return sentence
    found = _of_fields(hit, intent, rows)
    if found is None and intent.name in OF_TABLE and rows:
        return _rows_passage(hit, rows, LOOKS[intent.name])
    return shown(hit, found) if found else None


def _stated(
    hit: Hit, facts: Procedure, intent: Intent, rows: Sequence[Mode], asked: str
) -> Shown | None:
    """Return the sentence that answers where no table does."""
    match intent.name:
        case "time_limit":
            return processing_time(hit, rows)
        case "act_by":
            return acting_time(hit, asked)
        case "hand_in":
            return where(hit, asked)
        case "authority" if facts.authority is None:
            return where(hit, asked)
    return None


def _states(name: str, rows: Sequence[Mode]) -> bool:
    """Say whether the table says anything about what is asked."""
    if name == "time_limit":
        # A bare number gets its unit from the sentences, which are the better quote.
        return any(row.time and any(map(str.isalpha, row.time)) for row in rows)
    return (name == "mode" and bool(rows)) or any(row.fee.text is not None for row in rows)


def _rows_passage(hit: Hit, rows: Sequence[Mode], kind: str) -> Shown:
    """Return the rows that are asked about, as many as fit; or the words that fit best in them.

    What was found by its words goes before the first rows where it holds a whole row of those
    asked about, or says in words what is asked: for several cases the remarks say which has what.
    """
    best = next((p for p in hit.passages if p.heading[:1] == (TABLE,)), None)
    inside = best and best.end <= rows[-1].span[1]
    if best and inside and any(row.span[0] <= best.start < row.span[1] for row in rows):
        text = hit.document.text[best.start : best.end]
        whole = any(best.start <= row.head[0] and row.head[1] <= best.end for row in rows)
        if whole or looks_like(kind, text):
            return shown(hit, best)
    start, end = rows[0].span
    if end - start > TABLE_LENGTH:
        end = max(rows[0].head[1], _cut(hit.document.text, start, end))
    for row in rows[1:]:
        if row.span[0] - end > 1 or row.span[1] - start > TABLE_LENGTH:
            break
        end = row.span[1]
    answering = tuple(
        (row.head[0] - start, row.head[1] - start) for row in rows if row.head[1] <= end
    )
    return Shown(hit.document.id, start, end, answering, (TABLE,), hit.confidence)


def _cut(text: str, start: int, end: int) -> int:
    """Return where the first sentences of a long row end."""
    reached = start
    for _, stop in sentence_spans(text, start, end):
        if stop - start > TABLE_LENGTH:
            break
        reached = stop
    return reached


def _of_fields(hit: Hit, intent: Intent, rows: Sequence[Mode]) -> Passage | None:
    """Return the best passage in the fields that answer an intent."""
    if intent.name == "time_limit" and any(row.duration.amount for row in rows):
        # The table has a bare number: what else says it in words, or the table after all.
        for passage in hit.passages:
            words = hit.document.text[passage.start : passage.end]
            elsewhere = passage.heading[:1] not in ((TABLE,), ())
            if elsewhere and looks_like("duration", words) and agrees(words, rows):
                return passage
        return None
    if intent.name in STRICT:
        for field in intent.sections:
            for passage in sorted(hit.passages, key=lambda p: -p.score):
                if passage.heading[:1] == (field,):
                    return passage
    held = (p for p in hit.passages if p.heading[:1] and p.heading[0] in intent.sections)
    return next(held, None)


def _overlap(one: Shown, other: Shown) -> bool:
    return one.start < other.end and other.start < one.end


def rest_of(hit: Hit, parts: Sequence[Part]) -> Iterator[Shown]:
    """Yield the other passages of the procedure, best first."""
    for passage in hit.passages:
        if not any(p.passage.start < passage.end and passage.start < p.passage.end for p in parts):
            yield shown(hit, passage)

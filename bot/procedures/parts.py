"""The parts of a procedure that a question asks for, each with the passage that answers."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.conversation import Shown
from bot.procedures.stated import PAPERS, TABLE, acting_time, processing_time, where
from bot.quotes import shown
from config.words import Intent
from index.answer_types import looks_like
from index.quoting import LENGTH, LIST_LENGTH, TABLE_LENGTH, Passage
from index.searcher import Hit
from index.text import fold, syllables
from knowledge.procedures.facts import Mode, Paper, Procedure
from knowledge.sentences import sentence_spans

OF_TABLE = ("time_limit", "fee", "mode")
LOOKS = {"time_limit": "duration", "fee": "money", "mode": "mode"}
# Answered from the first of their fields that the procedure has; others by what fits best.
STRICT = ("documents", "forms", "authority", "result", "legal_basis")
FORM_NAMES = ("tờ khai", "đơn", "mẫu", "phiếu", "giấy đề nghị", "văn bản đề nghị", "bản khai")


@dataclass(frozen=True)
class Part:
    """One thing that is asked, and the passage that answers it."""

    intent: str
    passage: Shown


def parts_of(
    hit: Hit, facts: Procedure, intents: Sequence[Intent], rows: Sequence[Mode], asked: str
) -> list[Part]:
    """Return what is asked of a procedure with the passages that answer, each passage once.

    Args:
        hit: the procedure with the passages found in it.
        facts: the same as rows.
        intents: what is asked, in the order of the question.
        rows: the rows of the table that are asked about.
        asked: the question as understood.
    """
    parts = [
        Part(intent.name, passage)
        for intent in intents
        for passage in [_passage(hit, facts, intent, rows, asked)]
        if passage is not None
    ]
    distinct: list[Part] = []
    for part in parts:
        if not any(_overlap(part.passage, other.passage) for other in distinct):
            distinct.append(part)
    return distinct


def _passage(
    hit: Hit, facts: Procedure, intent: Intent, rows: Sequence[Mode], asked: str
) -> Shown | None:
    if intent.name in OF_TABLE and _states(intent.name, rows):
        return _rows_passage(hit, rows, LOOKS[intent.name])
    if intent.name == "documents" and (whole := _whole_list(hit, facts.papers)):
        return whole
    if intent.name == "forms" and (form := _form(facts.papers, asked)):
        return Shown(hit.document.id, *form.span, ((0, len(form.name)),), (PAPERS,), hit.confidence)
    if sentence := _stated(hit, facts, intent, rows, asked):
        return sentence
    found = _of_fields(hit, intent)
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
            return where(hit)
        case "authority" if facts.authority is None:
            return where(hit)
    return None


def _states(name: str, rows: Sequence[Mode]) -> bool:
    """Say whether the table says anything about what is asked."""
    if name == "time_limit":
        return any(row.duration.unit or (row.time and not row.duration.amount) for row in rows)
    return (name == "mode" and bool(rows)) or any(row.fee.text is not None for row in rows)


def _rows_passage(hit: Hit, rows: Sequence[Mode], kind: str) -> Shown:
    """Return the rows that are asked about, as many as fit; or the words that fit best in them.

    What was found by its words goes before the first rows where it holds a whole row of those
    asked about, or says in words what is asked: for several cases the remarks say which has what.
    """
    best = next((p for p in hit.passages if p.heading[:1] == (TABLE,)), None)
    if best and any(row.span[0] <= best.start < row.span[1] for row in rows):
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


def _form(papers: Sequence[Paper], asked: str) -> Paper | None:
    """Return the form among the papers whose name has most of the question's words."""
    words = set(syllables(fold(asked)))
    forms = [p for p in papers if p.form or p.name.lower().startswith(FORM_NAMES)]
    fitting = [p for p in forms if p.span[1] - p.span[0] <= 2 * LENGTH] or forms
    return max(fitting, key=lambda p: _shared(p.name, words), default=None)


def _shared(name: str, words: set[str]) -> float:
    said = set(syllables(fold(name)))
    return len(said & words) / math.sqrt(len(said) or 1)


def _whole_list(hit: Hit, papers: Sequence[Paper]) -> Shown | None:
    """Return the list of papers if a phone can show all of it."""
    if not papers:
        return None
    start, end = papers[0].span[0], papers[-1].span[1]
    if end - start > LIST_LENGTH:
        return None
    return Shown(hit.document.id, start, end, (), (PAPERS,), hit.confidence)


def _of_fields(hit: Hit, intent: Intent) -> Passage | None:
    """Return the best passage in the fields that answer an intent."""
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

"""Answers held against a question set: hits, honest silence, lengths, latency."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from knowledge.readers.procedures import HEADINGS

LEAST_INSIDE = 25  # a quote that lies inside a gold string has to be this long

Reply = dict[str, Any]


@dataclass(frozen=True)
class Judgement:
    """One question and what became of it.

    Attributes:
        row: the question's line.
        reply: the reply in the shape of `cchc ask --json`.
        first_hit, any_hit: the first, or any, quote holds a gold string.
        code_first, code_near: an accepted procedure comes first; within three or as a choice.
        field_first: the first quote holds a gold string, or stands in the field of a procedure
            that is said to hold the answer.
        milliseconds: time that the reply took.
    """

    row: dict[str, Any]
    reply: Reply
    first_hit: bool
    any_hit: bool
    code_first: bool
    code_near: bool
    field_first: bool
    milliseconds: float

    @property
    def answerable(self) -> bool:
        """Whether the documents hold an answer."""
        return bool(self.row.get("answerable", True))

    @property
    def answered(self) -> bool:
        """Whether the reply claims to answer."""
        return bool(self.reply["status"] == "answered")

    @property
    def silent(self) -> bool:
        """Whether the reply neither answers nor asks back."""
        return self.reply["status"] not in ("answered", "clarify")


def comparable(text: str) -> str:
    """Return `text` as hits are compared: NFC, case and white space aside."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def holds(quote: str, gold: Sequence[str]) -> bool:
    """Say whether a quote holds a gold string, or lies inside one and is long enough."""
    said = comparable(quote)
    return any(
        wanted in said or (len(said) >= LEAST_INSIDE and said in wanted)
        for wanted in map(comparable, gold)
    )


def judge(row: dict[str, Any], reply: Reply, milliseconds: float) -> Judgement:
    """Return what `reply` is worth as an answer to the question of `row`."""
    gold = row.get("gold") or []
    hits = [holds(quote["text"], gold) for quote in reply["quotes"]]
    codes = list(dict.fromkeys(f["code"] for f in reply["facts"] if f.get("code")))
    offered = {choice.get("code") for choice in reply["choices"]}
    accepted = set(row.get("codes") or [])
    return Judgement(
        row,
        reply,
        first_hit=bool(hits and hits[0]),
        any_hit=any(hits),
        code_first=bool(codes and codes[0] in accepted),
        code_near=bool(accepted & (set(codes[:3]) | offered)),
        field_first=bool(hits and hits[0]) or _of_field(row, reply),
        milliseconds=milliseconds,
    )


def _of_field(row: dict[str, Any], reply: Reply) -> bool:
    """Say whether the first quote stands in the field that a line names."""
    wanted = HEADINGS.get(str(row.get("field")))
    heading = (reply["quotes"][0].get("heading") or "") if reply["quotes"] else ""
    return wanted is not None and heading.split(" › ")[0] == wanted


def evaluate(
    rows: Iterable[dict[str, Any]], ask: Callable[[dict[str, Any]], tuple[Reply, float]]
) -> list[Judgement]:
    """Return the judgement of every question.

    Args:
        rows: lines of a question set.
        ask: gives the reply to a line and the milliseconds that it took.
    """
    return [judge(row, *ask(row)) for row in rows]


def summarise(judgements: Sequence[Judgement]) -> dict[str, Any]:
    """Return the figures of all questions and of each style."""
    groups: defaultdict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        groups[str(judgement.row.get("style") or "none")].append(judgement)
    return {
        "overall": _figures(judgements),
        "styles": {style: _figures(group) for style, group in sorted(groups.items())},
    }


def _figures(judgements: Sequence[Judgement]) -> dict[str, float | int | None]:
    known = [j for j in judgements if j.answerable]
    unknown = [j for j in judgements if not j.answerable]
    coded = [j for j in known if j.row.get("codes")]
    lengths = [len(j.reply["quotes"][0]["text"]) for j in known if j.reply["quotes"]]
    times = [j.milliseconds for j in judgements]
    return {
        "questions": len(judgements),
        "answerable": len(known),
        "answered": _share([j.answered for j in known]),
        "no_answer": _share([j.silent for j in known]),
        "first_quote": _share([j.first_hit for j in known]),
        "any_quote": _share([j.any_hit for j in known]),
        "code_first": _share([j.code_first for j in coded]),
        "code_in_three_or_choices": _share([j.code_near for j in coded]),
        "code_and_field": _share([j.code_first and j.field_first for j in coded]),
        "code_and_answer": _share([j.code_first and j.first_hit for j in coded]),
        "unanswerable": len(unknown),
        "unanswerable_answered": _share([j.answered for j in unknown]),
        "quote_length_p50": _percentile(lengths, 50),
        "quote_length_p95": _percentile(lengths, 95),
        "p50_ms": _percentile(times, 50),
        "p95_ms": _percentile(times, 95),
    }


def _share(flags: Sequence[bool]) -> float | None:
    return round(sum(flags) / len(flags), 4) if flags else None


def _percentile(values: Sequence[float], percent: int) -> float | None:
    return round(float(np.percentile(values, percent)), 1) if values else None

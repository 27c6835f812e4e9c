"""`POST /api/ask` under load from a second process: at a rate, at its capacity, at twice that."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from bot.measuring.benchmark import Row, bundled_questions, copied
from bot.measuring.serving.load import Asked, ask_at_rate
from bot.measuring.serving.process import Serving
from bot.measuring.serving.questions import asked_again, many_questions
from knowledge.store import KnowledgeStore

WARM_UP = 200  # questions before the measuring begins, at a rate that nothing has to wait for
WARM_UP_RATE = 20.0
FLOOD = 1.5  # times the rate, for the capacity
FLOOD_SECONDS = 10.0
OK, TOO_MANY = 200, 429


def run_api(
    home: Path,
    rate: float,
    seconds: float,
    repeated: float,
    warm_up: int = WARM_UP,
    flood_seconds: float = FLOOD_SECONDS,
) -> list[Row]:
    """Measure over a copy of `home`.

    The capacity is how many a second are answered when more come than can be.

    Args:
        home: folder of the documents.
        rate: questions a second of the first run.
        seconds: how long it and the run at twice the capacity take.
        repeated: share of the questions that were asked before.
        warm_up: questions before it.
        flood_seconds: how long the run for the capacity takes.

    Raises:
        HomeError, ConfigError: the home cannot be used.
        BenchmarkError: the server does not start.
    """
    with copied(home) as copy:
        different = many_questions(bundled_questions(), question_names(copy))
        questions = asked_again(different, repeated)
        serving = Serving(copy)
        try:
            _run(serving, list(islice(questions, warm_up)), WARM_UP_RATE, "w")
            even = _run(serving, list(islice(questions, int(rate * seconds))), rate, "a")
            flooded = list(islice(questions, int(FLOOD * rate * flood_seconds)))
            flood = _run(serving, flooded, FLOOD * rate, "b")
            capacity = flood["served_qps"]
            twice = max(2 * capacity, 1.0)
            over = _run(serving, list(islice(questions, int(twice * seconds))), twice, "c")
        finally:
            serving.kill()
    return [
        Row(f"{rate:g} câu một giây trong {seconds:g} giây", even),
        Row(f"Sức chứa, khi dồn {FLOOD * rate:g} câu một giây", flood),
        Row(f"Gấp đôi sức chứa, {twice:.0f} câu một giây", over),
    ]


def question_names(home: Path) -> list[str]:
    """Return the names of the procedures that a home holds."""
    store = KnowledgeStore(home)
    try:
        return [entry.title for entry in store.entries() if entry.metadata.code]
    finally:
        store.close()


def _run(serving: Serving, questions: Sequence[str], rate: float, name: str) -> dict[str, float]:
    before = np.array([serving.processor_seconds, serving.own_processor_seconds])
    asked = ask_at_rate(serving.port, questions, rate, name)
    spent = np.array([serving.processor_seconds, serving.own_processor_seconds]) - before
    served = max(sum(one.status == OK for one in asked), 1)
    cpu, own = (1000 * spent / served).round(2).tolist()
    return _figures(asked, len(questions) / rate) | {"cpu_ms": cpu, "http_cpu_ms": own}


def _figures(asked: Sequence[Asked], seconds: float) -> dict[str, float]:
    """Return the figures of a run: how many were served a second, how soon, and what was not.

    Args:
        asked: what became of the questions.
        seconds: within which they were due.
    """
    served = [1000 * one.seconds for one in asked if one.status == OK]
    shed = [one for one in asked if one.status == TOO_MANY]
    p50, p95, p99 = np.percentile(served, [50, 95, 99]).tolist() if served else (0.0, 0.0, 0.0)
    # What is still being answered when the last one was due does not count as served in time.
    longest = max([seconds, *(i * seconds / len(asked) + a.seconds for i, a in enumerate(asked))])
    return {
        "served_qps": round(len(served) / longest, 1),
        "p50_ms": round(p50, 1),
        "p95_ms": round(p95, 1),
        "p99_ms": round(p99, 1),
        "shed_messages": float(len(shed)),
        "untold_messages": float(sum(not one.told_when for one in shed)),
        "errors_messages": float(len(asked) - len(served) - len(shed)),
    }

"""The commands that measure serving: they ask what they say, and count what became of it."""

from __future__ import annotations

from collections import Counter
from itertools import count, islice
from pathlib import Path

import pytest

from bot.measuring.benchmark import bundled_questions
from bot.measuring.serving.api import run_api
from bot.measuring.serving.questions import asked_again, many_questions


def test_questions_hardly_ever_repeat_and_are_the_same_at_each_call() -> None:
    names = [f"Cấp giấy phép số {number} cho doanh nghiệp" for number in range(500)]
    first, again = (
        list(islice(many_questions(bundled_questions(), names), 2000)) for _ in range(2)
    )
    assert first == again
    assert len(set(first)) > 1800
    assert any(question.isascii() for question in first)


@pytest.mark.parametrize("share", [0.0, 0.5])
def test_as_many_questions_were_asked_before_as_are_wanted(share: float) -> None:
    new = (f"câu {number}" for number in count())
    asked = list(islice(asked_again(new, share), 4000))
    assert 1 - len(set(asked)) / len(asked) == pytest.approx(share, abs=0.03)
    times = Counter(asked)
    if share:  # a few again and again
        assert max(times.values()) > 20


@pytest.mark.slow
def test_a_short_run_counts_every_question(bundled_home: Path) -> None:
    rows = run_api(bundled_home, rate=4, seconds=1, repeated=0.5, warm_up=3, flood_seconds=1)
    even, flood, twice = (row.figures for row in rows)
    for figures in (even, flood, twice):
        assert figures["errors_messages"] == figures["untold_messages"] == 0
    assert even["served_qps"] > 0
    assert 0 < even["p50_ms"] <= even["p95_ms"] <= even["p99_ms"]

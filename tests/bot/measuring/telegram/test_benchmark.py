"""The load command: it measures every question, and says which were lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.measuring.telegram.benchmark import run_telegram


@pytest.mark.slow
def test_a_short_run_answers_every_question(bundled_home: Path) -> None:
    one, many = run_telegram(bundled_home, ["PAR Index là gì?"], singly=3, rate=4, seconds=1)
    assert one.subject == "Telegram, từng câu một"
    for row in (one, many):
        assert row.figures["lost_messages"] == 0
        assert 0 < row.figures["p50_ms"] <= row.figures["p95_ms"]

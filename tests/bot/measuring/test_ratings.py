"""What measures ratings: kills lose nothing, the figures have their names."""

from __future__ import annotations

import os
import re

import pytest

from bot.cli import run
from bot.measuring.ratings.benchmark import measure


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="the harness needs fork")
def test_killed_processes_lose_and_double_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["ratings", "kill", "--kills", "20"]) == 0
    said = capfd.readouterr().out
    found = re.search(r"(\d+) lần ngắt, (\d+) phiếu đã xác nhận: mất 0, ghi hai lần 0", said)
    assert found, said
    assert int(found[1]) >= 20
    assert int(found[2]) >= 5, "there was something to lose"
    assert "nguyên vẹn" in said


@pytest.mark.slow
def test_the_benchmark_gives_its_figures() -> None:
    figures = measure(2000, 20)
    assert set(figures) == {
        "ratings_per_s",
        "rating_p95_ms",
        "ratings",
        "report_s",
        "pictures_s",
        "command_s",
    }
    assert all(value > 0 for value in figures.values())

"""Rows out of whole plans, resolutions, directives, reports and annexes made up for the purpose."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.measuring.plans import measure_plans
from bot.measuring.row_judge import Scores

PLANS = Path(__file__).parent / "plans_as_written"


@pytest.fixture(scope="module")
def scores() -> Scores:
    return measure_plans(PLANS)


def test_targets_of_whole_plans_are_read(scores: Scores) -> None:
    figures = scores.targets.as_json()
    assert figures["precision"] >= 0.98, scores.targets.false
    assert figures["recall"] >= 0.97, scores.targets.missed


def test_deadlines_of_whole_plans_are_read(scores: Scores) -> None:
    figures = scores.deadlines.as_json()
    assert figures["precision"] >= 0.98, scores.deadlines.false
    assert figures["recall"] >= 0.98, scores.deadlines.missed

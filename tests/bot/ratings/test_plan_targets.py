"""Targets for satisfaction come out of the bundled plans, with their clause and source."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.ratings.reports.plan_targets import PlanTargets
from config.indicators import load_indicators
from knowledge.extracting import Extractor
from knowledge.places import Places
from knowledge.row_shelf import RowShelf
from knowledge.store import KnowledgeStore
from knowledge.targets.names import Names


@pytest.fixture(scope="module")
def targets(bundled_home: Path) -> PlanTargets:
    names = Names(Extractor(load_indicators()).vocabulary)
    rows = RowShelf(KnowledgeStore(bundled_home), Places.load(), names)
    return PlanTargets(rows, lambda: date(2026, 5, 4))


@pytest.mark.parametrize(
    ("field", "percent"),
    [(None, 90), ("Đất đai", 85), ("Xây dựng", 85), ("Đầu tư", 85), ("Y tế", 85)],
)
def test_the_plan_of_the_place_and_year_counts(
    targets: PlanTargets, field: str | None, percent: float
) -> None:
    target = targets.satisfaction(field, 2023, "Quảng Nam")
    assert target is not None
    assert target.percent == percent
    assert "3532" in target.source
    assert str(percent) in target.clause


@pytest.mark.parametrize(
    ("field", "year", "place"),
    [
        ("Hộ tịch", 2023, "Quảng Nam"),
        ("Đất đai", 2024, "Quảng Nam"),
        ("Đất đai", 2023, None),
        ("Đất đai", 2023, "Hà Giang"),
    ],
)
def test_without_a_plan_there_is_no_target(
    targets: PlanTargets, field: str, year: int, place: str | None
) -> None:
    assert targets.satisfaction(field, year, place) is None

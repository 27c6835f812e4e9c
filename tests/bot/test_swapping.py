"""A new place, year or index in an old question."""

from __future__ import annotations

import pytest

from bot.swapping import Swapper
from index.question import Question
from knowledge.places import Places
from tests.bot.town import Town

SWAPPER = Swapper({"PCI": ("Chỉ số năng lực cạnh tranh cấp tỉnh",), "SIPAS": ()})


@pytest.mark.parametrize(
    ("text", "years", "swapped"),
    [
        ("mục tiêu năm 2023 là gì", (2025,), "mục tiêu năm 2025 là gì"),
        ("mục tiêu giai đoạn 2021 - 2025", (2030,), "mục tiêu năm 2030"),
        ("mục tiêu năm 2023", (2026, 2030), "mục tiêu giai đoạn 2026 - 2030"),
        ("từ năm 2021 đến năm 2025 đạt gì?", (2024,), "năm 2024 đạt gì?"),
        ("mục tiêu là gì?", (2025,), "mục tiêu là gì năm 2025"),
        ("năm 2021 và kế hoạch 2023", (2025,), "năm 2025 và kế hoạch"),
    ],
)
def test_years(text: str, years: tuple[int, ...], swapped: str) -> None:
    assert SWAPPER.with_years(text, years) == swapped


@pytest.mark.parametrize(
    ("text", "named", "swapped"),
    [
        ("Quảng Nam đặt mục tiêu gì", "vinh long", "Vĩnh Long đặt mục tiêu gì"),
        ("mục tiêu của tỉnh Quảng Nam?", "Đà Nẵng", "mục tiêu của Đà Nẵng?"),
        ("mục tiêu là gì", "Đà Nẵng", "mục tiêu là gì ở Đà Nẵng"),
        ("kế hoạch 3532/QĐ-UBND của Quảng Nam", "Đà Nẵng", "kế hoạch của Đà Nẵng"),
    ],
)
def test_places(town: Town, places: Places, text: str, named: str, swapped: str) -> None:
    question: Question = town.tools.understanding.read(named)
    assert SWAPPER.with_place(text, question, places) == swapped


@pytest.mark.parametrize(
    ("text", "subject", "swapped"),
    [
        ("mục tiêu PCI là gì", "SIPAS", "mục tiêu SIPAS là gì"),
        ("mục tiêu Chỉ số năng lực cạnh tranh cấp tỉnh (PCI)", "sipas", "mục tiêu sipas"),
        ("mục tiêu là gì", "SIPAS", None),
        ("mục tiêu PCI là gì", "đất đai", None),
    ],
)
def test_indices(text: str, subject: str, swapped: str | None) -> None:
    assert SWAPPER.with_indicator(text, subject) == swapped

"""Results typed by officials: read, read back, stored with a note; refused for others."""

from __future__ import annotations

from datetime import date

import pytest

from config.indicators import load_indicators
from knowledge.places import Places
from knowledge.results.typed import TypedResultError, TypedResults
from knowledge.targets.names import Names

TODAY = date(2026, 5, 4)


@pytest.fixture(scope="module")
def reader() -> TypedResults:
    vocabulary = load_indicators()
    return TypedResults(Names(vocabulary), Places.load(), vocabulary.units)


@pytest.mark.parametrize(
    ("words", "row"),
    [
        (
            "PCI 2023 Quảng Nam hạng 10, nguồn Báo cáo PCI 2023",
            ("pci", 10, "hạng", 2023, "Quảng Nam", "2023-12-31", "Báo cáo PCI 2023"),
        ),
        (
            "kết quả SIPAS năm 2024 của tỉnh Vĩnh Long đạt 84,08%; nguồn: Bộ Nội vụ",
            ("sipas", 84.08, "%", 2024, "Vĩnh Long", "2024-12-31", "Bộ Nội vụ"),
        ),
        (
            "Tỷ lệ hồ sơ đúng hạn 98,5% tính đến 30/6/2025, nguồn báo cáo 512/BC-SNV",
            ("dung_han", 98.5, "%", 2025, None, "2025-06-30", "báo cáo 512/BC-SNV"),
        ),
        (
            "PAPI 2024 Đồng Tháp 44,2 điểm (nguồn: UNDP)",
            ("papi", 44.2, "điểm", 2024, "Đồng Tháp", "2024-12-31", "UNDP"),
        ),
    ],
)
def test_a_result_is_read(reader: TypedResults, words: str, row: tuple[object, ...]) -> None:
    r = reader.read(words, TODAY)
    assert (r.key, r.value, r.unit, r.year, r.place, r.as_of.isoformat(), r.source) == row


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("PCI 2023 Quảng Nam hạng 10", "thiếu nguồn"),
        ("PCI Quảng Nam hạng 10, nguồn VCCI", "thiếu năm"),
        ("PCI 2023 Quảng Nam, nguồn VCCI", "thiếu số liệu"),
        ("Quảng Nam 2023 hạng 10, nguồn VCCI", "thiếu tên chỉ tiêu"),
        ("PCI 2031 Quảng Nam hạng 10, nguồn VCCI", "chưa đến"),
        ("PCI 2023 2024 Quảng Nam hạng 10, nguồn VCCI", "nhiều năm"),
        ("Hồ sơ đúng hạn 98%, trực tuyến 60% năm 2024, nguồn Sở", "nhiều số liệu"),
        ("PCI hạng 10 đến ngày 31/2/2024, nguồn VCCI", "không phải một ngày"),
    ],
)
def test_what_is_missing_is_named(reader: TypedResults, words: str, reason: str) -> None:
    with pytest.raises(TypedResultError, match=reason):
        reader.read(words, TODAY)

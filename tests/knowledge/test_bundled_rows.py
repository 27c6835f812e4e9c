"""What the bundled pages set: every target and deadline of them, checked by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.indicators import load_indicators
from knowledge.extracting import Extract, Extractor
from knowledge.ingest import Ingest
from knowledge.places import Places
from knowledge.readers import read_file

PAGES = Path(__file__).parents[2] / "knowledge" / "bundled"
EXTRACTOR = Extractor(load_indicators())

TARGETS = {
    "dak-lak-3478-qd-ubnd": [("par_index", "top_n", 20, 2025, None)],
    "nq-76-nq-cp": [
        ("cat_giam_thu_tuc", ">=", 20, 2025, None),
        ("chi_phi_tuan_thu", ">=", 20, 2025, None),
        ("ho_so_truc_tuyen", ">=", 80, 2025, None),
        ("hai_long", ">=", 90, 2025, None),
        ("ho_so_truc_tuyen", ">=", 90, 2030, None),
        (None, "top_n", 30, 2030, None),
    ],
    "qd-225-qd-ttg": [("hai_long", ">=", 80, 2020, None)],
    "quang-nam-3532-ke-hoach-2023": [
        ("pci", "top_n", 6, 2023, None),
        ("papi", "top_n", 20, 2023, None),
        ("dti", "top_n", 20, 2023, None),
        ("mot_phan", ">=", 65, 2023, None),
        ("so_hoa", "=", 60, 2023, None),
        ("ho_so_truc_tuyen", "increase_by", 20, 2023, None),
        (None, "=", 100, 2023, None),
        ("van_ban_dien_tu", "=", 100, 2023, None),
        ("hai_long", "=", 90, 2023, None),
        ("hai_long", ">=", 85, 2023, "đất đai"),
        ("hai_long", ">=", 85, 2023, "xây dựng"),
        ("hai_long", ">=", 85, 2023, "đầu tư"),
        ("hai_long", "=", 85, 2023, "y tế"),
        ("hai_long", "=", 85, 2023, "giáo dục"),
        ("par_index", "top_n", 20, 2023, None),
        ("sipas", "top_n", 20, 2023, None),
        ("par_index", "top_n", 25, 2023, None),
        ("sipas", "top_n", 25, 2023, None),
    ],
}
DUE = {"qd-1565-qd-ttg": ["2025-11-30", "2026-11-30"]}


def read(page: Path, places: Places) -> Extract:
    return EXTRACTOR.read(Ingest.read(read_file(page, 1_000_000).documents[0], places))


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.md")), ids=lambda page: page.stem)
def test_a_page_yields_its_rows_and_no_others(page: Path, places: Places) -> None:
    found = read(page, places)
    rows = [(r.key, r.comparator.value, r.value, r.year, r.field) for r in found.targets]
    assert rows == TARGETS.get(page.stem, [])
    assert [row.due for row in found.deadlines] == DUE.get(page.stem, [])

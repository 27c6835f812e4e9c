"""Targets and deadlines beside their documents: stored, replaced and removed together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from config.indicators import load_indicators
from knowledge.document import Period
from knowledge.extracting import Extractor
from knowledge.places import Places
from knowledge.row_shelf import RowShelf, Wanted
from knowledge.store import KnowledgeStore
from knowledge.targets.names import Names
from tests.knowledge.plans import plan

ON = date(2024, 5, 2)
LINES = (
    "Phấn đấu tỷ lệ hồ sơ đúng hạn đạt 95%; mức độ hài lòng về đất đai đạt từ 85% trở lên.",
    "Sở Nội vụ báo cáo kết quả trước ngày 15/12/2024.",
    "Trước ngày 23 hằng tháng, các sở gửi số liệu về Sở Nội vụ.",
)
EXTRACTOR = Extractor(load_indicators())


@pytest.fixture
def store(tmp_path: Path) -> KnowledgeStore:
    return KnowledgeStore(tmp_path, EXTRACTOR)


@pytest.fixture
def shelf(store: KnowledgeStore, places: Places) -> RowShelf:
    return RowShelf(store, places, Names(EXTRACTOR.vocabulary))


def values(shelf: RowShelf, **wanted: object) -> list[float]:
    return [found.row.value for found in shelf.targets(Wanted(**wanted), ON)]  # type: ignore[arg-type]


def test_rows_come_back_as_they_were_read(store: KnowledgeStore) -> None:
    document = plan(*LINES)
    store.put(document)
    assert tuple(row for _, row in store.extracts.targets()) == EXTRACTOR.read(document).targets
    assert tuple(row for _, row in store.extracts.deadlines()) == EXTRACTOR.read(document).deadlines


def test_a_new_version_takes_the_place_of_the_rows(store: KnowledgeStore) -> None:
    store.put(plan(*LINES))
    store.put(plan("Phấn đấu tỷ lệ hồ sơ đúng hạn đạt 97%."))
    assert [row.value for _, row in store.extracts.targets()] == [97]
    assert not list(store.extracts.deadlines())


def test_rows_go_with_their_document(store: KnowledgeStore) -> None:
    store.put(plan(*LINES))
    store.remove("ke-hoach")
    assert not list(store.extracts.targets())
    assert not list(store.extracts.deadlines())


def test_a_corrected_period_moves_the_years(store: KnowledgeStore) -> None:
    document = plan(*LINES)
    store.put(document)
    store.correct("ke-hoach", replace(document.metadata, period=Period(2026, 2026)))
    assert {row.year for _, row in store.extracts.targets()} == {2026}
    store.put(replace(document, text=document.text + " "))
    assert {row.year for _, row in store.extracts.targets()} == {2026}


def test_another_version_of_the_rules_reads_all_anew(tmp_path: Path) -> None:
    KnowledgeStore(tmp_path).put(plan(*LINES))
    store = KnowledgeStore(tmp_path, EXTRACTOR)
    assert not store.extracts_are_current()
    version = store.version
    store.read_extracts_anew()
    assert store.extracts_are_current()
    assert store.extracts.counts("targets") == {"ke-hoach": 2}
    assert store.version == version, "the index need not be built again"


def test_looking_up_sees_what_another_process_stored(
    store: KnowledgeStore, shelf: RowShelf, tmp_path: Path
) -> None:
    assert values(shelf) == []
    KnowledgeStore(tmp_path, EXTRACTOR).put(plan(*LINES))
    assert sorted(values(shelf, years=(2024,))) == [85, 95]


def test_kinds_fields_places_and_years_narrow(store: KnowledgeStore, shelf: RowShelf) -> None:
    store.put(plan(*LINES))
    store.put(replace(plan(*LINES, place="Quảng Nam"), id="qn"))
    assert values(shelf, text="hồ sơ đúng hạn", places=("Đồng Tháp",)) == [95]
    assert values(shelf, text="hài lòng đất đai", places=("Quảng Nam",)) == [85]
    assert values(shelf, text="hài lòng", places=("Đà Nẵng",)) == [85], "Quảng Nam is part of it"
    assert values(shelf, text="hài lòng", places=("Cà Mau",)) == []
    assert values(shelf, text="hài lòng", years=(2023,)) == []


def test_an_original_goes_before_its_summary(store: KnowledgeStore, shelf: RowShelf) -> None:
    store.put(replace(plan(*LINES, summarises=("1/KH",)), id="a-summary"))
    store.put(plan(*LINES))
    found = shelf.targets(Wanted(text="hồ sơ đúng hạn"), ON)
    assert [row.document.id for row in found] == ["ke-hoach"]


def test_what_recurs_is_due_within_its_plan(store: KnowledgeStore, shelf: RowShelf) -> None:
    store.put(plan(*LINES))
    days = [found.day for found in shelf.deadlines(Wanted(), ON)]
    assert days == [date(2024, 5, 23), date(2024, 12, 15)]
    later = [found.day for found in shelf.deadlines(Wanted(), date(2025, 3, 1))]
    assert later == [date(2024, 12, 15)]
    earlier = [found.day for found in shelf.deadlines(Wanted(), date(2023, 3, 1))]
    assert earlier == [date(2024, 1, 23), date(2024, 12, 15)]

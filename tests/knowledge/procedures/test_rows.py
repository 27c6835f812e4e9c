"""Facts in the store: beside their document, gone with it, read again by a newer reading."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from config.texts import load_texts
from knowledge.procedures import rows as stored_rows
from knowledge.procedures.compact import packed, unpacked
from knowledge.procedures.facts import Procedure
from knowledge.procedures.reading import read_facts
from knowledge.procedures.rows import ProcedureRows
from knowledge.procedures.sheet import sheet
from knowledge.store import PROCEDURES_READ, KnowledgeStore
from tests.knowledge.procedures.made import document

MODES = "Trực tuyến3 Ngày làm việcMiễn phí(Không)Trực tiếp9 Ngày20,000 VNĐGửi ảnh tổ ong."
PAPERS = "Đơn đăng ký đàn ong1 bản chính"


def test_facts_come_and_go_with_their_document(tmp_path: Path) -> None:
    store = KnowledgeStore(tmp_path)
    stored = document(MODES, PAPERS)
    store.put(stored)
    rows = ProcedureRows(store.db)
    assert rows.of_document(stored.id) == read_facts(stored)
    assert [found.code for found in rows.all()] == ["1.000999"]
    store.remove(stored.id)
    assert rows.of_document(stored.id) is None
    store.close()


def test_nothing_is_kept_when_the_document_cannot_be_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = KnowledgeStore(tmp_path)

    def broken(*_: object) -> None:
        raise OSError("full")

    monkeypatch.setattr(store, "_raise_version", broken)
    with pytest.raises(OSError, match="full"):
        store.put(document(MODES))
    assert not store.entries()
    assert not list(ProcedureRows(store.db).all())
    store.close()


def test_what_an_official_corrects_stands_in_the_row(tmp_path: Path) -> None:
    store = KnowledgeStore(tmp_path)
    stored = document(MODES)
    store.put(stored)
    store.correct(stored.id, replace(stored.metadata, level="Cấp tỉnh"))
    found = ProcedureRows(store.db).of_document(stored.id)
    assert found is not None
    assert found.level == "Cấp tỉnh"
    store.close()


def test_another_version_of_the_reading_reads_again(tmp_path: Path) -> None:
    store = KnowledgeStore(tmp_path)
    stored = document(MODES)
    store.put(stored)
    with store.db.atomic():
        store.db.execute("UPDATE procedures SET version = 0, facts = '{}'")
    store.set_state(PROCEDURES_READ, "0")
    assert stored_rows.outdated(store.db) == [stored.id]
    store.close()
    again = KnowledgeStore(tmp_path)
    assert ProcedureRows(again.db).of_document(stored.id) == read_facts(stored)
    again.close()


def _without_places(facts: Procedure) -> Procedure:
    """Return the facts that the packed file keeps of a procedure."""
    modes = tuple(
        replace(m, time=None, note="", span=(0, 0), head=(0, 0), fee=replace(m.fee, text=""))
        for m in facts.modes
    )
    return replace(
        facts,
        modes=modes,
        papers=(),
        result=None,
        number=None,
        place=None,
        document="",
        summary=True,
    )


def test_packing_keeps_figures_and_no_sentence() -> None:
    facts = read_facts(document(MODES, PAPERS))
    assert facts is not None
    (kept,) = unpacked(packed([facts]))
    assert kept == _without_places(facts)
    assert b"Gui" not in packed([facts])


def test_a_sheet_says_what_it_is_and_its_rows_are_slices_of_it() -> None:
    facts = read_facts(document(MODES + "Trực tiếp2 NgàyMiễn phí(Theo quy định)", PAPERS))
    assert facts is not None
    (kept,) = unpacked(packed([facts]))
    stored, placed = sheet(kept, load_texts().procedure_words)
    assert [stored.text[slice(*mode.span)] for mode in placed.modes] == [
        "Trực tuyến: 3 ngày làm việc; miễn phí.",
        "Trực tiếp: 9 ngày (tùy trường hợp); 20.000 đồng.",
        "Trực tiếp: 2 ngày (tùy trường hợp); phí theo quy định, xem chi tiết trên Cổng.",
    ]
    assert stored.metadata.summarises == ("thủ tục 1.000999",)
    assert stored.metadata.url == facts.url
    assert all(stored.text[s.start : s.end].startswith(s.heading[0]) for s in stored.sections)
    assert "".join(stored.text[s.start : s.end] for s in stored.sections).count("\n") + len(
        stored.sections
    ) - 1 == stored.text.count("\n")

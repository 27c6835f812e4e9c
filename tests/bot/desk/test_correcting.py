"""Officials correct rows and type results in the conversation, by the command line and for good."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.audit import Action, Audit
from bot.correcting import RowCorrecting, mark_in
from bot.message import Status
from bot.results.recording import ResultRecording
from bot.results.standing import Standings
from knowledge.ingest import Ingest
from knowledge.results.store import ResultStore
from knowledge.results.typed import TypedResults
from knowledge.row_shelf import Wanted
from knowledge.row_words import RowWords, RowWordsError
from tests.bot.desk.conftest import OpenOffice
from tests.bot.town import PAGES, Town
from tests.made import silent

OFFICIAL, CITIZEN = "test:official", "test:citizen"
ON = date(2026, 5, 4)


@pytest.fixture
def own(tmp_path: Path) -> Town:
    """Return a town whose store may be changed."""
    pages = {name: PAGES[name] for name in ("quang-nam.md", "vinh-long.md")}
    return Town(tmp_path, pages)


@pytest.fixture
def correcting(own: Town) -> RowCorrecting:
    words = RowWords(own.tools.rows.names, own.tools.rows.names.vocabulary.units)
    return RowCorrecting(own.store, words, Audit(own.store.db), own.tools.texts.correcting)


@pytest.fixture
def office(own: Town, office: OpenOffice, correcting: RowCorrecting) -> OpenOffice:
    results = ResultStore(own.store.db)
    names = own.tools.rows.names
    reader = TypedResults(names, own.tools.places, names.vocabulary.units)
    talking = office.town
    talking.tools = own.tools
    office.tools = replace(
        office.tools,
        **{
            name: getattr(own.tools, name)
            for name in ("rows", "searcher", "understanding", "places")
        },
        standings=Standings(results, own.tools.places),
        correcting=correcting,
        recording=ResultRecording(reader, results, Audit(own.store.db)),
    )
    return office


def values(town: Town, document: str) -> list[tuple[str, float, int | None, bool]]:
    found = town.tools.rows.targets(Wanted(document=document), ON)
    rows = sorted((f.row for f in found), key=lambda row: row.start)
    return [(row.indicator, row.value, row.year, row.corrected) for row in rows]


def read_anew(town: Town) -> None:
    town.store.set_state("extractor", "older rules")
    town.store.read_extracts_anew()


def test_a_corrected_row_survives_reading_anew(own: Town, correcting: RowCorrecting) -> None:
    before = values(own, "vinh-long")
    [row] = correcting.targets("vinh-long", "PCI thuộc nhóm 15")
    correcting.correct_target("vinh-long", row, "giá trị nhóm 12; năm 2025")
    for _ in range(2):
        assert ("PCI", 12, 2025, True) in values(own, "vinh-long")
        assert len(values(own, "vinh-long")) == len(before)
        read_anew(own)


def test_a_corrected_row_survives_a_new_version_of_its_document(
    own: Town, correcting: RowCorrecting, tmp_path: Path
) -> None:
    [row] = correcting.targets("vinh-long", "PCI thuộc nhóm 15")
    correcting.correct_target("vinh-long", row, "giá trị nhóm 12")
    file = tmp_path / "vinh-long.md"
    file.write_text(f"{PAGES['vinh-long.md']}\nMột dòng thêm vào cuối.\n", encoding="utf-8")
    added = Ingest(own.store, own.tools.places, 10_000_000).add([file], silent).added
    assert [one.document for one in added] == ["vinh-long"]
    [found] = [f for f in own.tools.rows.targets(Wanted(document="vinh-long"), ON)
               if f.row.corrected]  # fmt: skip
    text = own.store.get("vinh-long").text
    assert (found.row.value, text[found.row.start : found.row.end]) == (12, found.row.quote)


def test_a_row_that_is_no_target_and_one_that_was_missed(
    own: Town, correcting: RowCorrecting
) -> None:
    [row] = correcting.targets("quang-nam", "SIPAS")
    assert correcting.correct_target("quang-nam", row, "không phải chỉ tiêu") is None
    clause = "Kế hoạch chuyển đổi số do Sở Nội vụ chủ trì"
    correcting.add_target("quang-nam", clause, "chỉ tiêu cuộc họp; giá trị 12 cuộc; năm 2023")
    read_anew(own)
    named = [name for name, *_ in values(own, "quang-nam")]
    assert "SIPAS" not in named
    assert "cuộc họp" in named


def test_correcting_again_and_taking_back(own: Town, correcting: RowCorrecting) -> None:
    before = values(own, "vinh-long")
    for words in ("giá trị nhóm 12", "giá trị nhóm 11; năm 2025"):
        [row] = correcting.targets("vinh-long", "PCI thuộc nhóm")
        correcting.correct_target("vinh-long", row, words)
    [correction] = correcting.corrections()
    assert correcting.restore(correction.id)
    assert not correcting.restore(correction.id)
    assert values(own, "vinh-long") == before


def test_every_correction_is_noted_with_who_made_it(own: Town, correcting: RowCorrecting) -> None:
    [row] = correcting.targets("vinh-long", "PCI")
    correcting.correct_target("vinh-long", row, "năm 2025", "Lê Thị An")
    [change] = Audit(own.store.db).changes(1)
    assert (change.actor, change.action, change.subject, change.detail) == (
        "Lê Thị An", Action.ROW_CORRECTED, "vinh-long", "năm 2025",
    )  # fmt: skip


def test_nothing_is_half_stored(
    own: Town, correcting: RowCorrecting, monkeypatch: pytest.MonkeyPatch
) -> None:
    [row] = correcting.targets("vinh-long", "PCI")
    before = values(own, "vinh-long"), len(Audit(own.store.db).changes())

    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("disk full")

    monkeypatch.setattr(own.store.extracts.target_corrections, "_raise_version", fail)
    with pytest.raises(sqlite3.OperationalError):
        correcting.correct_target("vinh-long", row, "năm 2025")
    monkeypatch.undo()
    assert (values(own, "vinh-long"), len(Audit(own.store.db).changes())) == before


@pytest.mark.parametrize(
    "words", ["", "màu đỏ", "năm hai nghìn", "giá trị cao", "năm", "lĩnh vực thiên văn"]
)
def test_words_that_correct_nothing_are_refused(correcting: RowCorrecting, words: str) -> None:
    [row] = correcting.targets("vinh-long", "PCI")
    with pytest.raises(RowWordsError):
        correcting.correct_target("vinh-long", row, words)
    assert not correcting.corrections()


def test_an_official_corrects_in_the_conversation(office: OpenOffice, own: Town) -> None:
    office.hire(OFFICIAL)
    offered = office.says(OFFICIAL, "/suachitieu PCI Vĩnh Long")
    shown = office.presses(OFFICIAL, "PCI", offered)
    assert "PCI thuộc nhóm 15" in shown.text
    mark = shown.text.split("#")[1][:10]
    asked = office.says(OFFICIAL, f"/suachitieu #{mark} giá trị nhóm 12; năm 2025")
    assert "nhóm 12" in asked.text
    assert ("PCI", 15, 2024, False) in values(own, "vinh-long")
    done = office.presses(OFFICIAL, "Đúng", asked)
    assert done.status is Status.ANSWERED
    assert ("PCI", 12, 2025, True) in values(own, "vinh-long")
    assert "cán bộ đã sửa" in office.says(CITIZEN, "/chitieu PCI Vĩnh Long").text


def test_an_official_corrects_a_deadline_in_the_conversation(
    office: OpenOffice, own: Town, correcting: RowCorrecting
) -> None:
    office.hire(OFFICIAL)
    [row] = correcting.deadlines("quang-nam", "Báo cáo")
    offered = office.says(OFFICIAL, "/suathoihan báo cáo")
    shown = office.presses(OFFICIAL, "Hạn:", offered)
    assert row.quote in shown.text
    mark = shown.text.split("#")[1][:10]
    asked = office.says(OFFICIAL, f"/suathoihan #{mark} hạn 30/11/2023; cơ quan Sở Tư pháp")
    assert "30/11/2023; Cơ quan: Sở Tư pháp" in asked.text
    assert correcting.deadlines("quang-nam", "Báo cáo") == [row]
    done = office.presses(OFFICIAL, "Đúng", asked)
    assert done.status is Status.ANSWERED
    [kept] = correcting.deadlines("quang-nam", "Báo cáo")
    assert (kept.due, kept.responsible, kept.corrected) == ("2023-11-30", "Sở Tư pháp", True)


def test_of_two_documents_with_the_same_clause_the_chosen_one_is_corrected(
    own: Town, correcting: RowCorrecting, tmp_path: Path
) -> None:
    page = tmp_path / "ban-sao.md"
    page.write_text(PAGES["vinh-long.md"].replace("# ", "# Bản sao: ", 1), encoding="utf-8")
    added = Ingest(own.store, own.tools.places, 1_000_000).add([page], silent)
    [copy] = [one.document for one in added.added]
    for document in ("vinh-long", copy):
        [row] = correcting.targets(document, "PCI")
        assert correcting.marked(mark_in(document, row)) == (document, row)


def test_an_official_adds_a_row_in_the_conversation(office: OpenOffice, own: Town) -> None:
    office.hire(OFFICIAL)
    asked = office.says(
        OFFICIAL,
        "/suachitieu thêm quang-nam “do Sở Nội vụ chủ trì” chỉ tiêu cuộc họp; giá trị 12 cuộc;"
        " năm 2023",
    )
    office.presses(OFFICIAL, "Đúng", asked)
    assert ("cuộc họp", 12, 2023, True) in values(own, "quang-nam")


@pytest.mark.parametrize(
    "text", ["/suachitieu PCI", "/suathoihan báo cáo", "/ketqua PCI 2023 hạng 10, nguồn VCCI"]
)
def test_others_are_refused_with_one_sentence(office: OpenOffice, text: str) -> None:
    reply = office.says(CITIZEN, text)
    assert reply.status is Status.REFUSED
    assert reply.text.count(".") == 1


@pytest.mark.parametrize("begin", ["/ketqua ", "kết quả "])
def test_a_typed_result_is_read_back_and_stored(
    office: OpenOffice, own: Town, begin: str, shown: Callable[[Database], list[str]]
) -> None:
    office.hire(OFFICIAL)
    typed = f"{begin}PCI 2023 Quảng Nam hạng 10, nguồn Báo cáo PCI 2023"
    asked = office.says(OFFICIAL, typed)
    assert "PCI, Quảng Nam, năm 2023: hạng 10" in asked.text
    assert not shown(own.store.db)
    stored = office.presses(OFFICIAL, "Đúng", asked)
    assert stored.status is Status.ANSWERED
    assert shown(own.store.db) == ["PCI 2023 hạng 10.0 Báo cáo PCI 2023"]
    looked = office.says(CITIZEN, "/chitieu PCI Quảng Nam 2023").text
    assert "hạng 10" in looked
    assert "chưa đạt" in looked


@pytest.fixture
def shown() -> Callable[[Database], list[str]]:
    return lambda db: [
        f"{r.indicator} {r.year} {r.unit} {r.value} {r.source}" for r in ResultStore(db).all()
    ]


def test_a_typed_result_can_be_dropped(
    office: OpenOffice, own: Town, shown: Callable[[Database], list[str]]
) -> None:
    office.hire(OFFICIAL)
    asked = office.says(OFFICIAL, "/ketqua PCI 2023 Quảng Nam hạng 10, nguồn VCCI")
    office.presses(OFFICIAL, "Bỏ", asked)
    assert not shown(own.store.db)


@pytest.mark.parametrize(
    "question",
    [
        "kết quả PCI 2023 của Quảng Nam thế nào?",
        "kết quả PCI 2023 của Quảng Nam lấy từ nguồn nào?",
    ],
)
def test_a_question_about_results_stays_a_question(office: OpenOffice, question: str) -> None:
    office.hire(OFFICIAL)
    reply = office.says(OFFICIAL, question)
    assert "/ketqua" not in reply.text

"""The index on disk: swapped in whole, the same after loading, never trusted when broken."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index import build
from index.analyzer import Analyzer
from index.build import PIECE, STEP, SearchIndex, pieces
from knowledge.document import Period, Section
from knowledge.places import Places
from knowledge.store import KnowledgeStore
from knowledge.summaries import NOTICE, SOURCES
from tests.made import TinyEncoder, made_document, silent

PLAN = made_document(
    "ke-hoach",
    "Tỉnh Quảng Nam phấn đấu năm 2024 đạt 90% hồ sơ trực tuyến.",
    "Sở Nội vụ chủ trì thực hiện.",
    title="Kế hoạch cải cách hành chính",
    number="3532/QĐ-UBND",
    place="Quảng Nam",
    period=Period(2021, 2023),
)
PROCEDURE = made_document(
    "1.004222",
    "Bước 1: nộp hồ sơ tại Hà Nội.",
    "Lệ phí: 10.000 đồng.",
    title="Đăng ký thường trú",
    code="1.004222",
    field="Cư trú",
)


@pytest.fixture
def store(home: Path) -> Iterator[KnowledgeStore]:
    opened = KnowledgeStore(home)
    opened.put(PLAN)
    opened.put(PROCEDURE, bundled=True)
    yield opened
    opened.close()


@pytest.fixture
def index(
    store: KnowledgeStore, tiny_encoder: TinyEncoder, analyzer: Analyzer, places: Places
) -> SearchIndex:
    return build.build(store, tiny_encoder, analyzer, places, silent)


def folders(home: Path) -> list[str]:
    return sorted(p.name for p in (home / build.FOLDER).iterdir() if p.is_dir())


def test_the_index_knows_its_documents(
    index: SearchIndex, store: KnowledgeStore, analyzer: Analyzer
) -> None:
    procedure, plan = index.documents
    assert (index.version, index.encoder) == (store.version, "tiny")
    assert index.analyzer == analyzer.digest
    assert (procedure.id, procedure.title, procedure.bundled) == (
        PROCEDURE.id,
        PROCEDURE.title,
        True,
    )
    assert plan.metadata == PLAN.metadata
    assert not plan.bundled


def test_what_a_summary_says_of_itself_is_not_searched(
    store: KnowledgeStore, tiny_encoder: TinyEncoder, analyzer: Analyzer, places: Places
) -> None:
    notice = f"{NOTICE}, dựa vào một bản tin."
    text = f"{notice}\nTóm tắt.\nBáo Tuổi Trẻ."
    start = len(notice) + 1
    sections = (
        Section((), 0, start - 1),
        Section(("Tóm tắt",), start, start + 8),
        Section((SOURCES,), start + 9, len(text)),
    )
    page = made_document("trang", title="Trang", summarises=("16-NQ/TU",))
    store.put(replace(page, text=text, sections=sections))
    index = build.build(store, tiny_encoder, analyzer, places, silent)
    assert index.documents[2].id == "trang"
    for said in ("Báo Tuổi Trẻ", "dựa vào một bản tin"):
        found = index.sections.scores(np.unique(analyzer.terms(said)))
        assert not found[index.first_sections[2] :].any()
    assert not any("Tuổi Trẻ" in passage for passage in tiny_encoder.encoded)


def test_places_and_years_are_those_of_policy_texts_only(index: SearchIndex) -> None:
    procedure, plan = index.documents
    assert plan.places == ("Quảng Nam",)
    assert plan.years == (2021, 2022, 2023, 2024)
    assert procedure.places == procedure.years == ()


def test_sections_belong_to_their_documents(index: SearchIndex) -> None:
    assert index.first_sections.tolist() == [0, 2]
    assert index.section_documents.tolist() == [0, 0, 1, 1]
    assert index.sections.size == 4
    assert index.titles.size == index.bodies.size == 2


@pytest.mark.parametrize(
    ("part", "text", "position"),
    [
        ("titles", "3532", 1),
        ("titles", "1.004222 thường trú", 0),
        ("bodies", "so noi vu", 1),
        ("sections", "lệ phí 10.000", 1),
        ("sections", "hồ sơ trực tuyến", 2),
    ],
)
def test_words_find_their_text(
    index: SearchIndex, analyzer: Analyzer, part: str, text: str, position: int
) -> None:
    query = np.unique(analyzer.terms(text))
    assert int(getattr(index, part).scores(query).argmax()) == position


def test_a_procedure_is_encoded_by_its_name_and_a_plan_by_its_sections(
    index: SearchIndex, tiny_encoder: TinyEncoder
) -> None:
    assert index.dense.documents.tolist() == [0, 1, 1]
    assert index.dense.sections.tolist() == [-1, 2, 3]
    assert tiny_encoder.encoded[0] == PROCEDURE.title
    assert PLAN.text.splitlines()[1] in tiny_encoder.encoded[2]


def test_a_loaded_index_is_the_saved_one(
    index: SearchIndex, home: Path, analyzer: Analyzer
) -> None:
    build.save(index, home)
    loaded = build.load(home)
    assert loaded is not None
    assert (loaded.version, loaded.encoder, loaded.analyzer) == (
        *(index.version, index.encoder, index.analyzer),
    )
    assert list(loaded.documents) == list(index.documents)
    assert loaded.successors == index.successors
    assert loaded.section_documents.tolist() == index.section_documents.tolist()
    assert loaded.first_sections.tolist() == index.first_sections.tolist()
    assert loaded.syllables.pairs == index.syllables.pairs
    query = np.unique(analyzer.terms("hồ sơ Quảng Nam"))
    for part in ("titles", "bodies", "sections"):
        one, other = getattr(index, part), getattr(loaded, part)
        assert np.array_equal(one.scores(query), other.scores(query))


def test_an_empty_store_has_an_index(
    home: Path, tiny_encoder: TinyEncoder, analyzer: Analyzer, places: Places
) -> None:
    empty = KnowledgeStore(home)
    build.save(build.build(empty, tiny_encoder, analyzer, places, silent), home)
    loaded = build.load(home)
    empty.close()
    assert loaded is not None
    assert list(loaded.documents) == []


def test_titles_may_hold_any_kind_of_line_break(
    store: KnowledgeStore, tiny_encoder: TinyEncoder, analyzer: Analyzer, places: Places, home: Path
) -> None:
    store.put(made_document("la", "Nội dung", title="một\u2028hai\x85ba\nbốn"))
    build.save(build.build(store, tiny_encoder, analyzer, places, silent), home)
    loaded = build.load(home)
    assert loaded is not None
    assert "một\u2028hai\x85ba\nbốn" in [d.title for d in loaded.documents]


def test_a_home_without_an_index_has_none(home: Path) -> None:
    assert build.current(home) is None
    assert build.load(home) is None


def test_only_the_newest_generation_stays(index: SearchIndex, home: Path) -> None:
    build.save(index, home)
    first = build.current(home)
    build.save(index, home)
    second = build.current(home)
    assert first != second
    assert folders(home) == [second]
    assert sorted(p.name for p in (home / build.FOLDER).iterdir() if p.is_file()) == ["CURRENT"]


def test_a_run_that_died_while_writing_leaves_the_old_index(index: SearchIndex, home: Path) -> None:
    build.save(index, home)
    whole = build.current(home)
    (home / build.FOLDER / "9-dead").mkdir()
    (home / build.FOLDER / "9-dead" / "meta.json").write_text("{", encoding="utf-8")
    assert build.current(home) == whole
    assert build.load(home) is not None
    build.save(index, home)
    assert len(folders(home)) == 1


FILES = [
    "meta.json",
    "documents.jsonl",
    "documents.ends.npy",
    "syllables.npz",
    "section_documents.npy",
    "first_sections.npy",
    *(f"{part}.{name}.npy" for part in ("titles", "sections") for name in ("offsets", "impacts")),
]
VECTORS = ["dense.faiss", "dense.owners.npy", "dense.exact.npy", "tokens.codes.npy"]
DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda data: data[: len(data) // 2],
    "emptied": lambda data: b"",
    "overwritten": lambda data: b"\xff\x00PK" * (len(data) // 4 + 1),
}


def current_folder(home: Path) -> Path:
    return home / build.FOLDER / (build.current(home) or "")


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("name", FILES)
def test_a_broken_index_is_none(index: SearchIndex, home: Path, name: str, damage: str) -> None:
    build.save(index, home)
    file = current_folder(home) / name
    file.write_bytes(DAMAGE[damage](file.read_bytes()))
    assert build.load(home) is None


@pytest.mark.parametrize("damage", [*DAMAGE, "gone"])
@pytest.mark.parametrize("name", VECTORS)
def test_an_index_with_broken_vectors_still_has_its_words(
    index: SearchIndex, home: Path, name: str, damage: str
) -> None:
    build.save(index, home)
    file = current_folder(home) / name
    content = file.read_bytes()
    file.unlink()
    if damage in DAMAGE:
        file.write_bytes(DAMAGE[damage](content))
    loaded = build.load(home)
    assert loaded is not None
    assert loaded.encoder == ""
    assert not loaded.dense.search(np.zeros((1, 32), np.float32), 5)[0].size
    assert loaded.bodies.size == index.bodies.size


@pytest.mark.parametrize("name", FILES)
def test_an_index_that_lacks_a_file_is_none(index: SearchIndex, home: Path, name: str) -> None:
    build.save(index, home)
    (current_folder(home) / name).unlink()
    assert build.load(home) is None


@pytest.mark.parametrize("pointer", [b"", b"3-00000000", b"\xff\xfe", b"../../etc"])
def test_a_pointer_to_nothing_is_no_index(index: SearchIndex, home: Path, pointer: bytes) -> None:
    build.save(index, home)
    (home / build.FOLDER / "CURRENT").write_bytes(pointer)
    assert build.load(home) is None


def test_an_index_of_another_format_is_none(index: SearchIndex, home: Path) -> None:
    build.save(index, home)
    file = current_folder(home) / "meta.json"
    meta = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(meta | {"format": build.FORMAT + 1}), encoding="utf-8")
    assert build.load(home) is None


def test_documents_of_a_later_program_are_no_index(index: SearchIndex, home: Path) -> None:
    build.save(index, home)
    file = current_folder(home) / "documents.jsonl"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("{", '{\\"colour\\": 1, ', 1), encoding="utf-8")
    assert build.load(home) is None


def test_the_pieces_of_a_section_overlap_and_reach_its_end() -> None:
    line = "".join(f"điều {number} nói việc {number}, " for number in range(48))
    document = made_document("a", "Lệ phí cấp thẻ", line, title="Giấy tờ")
    short, *long = pieces(document, True)
    assert short == ("Giấy tờ. Mục 1 . Lệ phí cấp thẻ", 0)
    assert {number for _, number in long} == {1}
    assert len(long) == 2
    whole = f"Giấy tờ. Mục 2 . {line}"
    assert whole.startswith(long[0][0])
    assert whole.endswith(long[1][0])
    assert long[0][0][STEP:] == long[1][0][: PIECE - STEP]


def test_procedures_and_stores_of_very_many_documents_have_no_pieces() -> None:
    assert not list(pieces(made_document("a", "Lệ phí", code="1.000001"), True))
    assert not list(pieces(made_document("a", "Lệ phí"), False))

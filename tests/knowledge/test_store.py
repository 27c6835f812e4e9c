"""The store: what was acknowledged stays, whoever writes and whatever dies."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from knowledge.document import Document, Metadata, Period
from knowledge.store import FILE, KnowledgeStore, digest_of
from tests.made import made_document

PLAN = made_document(
    "ke-hoach",
    "Tỉnh phấn đấu đạt 90% hồ sơ trực tuyến.",
    "Sở Nội vụ chủ trì.",
    title="Kế hoạch cải cách hành chính",
    number="3532/QĐ-UBND",
    place="Quảng Nam",
    issued_on=date(2021, 12, 10),
    period=Period(2021, 2025),
    replaces=("1/KH-UBND", "2/KH-UBND"),
)
NEW_VERSION = replace(PLAN, text="Bản mới.\nNội vụ", sections=PLAN.sections[:1])


@pytest.fixture
def store(home: Path) -> Iterator[KnowledgeStore]:
    opened = KnowledgeStore(home)
    yield opened
    opened.close()


@pytest.fixture
def other(store: KnowledgeStore, home: Path) -> Iterator[KnowledgeStore]:
    opened = KnowledgeStore(home)
    yield opened
    opened.close()


def test_a_document_comes_back_as_it_was_put(store: KnowledgeStore) -> None:
    store.put(PLAN)
    assert store.get(PLAN.id) == PLAN
    assert list(store.documents()) == [PLAN]
    assert store.digests() == {PLAN.id: digest_of(PLAN)}


def test_a_document_may_be_without_words_and_sections(store: KnowledgeStore) -> None:
    empty = Document("rong", "", "", (), Metadata(), "")
    store.put(empty)
    assert store.get("rong") == empty


def test_a_new_store_is_empty_and_whole(store: KnowledgeStore) -> None:
    assert store.entries() == []
    assert store.version == 0
    assert store.check() == []


def test_entries_stand_in_the_order_of_their_ids(store: KnowledgeStore) -> None:
    store.put(made_document("b", "Hai"), bundled=True)
    store.put(made_document("a", "Một", kind="Kế hoạch"))
    first, second = store.entries()
    assert (first.id, first.bundled, first.metadata.kind) == ("a", False, "Kế hoạch")
    assert (second.id, second.bundled, second.source) == ("b", True, "b.txt")
    assert datetime.fromisoformat(first.added_at).tzinfo is not None


def test_a_new_version_takes_the_place_of_the_old_one(store: KnowledgeStore) -> None:
    store.put(PLAN)
    store.put(NEW_VERSION)
    assert store.get(PLAN.id) == NEW_VERSION
    assert len(store.entries()) == 1
    assert store.check() == []


def test_corrections_outlive_new_versions(store: KnowledgeStore) -> None:
    store.put(PLAN)
    corrected = replace(PLAN.metadata, place="Đà Nẵng", issued_on=None, replaces=())
    store.correct(PLAN.id, corrected)
    assert store.get(PLAN.id).metadata == corrected
    store.put(replace(NEW_VERSION, metadata=replace(PLAN.metadata, issuer="UBND tỉnh")))
    kept = store.get(PLAN.id).metadata
    assert (kept.place, kept.issued_on, kept.replaces) == ("Đà Nẵng", None, ())
    assert kept.issuer == "UBND tỉnh", "what was not corrected is read anew"
    assert store.entries()[0].metadata == kept


def test_a_correction_can_be_taken_back(store: KnowledgeStore) -> None:
    store.put(PLAN)
    store.correct(PLAN.id, replace(PLAN.metadata, place="Đà Nẵng"))
    store.correct(PLAN.id, PLAN.metadata)
    assert store.get(PLAN.id).metadata == PLAN.metadata


CHANGES: list[Callable[[KnowledgeStore], None]] = [
    lambda store: store.put(NEW_VERSION),
    lambda store: store.correct(PLAN.id, replace(PLAN.metadata, kind="Nghị quyết")),
    lambda store: store.remove(PLAN.id),
]


@pytest.mark.parametrize("change", CHANGES, ids=["put", "correct", "remove"])
def test_every_change_raises_the_version(
    store: KnowledgeStore, other: KnowledgeStore, change: Callable[[KnowledgeStore], None]
) -> None:
    store.put(PLAN)
    before = store.version
    change(store)
    assert store.version == other.version > before


def test_what_changes_no_document_leaves_the_version(store: KnowledgeStore) -> None:
    store.put(PLAN)
    before = store.version
    store.set_state("bundled", "abc")
    for action in (store.remove, store.get, lambda name: store.correct(name, Metadata())):
        with pytest.raises(KeyError, match="none"):
            action("none")
    assert store.version == before


def test_a_removed_document_is_gone_with_its_sections(store: KnowledgeStore) -> None:
    store.put(PLAN)
    store.remove(PLAN.id)
    with pytest.raises(KeyError, match=PLAN.id):
        store.get(PLAN.id)
    assert store.db["sections"].count == 0
    assert store.check() == []


def test_a_removed_document_takes_its_corrections_along(store: KnowledgeStore) -> None:
    store.put(PLAN)
    store.correct(PLAN.id, replace(PLAN.metadata, place="Đà Nẵng"))
    store.remove(PLAN.id)
    store.put(PLAN)
    assert store.get(PLAN.id) == PLAN


def test_states_are_kept_by_name(store: KnowledgeStore, other: KnowledgeStore) -> None:
    assert store.state("bundled") is None
    store.set_state("bundled", "một")
    store.set_state("bundled", "hai")
    assert other.state("bundled") == "hai"


def test_two_connections_see_each_other(store: KnowledgeStore, other: KnowledgeStore) -> None:
    store.put(PLAN)
    other.put(made_document("b", "Hai"))
    assert [e.id for e in store.entries()] == [e.id for e in other.entries()] == ["b", PLAN.id]
    assert store.version == other.version == 2


def test_what_fails_half_way_leaves_nothing(store: KnowledgeStore) -> None:
    store.put(PLAN)
    with pytest.raises(TypeError):
        store.put(replace(NEW_VERSION, sections=(replace(PLAN.sections[0], heading=(b"",)),)))  # type: ignore[arg-type]
    broken = replace(NEW_VERSION, sections=(replace(PLAN.sections[0], start=None),))  # type: ignore[arg-type]
    with pytest.raises(sqlite3.IntegrityError):
        store.put(broken)
    assert store.get(PLAN.id) == PLAN
    assert store.version == 1


WRITER = """
import sys
from pathlib import Path
from knowledge.store import KnowledgeStore
from tests.made import made_document
store = KnowledgeStore(Path(sys.argv[1]))
number = 0
while True:
    store.put(made_document(f"{sys.argv[2]}-{number:05}", f"Văn bản {number} " * 200))
    print(number, flush=True)
    number += 1
"""


def writer(home: Path, name: str) -> subprocess.Popen[str]:
    root = Path(__file__).parents[2]
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(home), name],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_killed_writers_lose_nothing_acknowledged(home: Path) -> None:
    writers = [writer(home, name) for name in ("a", "b")]
    acknowledged: set[str] = set()
    for process, name, count in zip(writers, "ab", (7, 3), strict=True):
        assert process.stdout is not None
        for _ in range(count):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        rest = process.communicate()[0].split("\n")[:-1]
        last = int(rest[-1]) if rest else count - 1
        acknowledged |= {f"{name}-{number:05}" for number in range(last + 1)}
    store = KnowledgeStore(home)
    stored = {document.id: document.text for document in store.documents()}
    assert acknowledged <= set(stored)
    assert len(stored) <= len(acknowledged) + 2, "each may have died before its last word"
    assert all(text.endswith(f"Văn bản {int(name[2:])} ") for name, text in stored.items())
    assert store.version == len(stored)
    assert store.check() == []
    store.put(PLAN)
    assert store.get(PLAN.id) == PLAN
    store.close()


def test_many_may_open_a_new_home_at_once(home: Path) -> None:
    def opened(number: int) -> int:
        store = KnowledgeStore(home)
        store.set_state(f"seen {number}", "yes")
        version = store.version
        store.close()
        return version

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(opened, range(8))) == [0] * 8
    store = KnowledgeStore(home)
    assert [store.state(f"seen {number}") for number in range(8)] == ["yes"] * 8
    store.close()


def test_a_folder_is_made_when_it_is_missing(home: Path) -> None:
    KnowledgeStore(home / "mới" / "nhà").close()
    assert (home / "mới" / "nhà" / FILE).is_file()


def test_a_home_that_is_a_file_is_an_error(home: Path) -> None:
    (home / "file").write_text("", encoding="utf-8")
    for folder in (home / "file", home / "file" / "below"):
        with pytest.raises(OSError, match="file"):
            KnowledgeStore(folder)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_a_folder_that_cannot_be_written_is_an_error(home: Path) -> None:
    home.chmod(0o500)
    try:
        with pytest.raises((OSError, sqlite3.Error)):
            KnowledgeStore(home)
    finally:
        home.chmod(0o700)


def test_a_file_that_cannot_be_opened_is_an_error(home: Path) -> None:
    (home / FILE).mkdir()
    with pytest.raises(sqlite3.Error):
        KnowledgeStore(home)


def test_a_file_that_is_no_database_is_an_error_and_stays(home: Path) -> None:
    content = "không phải cơ sở dữ liệu\n".encode() * 100
    (home / FILE).write_bytes(content)
    with pytest.raises(sqlite3.DatabaseError):
        KnowledgeStore(home)
    assert (home / FILE).read_bytes() == content


def test_a_damaged_file_is_told(home: Path) -> None:
    store = KnowledgeStore(home)
    for number in range(30):
        store.put(made_document(f"d{number}", "Nội dung " * 400))
    store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    data = bytearray((home / FILE).read_bytes())
    data[4096 * 10 : 4096 * 14] = b"\x5a" * (4096 * 4)
    (home / FILE).write_bytes(bytes(data))
    damaged = KnowledgeStore(home)
    assert damaged.check()
    damaged.close()


def test_the_digest_is_about_the_content_only() -> None:
    assert digest_of(replace(PLAN, id="khac", source="x")) == digest_of(PLAN)
    assert digest_of(NEW_VERSION) != digest_of(PLAN)
    assert digest_of(replace(PLAN, title="Khác")) != digest_of(PLAN)
    assert digest_of(replace(PLAN, metadata=replace(PLAN.metadata, kind="Khác"))) != digest_of(PLAN)

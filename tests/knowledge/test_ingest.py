"""Taking in files: nothing twice, nothing lost, nothing held up by a bad one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from knowledge.ingest import UNEXPECTED, AddReport, Ingest
from knowledge.metadata import corrected
from knowledge.places import Places
from knowledge.readers.errors import TOO_LARGE
from knowledge.store import KnowledgeStore
from tests.made import silent

ROOT = Path(__file__).parents[2]
LIMIT = 100_000

Add = Callable[..., AddReport]


@pytest.fixture
def store(home: Path) -> Iterator[KnowledgeStore]:
    opened = KnowledgeStore(home)
    yield opened
    opened.close()


@pytest.fixture
def ingest(store: KnowledgeStore, places: Places) -> Ingest:
    return Ingest(store, places, LIMIT)


@pytest.fixture
def files(tmp_path: Path) -> Callable[..., Path]:
    def write(name: str, text: str, number: str | None = None) -> Path:
        path = tmp_path / "tep" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        stated = f"---\nnumber: {number}\n---\n" if number else ""
        path.write_text(f"{stated}{text}\n", encoding="utf-8")
        return path

    return write


def ids(items: Sequence[object]) -> list[str]:
    return [item.document for item in items]  # type: ignore[attr-defined]


PLAN = "Kế hoạch trồng cây của tỉnh năm nay\nTỉnh trồng 500 cây."


def test_a_document_is_stored_with_its_sections(
    ingest: Ingest, store: KnowledgeStore, files: Callable[..., Path]
) -> None:
    path = files("Kế hoạch 2023.md", "# Chỉ tiêu\n\nTỉnh trồng 500 cây.\n\n# Trách nhiệm\n\nSở lo.")
    report = ingest.add([path], silent)
    document = store.get("ke-hoach-2023")
    assert ids(report.added) == [document.id]
    assert report.added[0].file == str(path)
    assert report.added[0].chunks == len(document.sections) == 2
    assert document.source == path.name
    for section in document.sections:
        assert document.text[section.start : section.end]


def test_a_stated_source_is_the_source(
    ingest: Ingest, store: KnowledgeStore, files: Callable[..., Path]
) -> None:
    path = files("tin.md", f"---\nsource: Báo Cây Xanh\n---\n{PLAN}")
    ingest.add([path], silent)
    assert store.get("tin").source == "Báo Cây Xanh"


def test_the_same_file_again_changes_nothing(
    ingest: Ingest, store: KnowledgeStore, files: Callable[..., Path]
) -> None:
    path = files("a.txt", PLAN)
    ingest.add([path], silent)
    version = store.version
    report = ingest.add([path], silent)
    assert (report.added, ids(report.unchanged)) == ([], ["a"])
    assert store.version == version


def test_the_same_content_under_another_name_is_unchanged(
    ingest: Ingest, store: KnowledgeStore, files: Callable[..., Path]
) -> None:
    report = ingest.add([files("a.txt", PLAN), files("sau/b.txt", PLAN)], silent)
    assert (ids(report.added), ids(report.unchanged)) == (["a"], ["a"])
    assert ids(ingest.add([files("c.txt", PLAN)], silent).unchanged) == ["a"]
    assert [entry.id for entry in store.entries()] == ["a"]


def test_a_new_version_replaces_the_old_and_keeps_corrections(
    ingest: Ingest, store: KnowledgeStore, files: Callable[..., Path]
) -> None:
    ingest.add([files("a.txt", PLAN, "12/KH-UBND")], silent)
    fixed = corrected(store.get("a").metadata, {"place": "Cà Mau", "number": "13/KH-UBND"})
    store.correct("a", fixed)
    report = ingest.add([files("a.txt", f"{PLAN}\nThêm 200 cây.", "12/KH-UBND")], silent)
    assert ids(report.added) == ["a"]
    document = store.get("a")
    assert "Thêm 200 cây" in document.text
    assert (document.metadata.place, document.metadata.number) == ("Cà Mau", "13/KH-UBND")
    assert len(store.entries()) == 1


def test_another_document_of_the_same_file_name_is_kept_beside_it(
    ingest: Ingest, store: KnowledgeStore, files: Callable[..., Path]
) -> None:
    ingest.add([files("a.txt", PLAN, "12/KH-UBND")], silent)
    other = ingest.add([files("a.txt", "Tỉnh xây cầu mới ở làng", "99/KH-UBND")], silent)
    assert ids(other.added) == ["a-2"]
    newer = ingest.add([files("a.txt", "Tỉnh xây hai cầu mới ở làng", "99/KH-UBND")], silent)
    assert ids(newer.added) == ["a-2"]
    assert [entry.id for entry in store.entries()] == ["a", "a-2"]
    assert "500 cây" in store.get("a").text


def test_files_of_one_name_from_two_folders_are_two_documents(
    ingest: Ingest, store: KnowledgeStore, files: Callable[..., Path]
) -> None:
    both = [files("mot/tin.txt", PLAN), files("hai/tin.txt", "Tin về cây cầu mới ở làng bên sông")]
    assert ids(ingest.add(both, silent).added) == ["tin", "tin-2"]
    assert ids(ingest.add(both, silent).unchanged) == ["tin", "tin-2"]
    files("hai/tin.txt", "Tin về hai cây cầu mới ở làng bên sông")
    assert ids(ingest.add(both, silent).added) == ["tin-2"]
    assert "500 cây" in store.get("tin").text
    assert len(store.entries()) == 2


def test_a_procedure_goes_by_its_code(
    ingest: Ingest, store: KnowledgeStore, tmp_path: Path
) -> None:
    def records(name: str, *days: int) -> Path:
        lines = (
            '{"ma_thu_tuc": "1.000111", "ten_thu_tuc": "Nuôi ong lấy mật",'
            f' "trinh_tu_thuc_hien": "Chờ {day} ngày rồi nhận giấy"}}'
            for day in days
        )
        path = tmp_path / name
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    assert ids(ingest.add([records("a.jsonl", 5, 6)], silent).added) == ["1.000111"] * 2
    assert "6 ngày" in store.get("1.000111").text
    assert ids(ingest.add([records("b.jsonl", 7)], silent).added) == ["1.000111"]
    assert [entry.id for entry in store.entries()] == ["1.000111"]


def test_the_projects_pages_and_an_officials_never_take_each_others_place(
    ingest: Ingest, store: KnowledgeStore, files: Callable[..., Path]
) -> None:
    ingest.add([files("pci.md", PLAN)], silent, bundled=True)
    assert ids(ingest.add([files("pci.md", "Ghi chép của văn phòng về PCI")], silent).added) == [
        "pci-2"
    ]
    assert ids(ingest.add([files("pci.md", f"{PLAN} Mới.")], silent, bundled=True).added) == ["pci"]
    assert {e.id: e.bundled for e in store.entries()} == {"pci": True, "pci-2": False}


def test_a_rejected_file_does_not_stop_the_others(
    ingest: Ingest, store: KnowledgeStore, files: Callable[..., Path], tmp_path: Path
) -> None:
    empty, missing, folder = files("trong.txt", ""), tmp_path / "mat.txt", tmp_path
    huge = files("to.txt", "cây " * LIMIT)
    wrong = files("sai.md", f"---\nissued_on: hôm qua\n---\n{PLAN}")
    good = files("tot.txt", PLAN)
    report = ingest.add([empty, missing, folder, huge, wrong, good], silent)
    assert ids(report.added) == ["tot"]
    assert [item.file for item in report.rejected] == [
        str(path) for path in (empty, missing, folder, huge, wrong)
    ]
    for item in report.rejected:
        assert item.reason.endswith(".")
        assert "\n" not in item.reason
    assert report.rejected[3].reason == TOO_LARGE.format(limit="0,1")


def test_bad_records_of_a_file_are_named_and_the_others_taken(
    ingest: Ingest, store: KnowledgeStore, tmp_path: Path
) -> None:
    path = tmp_path / "ban-ghi.jsonl"
    good = '{"id": "a", "title": "Trồng cây", "text": "Tỉnh trồng 500 cây."}'
    path.write_text(f"{good}\n{{hỏng\n{good.replace('a', 'b', 1)}\n", encoding="utf-8")
    report = ingest.add([path], silent)
    assert len(report.added) + len(report.unchanged) == 2 - (len(report.rejected) - 1)
    assert len(report.rejected) >= 1
    assert "2" in report.rejected[0].file


def test_a_reader_that_breaks_down_costs_one_file(
    ingest: Ingest,
    files: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from knowledge import ingest as module

    sane = module.read_file

    def breaking(path: Path, limit: int) -> object:
        if path.stem == "xau":
            raise RecursionError
        return sane(path, limit)

    monkeypatch.setattr(module, "read_file", breaking)
    report = ingest.add([files("xau.txt", PLAN), files("tot.txt", PLAN)], silent)
    assert [item.reason for item in report.rejected] == [UNEXPECTED]
    assert ids(report.added) == ["tot"]


def test_progress_is_told_to_the_end(ingest: Ingest, files: Callable[..., Path]) -> None:
    told: list[tuple[int, int]] = []
    paths = [files(f"{i}.txt", f"{PLAN} {i}") for i in range(3)]
    ingest.add(paths, lambda done, total: told.append((done, total)))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


SCRIPT = """
import sys
from pathlib import Path
from knowledge.ingest import Ingest
from knowledge.places import Places
from knowledge.store import KnowledgeStore
home, *files = map(Path, sys.argv[1:])
report = Ingest(KnowledgeStore(home), Places.load(), 100_000).add(files, lambda d, n: None)
print(len(report.added), len(report.unchanged), len(report.rejected))
"""


def adding(home: Path, paths: Sequence[Path]) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", SCRIPT, str(home), *map(str, paths)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_a_killed_run_goes_on_where_it_stopped(home: Path, files: Callable[..., Path]) -> None:
    paths = [files(f"ke-hoach-{i}.txt", f"{PLAN} Đợt {i}.") for i in range(300)]
    with adding(home, paths) as running:
        stored, deadline = 0, time.monotonic() + 30
        while stored < 5 and running.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
            if (home / "tro-ly.db").exists():
                watching = KnowledgeStore(home)
                stored = len(watching.digests())
                watching.close()
        os.kill(running.pid, signal.SIGKILL)
    store = KnowledgeStore(home)
    before = store.digests()
    assert len(before) >= 5
    assert store.check() == []
    with adding(home, paths) as again:
        assert again.stdout is not None
        added, unchanged, rejected = map(int, again.stdout.read().split())
    assert (added + unchanged, rejected) == (300, 0)
    assert unchanged == len(before)
    after = store.digests()
    assert len(after) == 300
    assert before.items() <= after.items()
    store.close()

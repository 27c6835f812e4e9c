"""The index follows the store, across processes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from index import build
from index.analyzer import Analyzer
from index.encoder import MODEL, EncoderError, OnnxEncoder, Vectors
from index.keeper import LOCK, PAUSE, IndexKeeper, writing
from knowledge.places import Places
from knowledge.store import KnowledgeStore
from tests.made import TinyEncoder, made_document, silent

HOLD = (
    "import sys, time\nfrom filelock import FileLock\n"
    "with FileLock(sys.argv[1]):\n"
    "    print('held', flush=True)\n"
    "    time.sleep(float(sys.argv[2]))\n"
)


@contextmanager
def another_process_writes(home: Path, seconds: float) -> Iterator[None]:
    """Let another process hold the lock of `home` for at most `seconds`."""
    command = [sys.executable, "-c", HOLD, str(home / LOCK), str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        try:
            yield
        finally:
            other.kill()


@pytest.fixture
def store(home: Path) -> Iterator[KnowledgeStore]:
    opened = KnowledgeStore(home)
    opened.put(made_document("mot", "Đăng ký kết hôn"))
    yield opened
    opened.close()


@pytest.fixture
def other_store(home: Path) -> Iterator[KnowledgeStore]:
    opened = KnowledgeStore(home)
    yield opened
    opened.close()


@pytest.fixture
def keeper(
    home: Path,
    store: KnowledgeStore,
    tiny_encoder: TinyEncoder,
    analyzer: Analyzer,
    places: Places,
) -> IndexKeeper:
    return IndexKeeper(home, store, tiny_encoder, analyzer, places)


def names(keeper: IndexKeeper) -> list[str]:
    return [d.id for d in keeper.current(silent).documents]


def test_the_index_is_made_when_there_is_none(keeper: IndexKeeper, home: Path) -> None:
    assert names(keeper) == ["mot"]
    assert build.load(home) is not None


def test_an_index_in_step_is_used_as_it_is(keeper: IndexKeeper, home: Path) -> None:
    index = keeper.current(silent)
    name = build.current(home)
    assert keeper.current(silent) is index
    assert build.current(home) == name
    assert keeper.in_step(index)


def test_what_is_added_is_found(keeper: IndexKeeper, store: KnowledgeStore) -> None:
    assert names(keeper) == ["mot"]
    store.put(made_document("hai", "Cấp hộ chiếu"))
    assert names(keeper) == ["hai", "mot"]
    store.remove("mot")
    assert names(keeper) == ["hai"]


def test_a_second_keeper_sees_what_the_first_one_added(
    keeper: IndexKeeper,
    home: Path,
    store: KnowledgeStore,
    other_store: KnowledgeStore,
    analyzer: Analyzer,
    places: Places,
) -> None:
    idle = TinyEncoder()
    second = IndexKeeper(home, other_store, idle, analyzer, places)
    assert names(keeper) == names(second) == ["mot"]
    store.put(made_document("hai", "Cấp hộ chiếu"))
    with writing(home, -1):
        keeper.rebuild(silent)
    made = build.current(home)
    assert names(second) == ["hai", "mot"]
    assert build.current(home) == made, "the first one's index is used, not made again"
    assert idle.encoded == []


def test_an_index_of_another_encoder_is_made_anew(
    keeper: IndexKeeper, home: Path, store: KnowledgeStore, analyzer: Analyzer, places: Places
) -> None:
    keeper.current(silent)
    other = TinyEncoder("other")
    index = IndexKeeper(home, store, other, analyzer, places).current(silent)
    assert index.encoder == "other"
    assert any("Đăng ký kết hôn" in passage for passage in other.encoded)


def test_deleting_the_index_costs_a_rebuild_and_nothing_else(
    keeper: IndexKeeper, home: Path, tiny_encoder: TinyEncoder, store: KnowledgeStore
) -> None:
    keeper.current(silent)
    version, encoded = store.version, len(tiny_encoder.encoded)
    shutil.rmtree(home / build.FOLDER)
    assert names(keeper) == ["mot"]
    assert build.load(home) is not None
    assert store.version == version
    assert len(tiny_encoder.encoded) == encoded, "vectors come from the store"


def test_a_broken_index_is_made_anew(
    keeper: IndexKeeper, home: Path, other_store: KnowledgeStore, analyzer: Analyzer, places: Places
) -> None:
    keeper.current(silent)
    (home / build.FOLDER / (build.current(home) or "") / "dense.faiss").write_bytes(b"broken")
    assert names(IndexKeeper(home, other_store, TinyEncoder(), analyzer, places)) == ["mot"]
    assert build.load(home) is not None


def test_the_old_index_serves_while_another_process_writes(
    keeper: IndexKeeper, home: Path, other_store: KnowledgeStore
) -> None:
    assert names(keeper) == ["mot"]
    with another_process_writes(home, 60):
        other_store.put(made_document("hai", "Cấp hộ chiếu"))
        assert names(keeper) == ["mot"]
    assert names(keeper) == ["hai", "mot"]


def test_without_any_index_the_other_process_is_waited_for(keeper: IndexKeeper, home: Path) -> None:
    with another_process_writes(home, 0.3):
        assert names(keeper) == ["mot"]


def test_vectors_of_another_encoder_are_never_searched(
    keeper: IndexKeeper, home: Path, other_store: KnowledgeStore, analyzer: Analyzer, places: Places
) -> None:
    keeper.current(silent)
    other = IndexKeeper(home, other_store, TinyEncoder("other"), analyzer, places)
    with another_process_writes(home, 0.3):
        assert other.current(silent).encoder == "other"


def test_an_index_of_other_abbreviations_is_made_anew(
    keeper: IndexKeeper, home: Path, store: KnowledgeStore, places: Places
) -> None:
    keeper.current(silent)
    other = Analyzer({})
    index = IndexKeeper(home, store, TinyEncoder(), other, places).current(silent)
    assert index.analyzer == other.digest


class Broken(TinyEncoder):
    """An encoder whose model is gone until it is `mended`."""

    mended = False

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of questions."""
        if not self.mended:
            raise EncoderError("gone")
        return super().encode_questions(texts)


@pytest.mark.parametrize("damage", ["gone", "words", "vectors", "pointer", "other model"])
def test_nobody_waits_for_a_repair_that_is_made_elsewhere(
    keeper: IndexKeeper,
    home: Path,
    store: KnowledgeStore,
    other_store: KnowledgeStore,
    analyzer: Analyzer,
    places: Places,
    damage: str,
) -> None:
    keeper.current(silent)
    folder = home / build.FOLDER / (build.current(home) or "")
    if damage == "gone":
        shutil.rmtree(home / build.FOLDER)
    elif damage == "pointer":
        (home / build.FOLDER / "CURRENT").write_bytes(b"\xff\xfe")
    elif damage != "other model":
        file = "dense.faiss" if damage == "vectors" else "bodies.impacts.npy"
        (folder / file).write_bytes(b"broken")
    encoder = TinyEncoder("other" if damage == "other model" else "tiny")
    asked: list[int] = []
    serving = IndexKeeper(home, store, encoder, analyzer, places, repair=lambda: asked.append(1))
    index = serving.current(silent)
    assert [d.id for d in index.documents] == ["mot"]
    assert not serving.comparable(index)
    assert asked
    assert not encoder.encoded, "nothing is encoded while somebody waits"
    IndexKeeper(home, other_store, encoder, analyzer, places).current(silent)  # the repair
    asked.clear()
    index = serving.current(silent)
    assert serving.comparable(index)
    assert not asked


@pytest.mark.parametrize("elsewhere", [True, False])
def test_without_the_encoder_words_are_searched_until_it_is_back(
    home: Path,
    store: KnowledgeStore,
    other_store: KnowledgeStore,
    analyzer: Analyzer,
    places: Places,
    elsewhere: bool,
) -> None:
    encoder, now = Broken(), [0.0]
    serving = IndexKeeper(
        home,
        store,
        encoder,
        analyzer,
        places,
        clock=lambda: now[0],
        repair=(lambda: None) if elsewhere else None,
    )
    assert names(serving) == ["mot"]
    store.put(made_document("hai", "Cấp hộ chiếu"))
    assert names(serving) == ["hai", "mot"]
    assert not serving.comparable(serving.current(silent))
    encoder.mended = True
    IndexKeeper(home, other_store, TinyEncoder(), analyzer, places).current(silent)
    now[0] += PAUSE
    assert serving.comparable(serving.current(silent))


@pytest.mark.parametrize("file", ["model.onnx", "tokenizer.json"])
@pytest.mark.parametrize("damage", ["gone", "cut"])
def test_broken_files_of_the_model_are_an_error_of_one_kind(
    tmp_path: Path, file: str, damage: str
) -> None:
    for name in ("model.onnx", "tokenizer.json"):
        (tmp_path / name).symlink_to(MODEL / name)
    (tmp_path / file).unlink()
    if damage == "cut":
        (tmp_path / file).write_bytes((MODEL / file).read_bytes()[:100_000])
    with pytest.raises(EncoderError):
        OnnxEncoder(tmp_path, threads=1).encode_questions(["thử"])

"""The vectors' index: nearest first, the same after saving, broken files noticed."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import dense
from index.dense import DenseIndex
from index.encoder import Vectors
from tests.made import TinyEncoder

TEXTS = ["đăng ký kết hôn", "đăng ký khai sinh", "cấp hộ chiếu", "cấp lại căn cước"]


@pytest.fixture
def index(tiny_encoder: TinyEncoder) -> DenseIndex:
    owners = np.arange(4, dtype=np.int32)
    return DenseIndex.build(tiny_encoder.encode_passages(TEXTS), owners, owners - 1)


def test_the_same_text_is_the_nearest(index: DenseIndex, tiny_encoder: TinyEncoder) -> None:
    for position, text in enumerate(TEXTS):
        rows, cosines = index.search(tiny_encoder.encode_questions([text]), 2)
        assert index.documents[rows[0]] == position
        assert cosines[0] == pytest.approx(1.0, abs=1e-3)  # kept in half precision
        assert cosines[0] >= cosines[1]


def test_no_more_rows_come_back_than_there_are(
    index: DenseIndex, tiny_encoder: TinyEncoder
) -> None:
    rows, cosines = index.search(tiny_encoder.encode_questions(["hộ chiếu"]), 99)
    assert sorted(rows.tolist()) == [0, 1, 2, 3]
    assert len(cosines) == 4


def test_an_empty_index_finds_nothing(tiny_encoder: TinyEncoder) -> None:
    none = np.zeros(0, np.int32)
    index = DenseIndex.build(np.zeros((0, 32), np.float32), none, none)
    rows, cosines = index.search(tiny_encoder.encode_questions(["hộ chiếu"]), 5)
    assert len(rows) == len(cosines) == 0


def test_a_saved_index_finds_the_same(
    index: DenseIndex, tiny_encoder: TinyEncoder, tmp_path: Path
) -> None:
    index.save(tmp_path / "dense")
    loaded = DenseIndex.load(tmp_path / "dense")
    question = tiny_encoder.encode_questions(["cấp căn cước"])
    for one, other in zip(index.search(question, 4), loaded.search(question, 4), strict=True):
        assert np.array_equal(one, other)
    assert loaded.documents.tolist() == index.documents.tolist()
    assert loaded.sections.tolist() == index.sections.tolist()


def clustered(count: int, seed: int, dimensions: int = 64) -> Vectors:
    """Return unit vectors that lie in clusters of some twenty, as passages on a subject do."""
    chance = np.random.default_rng(seed)
    centres = chance.standard_normal((count // 20, dimensions)).astype(np.float32)
    own = centres[chance.integers(len(centres), size=count)]
    vectors = own + 0.5 * chance.standard_normal((count, dimensions)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> tuple[Vectors, DenseIndex]:
    """Return vectors and an index of them of the kind for large stores."""
    monkeypatch.setattr(dense, "FLAT", 1000)
    vectors = clustered(8000, 1)
    return vectors, index_of(vectors)


def index_of(vectors: Vectors) -> DenseIndex:
    owners = np.arange(len(vectors), dtype=np.int32)
    return DenseIndex.build(vectors.astype(np.float16), owners, owners)


@given(seed=st.integers(0, 99))
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_large_index_finds_nearly_all_that_comparing_each_vector_finds(
    large: tuple[Vectors, DenseIndex], seed: int
) -> None:
    vectors, index = large
    found = 0
    questions = clustered(1000, seed)[:50] + vectors[seed : seed + 50]
    for question in questions:
        nearest = np.argsort(-(vectors @ question))[:10]
        rows, cosines = index.search(question[None], 100)
        found += len(set(nearest.tolist()) & set(rows[:10].tolist()))
        assert cosines == pytest.approx(vectors[rows] @ question, abs=2e-3)
        assert (np.diff(cosines) <= 0).all()
    assert found / (10 * len(questions)) >= 0.98


def test_a_large_index_finds_the_same_when_loaded_or_made_again(
    large: tuple[Vectors, DenseIndex], tmp_path: Path
) -> None:
    vectors, index = large
    index.save(tmp_path / "dense")
    again = DenseIndex.build(vectors.astype(np.float16), index.documents, index.sections)
    for other in (DenseIndex.load(tmp_path / "dense"), again):
        for one, same in zip(
            index.search(vectors[:1], 9), other.search(vectors[:1], 9), strict=True
        ):
            assert np.array_equal(one, same)


def test_what_is_held_in_memory_of_a_large_index_is_a_sixteenth_of_its_vectors(
    large: tuple[Vectors, DenseIndex], tmp_path: Path
) -> None:
    vectors, index = large
    index.save(tmp_path / "dense")
    assert (tmp_path / "dense.faiss").stat().st_size < vectors.nbytes / 12


def test_quantising_serves_vectors_that_differ_in_some_directions_more_than_in_others(
    large: tuple[Vectors, DenseIndex],
) -> None:
    wide = clustered(8000, 2) * np.geomspace(3, 0.3, 64).astype(np.float32)
    vectors = wide / np.linalg.norm(wide, axis=1, keepdims=True)
    index = index_of(vectors)
    shares = []
    for question in vectors[:100]:
        nearest = np.argsort(-(vectors @ question))[:50]
        # So few are compared again that codes of unturned dimensions would miss some.
        rows, _ = index.search(question[None], 50)
        shares.append(len({*nearest.tolist()} & {*rows.tolist()}) / 50)
    assert np.mean(shares) >= 0.98


@pytest.mark.parametrize("dimensions", [63, 64])
def test_vectors_of_any_length_can_be_quantised(
    monkeypatch: pytest.MonkeyPatch, dimensions: int
) -> None:
    monkeypatch.setattr(dense, "FLAT", 100)
    vectors = clustered(1000, 3, dimensions)
    rows, cosines = index_of(vectors).search(vectors[7:8], 5)
    assert rows[0] == 7
    assert cosines == pytest.approx(vectors[rows] @ vectors[7], abs=2e-3)


def test_a_small_index_holds_its_vectors_once(index: DenseIndex) -> None:
    assert len(index.exact) == 0


@pytest.mark.parametrize("name", ["dense.faiss", "dense.owners.npy", "dense.exact.npy"])
def test_a_cut_or_missing_file_is_noticed(index: DenseIndex, tmp_path: Path, name: str) -> None:
    index.save(tmp_path / "dense")
    file = tmp_path / name
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises((OSError, RuntimeError, ValueError)):
        DenseIndex.load(tmp_path / "dense")
    file.unlink()
    with pytest.raises((OSError, RuntimeError, ValueError)):
        DenseIndex.load(tmp_path / "dense")


def test_owners_of_another_index_are_refused(
    index: DenseIndex, tiny_encoder: TinyEncoder, tmp_path: Path
) -> None:
    index.save(tmp_path / "dense")
    np.save(tmp_path / "dense.owners.npy", np.zeros((2, 3), np.int32))
    with pytest.raises(ValueError, match="3 owners for 4 vectors"):
        DenseIndex.load(tmp_path / "dense")


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="counts threads as Linux does")
@pytest.mark.parametrize("size", ["small", "large"])
def test_one_question_is_searched_without_further_threads(
    size: str, large: tuple[Vectors, DenseIndex]
) -> None:
    vectors, quantised = large
    index = quantised if size == "large" else index_of(vectors[:8])
    started: list[int] = []

    def search() -> None:
        before = len([*Path("/proc/self/task").iterdir()])
        index.search(vectors[:1], 3)
        started.append(len([*Path("/proc/self/task").iterdir()]) - before)

    asking = threading.Thread(target=search)
    asking.start()
    asking.join()
    assert started == [0]

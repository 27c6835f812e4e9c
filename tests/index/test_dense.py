"""The vectors' index: nearest first, the same after saving, broken files noticed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.dense import DenseIndex
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
        assert cosines[0] == pytest.approx(1.0, abs=1e-5)
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


@pytest.mark.parametrize("name", ["dense.faiss", "dense.owners.npy"])
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

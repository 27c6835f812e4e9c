"""Rows on disk are those that were written, whoever asks for them."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.stored_rows import StoredRows


@pytest.fixture
def written(tmp_path: Path) -> tuple[np.ndarray, Path]:
    rows = np.random.default_rng(1).standard_normal((200, 7)).astype(np.float16)
    np.save(tmp_path / "rows.npy", rows)
    return rows, tmp_path / "rows.npy"


def test_rows_come_back_as_written(written: tuple[np.ndarray, Path]) -> None:
    rows, path = written
    stored = StoredRows(path)
    chosen = np.array([3, 199, 0, 3])
    assert np.array_equal(stored[chosen], rows[chosen])
    assert np.array_equal(stored[50:60], rows[50:60])
    assert stored[np.zeros(0, np.int64)].shape == (0, 7)
    assert len(stored) == 200


def test_several_threads_may_ask_even_after_the_file_is_gone(
    written: tuple[np.ndarray, Path],
) -> None:
    rows, path = written
    stored = StoredRows(path)
    path.unlink()
    asked = [np.random.default_rng(seed).integers(0, 200, 40) for seed in range(60)]
    with ThreadPoolExecutor(4) as pool:
        for chosen, found in zip(asked, pool.map(stored.__getitem__, asked), strict=True):
            assert np.array_equal(found, rows[chosen])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked on POSIX systems")
def test_forked_processes_read_the_same_file_at_the_same_time(
    written: tuple[np.ndarray, Path],
) -> None:
    rows, path = written
    stored = StoredRows(path)
    children = []
    for seed in range(3):
        child = os.fork()
        if child == 0:
            asked = np.random.default_rng(seed).integers(0, 200, 20_000)
            os._exit(0 if np.array_equal(stored[asked], rows[asked]) else 1)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]


def test_a_file_cut_short_is_noticed(written: tuple[np.ndarray, Path]) -> None:
    _, path = written
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(ValueError, match="size"):
        StoredRows(path)

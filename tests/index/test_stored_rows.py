"""Rows on disk are those that were written, whoever asks for them."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index import stored_rows
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


def test_numbers_that_lie_side_by_side_come_back_as_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = np.arange(1000, dtype=np.int32)
    np.save(tmp_path / "numbers.npy", numbers)
    stored = StoredRows(tmp_path / "numbers.npy")
    for most in (stored_rows.MOST, 64):  # a system reads only so much at a time
        monkeypatch.setattr(stored_rows, "MOST", most)
        for part in (slice(3, 40), slice(0, 0), slice(990, None), slice(None)):
            assert np.array_equal(stored[part], numbers[part])
    assert np.array_equal(stored[np.array([999, 5])], [999, 5])


def test_rows_come_back_where_the_system_reads_from_a_place_alone(
    written: tuple[np.ndarray, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "pread", raising=False)
    rows, path = written
    stored = StoredRows(path)
    assert np.array_equal(stored[np.array([8, 2])], rows[[8, 2]])
    assert np.array_equal(stored[2:9], rows[2:9])


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


def test_a_file_cut_short_while_it_is_read_is_noticed(written: tuple[np.ndarray, Path]) -> None:
    _, path = written
    stored = StoredRows(path)
    os.truncate(path, path.stat().st_size - 7)
    for asked in (np.array([0, 199]), slice(150, 200)):
        with pytest.raises(OSError, match="missing"):
            stored[asked]


def test_a_file_cut_short_is_noticed(written: tuple[np.ndarray, Path]) -> None:
    _, path = written
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(ValueError, match="size"):
        StoredRows(path)

"""Rows of an array that stay on disk: read when they are asked for, not kept in memory."""

from __future__ import annotations

import math
import os
import weakref
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST = 1 << 30  # bytes that are read at a time


class StoredRows:
    """An array in a .npy file, read row by row or some neighbouring rows at once.

    A memory map would do the same, but around every row the system maps the pages beside it,
    and a process that asks for rows here and there soon holds the whole file.

    Args:
        path: of the file; it may be unlinked afterwards.

    Attributes:
        shape: of the array; its rows are what the first axis counts.

    Raises:
        OSError, ValueError: the file is missing, cut short or holds no array.
    """

    def __init__(self, path: Path) -> None:
        mapped = np.load(path, mmap_mode="r")
        self.shape: tuple[int, ...] = mapped.shape
        self._dtype = mapped.dtype
        self._begin = mapped.offset
        self._width = math.prod(self.shape[1:]) * self._dtype.itemsize
        self._file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        weakref.finalize(self, os.close, self._file)
        self._lock = Lock()
        # A place in the file would be shared, also with the processes that are forked from this.
        self._read: Callable[[int, int, int], bytes] = getattr(os, "pread", self._read_alone)

    def __len__(self) -> int:
        return self.shape[0]

    def __getitem__(self, rows: slice | NDArray[np.int64]) -> NDArray[Any]:
        """Return some rows: a slice without steps, or any by their numbers. Shape: (n, ...).

        Raises:
            OSError: the file was cut short meanwhile.
        """
        if isinstance(rows, slice):
            begin, end, _ = rows.indices(len(self))
            count = max(end - begin, 0)
            parts = self._parts(self._begin + begin * self._width, count * self._width)
        else:
            count = len(rows)
            places = (self._begin + rows * self._width).tolist()
            parts = [self._read(self._file, self._width, place) for place in places]
        read = parts[0] if len(parts) == 1 else b"".join(parts)
        if len(read) != count * self._width:
            raise OSError("rows are missing")
        return np.frombuffer(read, self._dtype).reshape(count, *self.shape[1:])

    def _parts(self, begin: int, size: int) -> list[bytes]:
        """Return what lies side by side; no system reads more than two gigabytes at a time."""
        return [
            self._read(self._file, min(MOST, size - done), begin + done)
            for done in range(0, size, MOST)
        ]

    def _read_alone(self, file: int, size: int, begin: int) -> bytes:
        with self._lock:
            os.lseek(file, begin, os.SEEK_SET)
            return os.read(file, size)

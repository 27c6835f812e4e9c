"""Rows of a matrix that stay on disk: read when they are asked for, not kept in memory."""

from __future__ import annotations

import os
import weakref
from pathlib import Path
from threading import Lock
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray


class StoredRows:
    """A matrix in a .npy file, read row by row.

    A memory map would do the same, but around every row the system maps the pages beside it,
    and a process that asks for rows here and there soon holds the whole file.

    Args:
        path: of the file; it may be unlinked afterwards.

    Raises:
        OSError, ValueError: the file is missing, cut short or holds no matrix.
    """

    def __init__(self, path: Path) -> None:
        mapped = np.load(path, mmap_mode="r")
        self.shape: tuple[int, int] = mapped.shape
        self._dtype = mapped.dtype
        self._begin = mapped.offset
        self._width = self.shape[1] * self._dtype.itemsize
        self._file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        weakref.finalize(self, os.close, self._file)
        self._lock = Lock()

    def __len__(self) -> int:
        return self.shape[0]

    @overload
    def __getitem__(self, rows: slice) -> NDArray[Any]: ...

    @overload
    def __getitem__(self, rows: NDArray[np.int64]) -> NDArray[Any]: ...

    def __getitem__(self, rows: slice | NDArray[np.int64]) -> NDArray[Any]:
        """Return some rows. Shape: (n, columns)."""
        wanted = range(len(self))[rows] if isinstance(rows, slice) else rows.tolist()
        read = bytearray()
        for row in wanted:
            read += self._read(self._begin + row * self._width)
        return np.frombuffer(read, self._dtype).reshape(len(wanted), self.shape[1])

    def _read(self, begin: int) -> bytes:
        # A place in the file would be shared, also with the processes that are forked from this.
        if hasattr(os, "pread"):
            return os.pread(self._file, self._width, begin)
        with self._lock:
            os.lseek(self._file, begin, os.SEEK_SET)
            return os.read(self._file, self._width)

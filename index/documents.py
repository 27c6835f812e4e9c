"""What a search has to know of each document, without holding all of it in memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge import serialise
from knowledge.document import Metadata

KEPT = 4096  # documents that stay read


@dataclass(frozen=True)
class IndexedDocument:
    """What a search has to know of a document before it is read from the store.

    Attributes:
        id, title, metadata: as stored.
        bundled: whether it came with the project.
        places, years, codes: all that its text names; empty for procedures, which hold
            everywhere.
    """

    id: str
    title: str
    metadata: Metadata
    bundled: bool
    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    codes: tuple[str, ...] = ()


class DocumentTable:
    """Documents by position: lines of JSON, memory-mapped, read when they are asked for.

    Args:
        lines: the lines as bytes, each with its line break. Shape: (n,).
        ends: where each line ends. Shape: (documents,).
    """

    def __init__(self, lines: NDArray[np.uint8], ends: NDArray[np.int64]) -> None:
        self._lines = lines
        self._ends = ends
        self._kept = lru_cache(KEPT)(self._read)

    @classmethod
    def of(cls, documents: Iterable[IndexedDocument]) -> DocumentTable:
        """Return the table of `documents`."""
        written = bytearray()
        ends: list[int] = []
        for d in documents:
            row = [d.id, d.title, serialise.dump(d.metadata), d.bundled, d.places, d.years, d.codes]
            written += json.dumps(row, ensure_ascii=False).encode() + b"\n"
            ends.append(len(written))
        return cls(np.frombuffer(written, np.uint8), np.array(ends, np.int64))

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, position: int) -> IndexedDocument:
        return self._kept(int(position))

    def __iter__(self) -> Iterator[IndexedDocument]:
        return (self._read(position) for position in range(len(self)))

    def _read(self, position: int) -> IndexedDocument:
        begin = self._ends[position - 1] if position else 0
        row = json.loads(self._lines[begin : self._ends[position]].tobytes())
        name, title, metadata, bundled, places, years, codes = row
        return IndexedDocument(
            name,
            title,
            serialise.load(metadata),
            bundled,
            tuple(places),
            tuple(years),
            tuple(codes),
        )

    def save(self, path: Path) -> None:
        """Write the lines to `path` and their ends beside them."""
        path.write_bytes(self._lines.tobytes())
        np.save(path.with_suffix(".ends.npy"), self._ends)

    @classmethod
    def load(cls, path: Path) -> DocumentTable:
        """Return the table saved at `path`.

        Raises:
            OSError, ValueError, TypeError: a file is missing, cut short, or of a later program.
        """
        ends = np.load(path.with_suffix(".ends.npy"))
        size = path.stat().st_size
        if size != (ends[-1] if len(ends) else 0):
            raise ValueError(f"{path.name} has {size} bytes")
        # An empty file cannot be mapped.
        lines = np.memmap(path, np.uint8, "r").view(np.ndarray) if size else np.zeros(0, np.uint8)
        table = cls(lines, ends)
        if len(table):
            table[0]
        return table

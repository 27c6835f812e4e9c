"""Nearest vectors by inner product, in FAISS."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors


@dataclass(frozen=True)
class DenseIndex:
    """Vectors and the texts that they belong to.

    Attributes:
        faiss_index: holds the vectors, row by row.
        documents: position of the document of each row. Shape: (n,).
        sections: position of the section of each row, -1 for a document's title. Shape: (n,).
    """

    faiss_index: Any
    documents: NDArray[np.int32]
    sections: NDArray[np.int32]

    @classmethod
    def build(
        cls, vectors: Vectors, documents: NDArray[np.int32], sections: NDArray[np.int32]
    ) -> DenseIndex:
        """Return the index of `vectors`, one row for each. Shape of `vectors`: (n, d)."""
        import faiss

        flat = faiss.IndexFlatIP(vectors.shape[1])
        flat.add(vectors)
        return cls(flat, documents, sections)

    def search(self, question: Vectors, count: int) -> tuple[NDArray[np.int64], Vectors]:
        """Return the rows nearest to one question, best first, with their cosines.

        Args:
            question: one vector. Shape: (1, d).
            count: rows wanted; fewer come back when the index holds fewer.
        """
        count = min(count, int(self.faiss_index.ntotal))
        if not count:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        cosines, rows = self.faiss_index.search(question, count)
        return rows[0], cosines[0]

    def save(self, path: Path) -> None:
        """Write the index as files that begin with `path`'s name."""
        import faiss

        faiss.write_index(self.faiss_index, str(path.with_name(f"{path.name}.faiss")))
        owners = np.stack([self.documents, self.sections])
        np.save(path.with_name(f"{path.name}.owners.npy"), owners)

    @classmethod
    def load(cls, path: Path) -> DenseIndex:
        """Return the index saved at `path`.

        Raises:
            OSError, RuntimeError, ValueError: a file is missing, cut short or does not fit.
        """
        import faiss

        read = faiss.read_index(str(path.with_name(f"{path.name}.faiss")), faiss.IO_FLAG_MMAP)
        documents, sections = np.load(path.with_name(f"{path.name}.owners.npy"))
        if len(documents) != read.ntotal:
            raise ValueError(f"{len(documents)} owners for {read.ntotal} vectors")
        return cls(read, documents, sections)

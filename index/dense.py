"""Nearest vectors by inner product, in FAISS: each compared, in a large store coarsely first."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays import file_of
from index.encoder import Vectors
from index.stored_rows import StoredRows

FLAT = 40_000  # vectors up to which each of them is compared in half precision
CODE = 2  # dimensions that are quantised together, to four bits
AGAIN = 3  # rows that are compared again for each that is wanted
TRAINED_ON = 1 << 14  # vectors that the codes are laid out by
BATCH = 1 << 14  # vectors widened to full precision at a time
SEED = 20261122


@dataclass(frozen=True)
class DenseIndex:
    """Vectors and the texts that they belong to.

    A large store holds each vector twice: quantised to two bits a dimension, in memory, where
    all are compared with a question; and in half precision, on disk, where the likeliest rows are
    compared again.

    Attributes:
        faiss_index: holds the vectors, row by row.
        documents: position of the document of each row. Shape: (n,).
        sections: position of the section of each row, -1 for a document's title. Shape: (n,).
        exact: the vectors of a quantised index. Shape: (n, d); (0, d) where it is not quantised.
    """

    faiss_index: Any
    documents: NDArray[np.int32]
    sections: NDArray[np.int32]
    exact: NDArray[np.float16] | StoredRows

    @classmethod
    def build(
        cls,
        vectors: NDArray[np.floating],
        documents: NDArray[np.int32],
        sections: NDArray[np.int32],
    ) -> DenseIndex:
        """Return the index of `vectors`, one row for each.

        Args:
            vectors: in any precision. Shape: (n, d).
            documents, sections: owners of the rows. Shape: (n,) each.
        """
        made = _empty(vectors)
        for begin in range(0, len(vectors), BATCH):
            made.add(_wide(vectors[begin : begin + BATCH]))
        exact = vectors if len(vectors) > FLAT else vectors[:0]
        return cls(made, documents, sections, exact.astype(np.float16, copy=False))

    @classmethod
    def empty(cls) -> DenseIndex:
        """Return an index that holds nothing."""
        nobody = np.zeros(0, np.int32)
        return cls.build(np.zeros((0, 1), np.float16), nobody, nobody)

    def search(self, question: Vectors, count: int) -> tuple[NDArray[np.int64], Vectors]:
        """Return the rows nearest to one question, best first, with their cosines.

        Args:
            question: one vector. Shape: (1, d).
            count: rows wanted; fewer come back when the index holds fewer.
        """
        count = min(count, int(self.faiss_index.ntotal))
        if not count:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        _search_alone()
        if not len(self.exact):
            cosines, rows = self.faiss_index.search(question, count)
            return rows[0], cosines[0]
        _, rows = self.faiss_index.search(question, min(AGAIN * count, len(self.exact)))
        found = np.sort(rows[0])
        likeliest = _flat(question.shape[1])
        likeliest.add_sa_codes(self.exact[found].view(np.uint8))
        cosines, places = likeliest.search(question, count)
        return found[places[0]], cosines[0]

    def save(self, path: Path) -> None:
        """Write the index as files that begin with `path`'s name."""
        import faiss

        faiss.write_index(self.faiss_index, str(path.with_name(f"{path.name}.faiss")))
        owners = np.stack([self.documents, self.sections])
        np.save(file_of(path, "owners"), owners)
        np.save(file_of(path, "exact"), self.exact[:])

    @classmethod
    def load(cls, path: Path) -> DenseIndex:
        """Return the index saved at `path`.

        Raises:
            OSError, RuntimeError, ValueError: a file is missing, cut short or does not fit.
        """
        import faiss

        read = faiss.read_index(str(path.with_name(f"{path.name}.faiss")))
        documents, sections = np.load(file_of(path, "owners"))
        exact = StoredRows(file_of(path, "exact"))
        if len(documents) != read.ntotal or len(exact) not in (0, read.ntotal):
            raise ValueError(f"{len(documents)} owners for {read.ntotal} vectors")
        return cls(read, documents, sections, exact)


def _empty(vectors: NDArray[np.floating]) -> Any:
    """Return an index without rows, of the kind that suits the number of `vectors`."""
    import faiss

    count, dimensions = vectors.shape
    if count <= FLAT:
        return _flat(dimensions)
    chosen = np.random.default_rng(SEED).choice(count, min(count, TRAINED_ON), replace=False)
    sample = _wide(vectors[np.sort(chosen)])
    turn = _turn(sample)
    codes = turn.d_out // CODE
    # Four bits a code are what FAISS compares fastest: 32 vectors at a time, by shuffling bytes.
    quantised = faiss.IndexPQFastScan(turn.d_out, codes, 4, faiss.METRIC_INNER_PRODUCT)
    made = faiss.IndexPreTransform(turn, quantised)
    made.train(sample)
    return made


def _flat(dimensions: int) -> Any:
    """Return an index without rows that compares each in half precision.

    The encoder's vectors come in it: nothing is lost, and a third of the time of IndexFlatIP is
    enough where they outgrow the processor's cache.
    """
    import faiss

    precision = faiss.ScalarQuantizer.QT_fp16
    return faiss.IndexScalarQuantizer(dimensions, precision, faiss.METRIC_INNER_PRODUCT)


def _turn(sample: Vectors) -> Any:
    """Return the turn of vectors after which each code has about as much to tell.

    The axis along which vectors differ most is put beside the one along which they differ least,
    the second beside the last but one, and so on: Ge, He, Ke and Sun, "Optimized Product
    Quantization" (2013), section 3.2. An odd number of dimensions gets an empty one.

    Args:
        sample: vectors as they occur. Shape: (n, d).
    """
    import faiss

    _, axes = np.linalg.eigh(np.cov(sample, rowvar=False))  # in columns, ascending
    dimensions = len(axes)
    even = np.vstack([np.zeros((dimensions % CODE, dimensions)), axes.T]).astype(np.float32)
    half = len(even) // CODE
    turned = np.empty_like(even)
    turned[::CODE], turned[1::CODE] = even[:half], even[: half - 1 : -1]
    turn = faiss.LinearTransform(dimensions, len(turned))
    faiss.copy_array_to_vector(turned.ravel(), turn.A)
    turn.is_trained = True
    return turn


def _search_alone() -> None:
    """Let FAISS search on the calling thread, for which alone the setting holds.

    It starts a team of OpenMP threads even for one question, of which all but one have nothing to
    do but wait in a loop; where the processor is busy that costs many times the search itself.
    """
    import faiss

    faiss.omp_set_num_threads(1)


def _wide(vectors: NDArray[np.floating]) -> Vectors:
    return np.ascontiguousarray(vectors, dtype=np.float32)

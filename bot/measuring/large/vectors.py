"""Vectors for made documents: encoding a million passages would take the better part of a day.

Some thousand real passages are encoded. Every further vector lies between one of them and one
of its neighbours, moved by differences between other neighbours, on the sphere. So it has the
density, the directions and the near neighbours of real vectors, but does not mean what its text
says: what the dense half finds in a made store has nothing to do with its words. Tokens are those
of some real passages, given to made texts by chance.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from sqlite_utils import Database

from index.encoder import Encoder, Vectors, has_tokens
from index.tokens import coded
from index.vectors import Halves, VectorCache

NEIGHBOURS = 8
MOVED = 0.5  # weight of each of two differences between neighbours


def encoded(texts: Sequence[str], encoder: Encoder, folder: Path) -> Vectors:
    """Return the vectors of real passages, kept in a file between runs.

    Args:
        texts: the passages.
        encoder: makes the vectors.
        folder: where they are kept.
    """
    names = "\n".join([encoder.digest, *texts])
    kept = folder / f"vectors-{hashlib.sha256(names.encode()).hexdigest()[:16]}.npy"
    if not kept.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        np.save(kept, encoder.encode_passages(texts))
    return np.asarray(np.load(kept), dtype=np.float32)


class MixedVectors:
    """Draws vectors.

    Args:
        real: vectors of real passages. Shape: (n, d), n above `NEIGHBOURS`.
        seed: for the drawing.
    """

    def __init__(self, real: Vectors, seed: int) -> None:
        self._real = real
        self._chance = np.random.default_rng(seed)
        cosines = real @ real.T
        np.fill_diagonal(cosines, -1)
        self._near = np.argpartition(-cosines, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]

    def draw(self, count: int) -> Halves:
        """Return the next vectors. Shape: (count, d)."""
        own, step = self._pairs(count)
        vectors = own + self._chance.random((count, 1), dtype=np.float32) * step
        for _ in range(2):
            vectors += (
                MOVED
                * self._chance.standard_normal((count, 1), np.float32)
                * (self._pairs(count)[1])
            )
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors.astype(np.float16)

    def _pairs(self, count: int) -> tuple[Vectors, Vectors]:
        """Return some real vectors and the way from each to one of its neighbours."""
        own = self._chance.integers(len(self._real), size=count)
        neighbour = self._near[own, self._chance.integers(NEIGHBOURS, size=count)]
        return self._real[own], self._real[neighbour] - self._real[own]


def drawn_tokens(
    texts: Sequence[str], encoder: Encoder, keys: Sequence[bytes], seed: int
) -> dict[bytes, bytes]:
    """Give the tokens of real passages to made texts by chance.

    Args:
        texts: the passages.
        encoder: makes the tokens, if it has any.
        keys: `index.vectors.digest_of` the made texts.
        seed: for the drawing.
    """
    if not keys or not has_tokens(encoder):
        return {}
    chance = random.Random(seed)
    _, real = encoder.encode_passages_and_tokens(texts)
    codes = [coded(tokens).tobytes() for tokens in real]
    return {key: chance.choice(codes) for key in keys}


def store_vectors(
    db: Database,
    encoder: Encoder,
    keys: Sequence[bytes],
    rows: Halves,
    tokens: Mapping[bytes, bytes],
) -> None:
    """Put vectors into the cache of a home, as if they had been encoded.

    Args:
        db: database of the home.
        encoder: the one that they pass for the work of.
        keys: `index.vectors.digest_of` the passages, no two the same. Shape: (n,).
        rows: their vectors. Shape: (n, d).
        tokens: coded, of those texts whose tokens are kept, by key.
    """
    VectorCache(db, encoder)  # makes the table
    # In the order of the table, which so is written from one end to the other.
    order = sorted(range(len(keys)), key=keys.__getitem__)
    with db.atomic():
        db.conn.executemany(
            "INSERT OR REPLACE INTO vectors (encoder, text, vector, tokens) VALUES (?, ?, ?, ?)",
            ((encoder.digest, keys[i], rows[i].tobytes(), tokens.get(keys[i])) for i in order),
        )

"""Vectors of passages: computed once for each text and encoder, kept in the home's store."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database, Migrations

from index import shipped
from index.encoder import Encoder
from knowledge.migrating import migrate

BATCH = 64
WORTH_LOADING = 50  # texts to encode from which the vectors that ship are looked at
LOOKED_UP = 500  # vectors read at a time; SQLite takes about a thousand parameters

Halves = NDArray[np.float16]

migrations = Migrations("index")


@migrations()
def create_vectors(db: Database) -> None:
    """Half-precision vectors by encoder and by digest of the encoded text."""
    db.execute(
        "CREATE TABLE vectors (encoder TEXT NOT NULL, text BLOB NOT NULL, vector BLOB NOT NULL,"
        " PRIMARY KEY (encoder, text)) WITHOUT ROWID"
    )


class VectorCache:
    """Encodes passages, each text only once; what an interrupted run made is kept.

    Args:
        db: the home's database.
        encoder: makes the vectors.
    """

    def __init__(self, db: Database, encoder: Encoder) -> None:
        self._db = db
        self._encoder = encoder
        migrate(db, migrations)
        rows = db.execute("SELECT text FROM vectors WHERE encoder = ?", [encoder.digest])
        self._known = {key for (key,) in rows}
        self._keys: list[bytes] = []
        self._missing: dict[bytes, str] = {}

    def add(self, text: str) -> None:
        """Take the next text whose vector is wanted; only an unknown one is kept in memory."""
        key = digest_of(text)
        self._keys.append(key)
        if key not in self._known:
            self._missing[key] = text

    def vectors(self, progress: Callable[[int, int], None]) -> Halves:
        """Return the vectors of the texts taken, and forget those of all others.

        Args:
            progress: told (done, all) of the texts that had to be encoded.

        Returns:
            As they are kept, in half precision. Shape: (texts, dimensions).
        """
        self._encode(progress)
        self._forget()
        found = np.empty((len(self._keys), self._encoder.dimensions), dtype=np.float16)
        for begin in range(0, len(self._keys), LOOKED_UP):
            keys = self._keys[begin : begin + LOOKED_UP]
            known = self._read(keys)
            joined = b"".join(known[key] for key in keys)
            found[begin : begin + len(keys)] = np.frombuffer(joined, np.float16).reshape(
                len(keys), -1
            )
        return found

    def prepare(self, progress: Callable[[int, int], None]) -> None:
        """Make the vectors of the texts taken, for whoever wants them later; forget none.

        Args:
            progress: told (done, all) of the texts that had to be encoded.
        """
        self._encode(progress)

    def _encode(self, progress: Callable[[int, int], None]) -> None:
        self._take_shipped()
        missing = list(self._missing.items())
        for begin in range(0, len(missing), BATCH):
            batch = missing[begin : begin + BATCH]
            made = self._encoder.encode_passages([text for _, text in batch]).astype(np.float16)
            with self._db.atomic():
                self._db.conn.executemany(
                    "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                    [
                        (self._encoder.digest, key, vector.tobytes())
                        for (key, _), vector in zip(batch, made, strict=True)
                    ],
                )
            progress(begin + len(batch), len(missing))
        self._missing.clear()

    def _take_shipped(self) -> None:
        """Take the vectors that come with the project instead of making them."""
        if len(self._missing) < WORTH_LOADING:
            return
        known = shipped.load(self._encoder)
        taken = self._missing.keys() & known.keys()
        with self._db.atomic():
            self._db.conn.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                [(self._encoder.digest, key, known[key]) for key in sorted(taken)],
            )
        for key in taken:
            del self._missing[key]

    def _read(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        marks = ", ".join("?" * len(keys))
        rows = self._db.execute(
            f"SELECT text, vector FROM vectors WHERE encoder = ? AND text IN ({marks})",
            [self._encoder.digest, *keys],
        )
        return dict(rows.fetchall())

    def _forget(self) -> None:
        unused = self._known - set(self._keys)
        with self._db.atomic():
            self._db.execute("DELETE FROM vectors WHERE encoder <> ?", [self._encoder.digest])
            self._db.conn.executemany(
                "DELETE FROM vectors WHERE text = ?", [(key,) for key in unused]
            )


def digest_of(text: str) -> bytes:
    """Return what a text's vector is kept under."""
    return hashlib.blake2b(text.encode(), digest_size=16).digest()

"""Vectors of passages: computed once for each text and encoder, kept in the home's store."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import numpy as np
from sqlite_utils import Database, Migrations

from index.encoder import Encoder, Vectors
from knowledge.migrating import migrate

BATCH = 64

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

    def vectors(self, texts: Sequence[str], progress: Callable[[int, int], None]) -> Vectors:
        """Return the vectors of `texts`. Shape: (len(texts), dimensions).

        Args:
            texts: passages.
            progress: told (done, all) of the texts that had to be encoded.
        """
        keys = [hashlib.blake2b(t.encode(), digest_size=16).digest() for t in texts]
        known = self._known()
        missing = list({key: i for i, key in enumerate(keys) if key not in known}.values())
        for begin in range(0, len(missing), BATCH):
            rows = missing[begin : begin + BATCH]
            made = self._encoder.encode_passages([texts[i] for i in rows]).astype(np.float16)
            with self._db.atomic():
                self._db.conn.executemany(
                    "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                    [
                        (self._encoder.digest, keys[i], v.tobytes())
                        for i, v in zip(rows, made, strict=True)
                    ],
                )
            known.update({keys[i]: v.tobytes() for i, v in zip(rows, made, strict=True)})
            progress(begin + len(rows), len(missing))
        self._forget(set(known) - set(keys))
        if not keys:
            return np.zeros((0, self._encoder.dimensions), dtype=np.float32)
        joined = b"".join(known[key] for key in keys)
        return np.frombuffer(joined, np.float16).reshape(len(keys), -1).astype(np.float32)

    def _known(self) -> dict[bytes, bytes]:
        rows = self._db.execute(
            "SELECT text, vector FROM vectors WHERE encoder = ?", [self._encoder.digest]
        )
        return dict(rows.fetchall())

    def _forget(self, unused: set[bytes]) -> None:
        with self._db.atomic():
            self._db.execute("DELETE FROM vectors WHERE encoder <> ?", [self._encoder.digest])
            self._db.conn.executemany(
                "DELETE FROM vectors WHERE text = ?", [(key,) for key in unused]
            )

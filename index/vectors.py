"""Vectors of passages and tokens: made once for each text and encoder, kept in the home's store."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database, Migrations

from index import shipped
from index.encoder import Encoder, Vectors, has_tokens
from index.tokens import Codes, coded
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


@migrations()
def add_tokens(db: Database) -> None:
    """The tokens of a text, coded; NULL where they are not wanted."""
    db.execute("ALTER TABLE vectors ADD COLUMN tokens BLOB")


class VectorCache:
    """Encodes passages, each text only once; what an interrupted run made is kept.

    Args:
        db: the home's database.
        encoder: makes the vectors, and those of tokens if it can.
    """

    def __init__(self, db: Database, encoder: Encoder) -> None:
        self._db = db
        self._encoder = encoder
        self._tokens = encoder if has_tokens(encoder) else None
        migrate(db, migrations)
        rows = db.execute(
            "SELECT text, tokens IS NOT NULL FROM vectors WHERE encoder = ?", [encoder.digest]
        )
        self._known = dict(rows.fetchall())
        self._keys: list[bytes] = []
        self._close: list[bytes] = []
        self._missing: dict[bytes, str] = {}

    def add(self, text: str) -> None:
        """Take the next text whose vector is wanted; only an unknown one is kept in memory."""
        key = digest_of(text)
        self._keys.append(key)
        if key not in self._known:
            self._missing[key] = text

    def add_closely(self, text: str) -> None:
        """Take the next text whose tokens are wanted, if the encoder has any."""
        if self._tokens is None:
            return
        key = digest_of(text)
        self._close.append(key)
        if not self._known.get(key):
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
            known = self._read("vector", keys)
            joined = b"".join(known[key] for key in keys)
            found[begin : begin + len(keys)] = np.frombuffer(joined, np.float16).reshape(
                len(keys), -1
            )
        return found

    def tokens(self) -> list[Codes]:
        """Return the tokens of the texts taken closely; `vectors` has to be called before."""
        if self._tokens is None:
            return []
        width = self._tokens.token_dimensions // 2
        found: list[Codes] = []
        for begin in range(0, len(self._close), LOOKED_UP):
            keys = self._close[begin : begin + LOOKED_UP]
            known = self._read("tokens", keys)
            found += [np.frombuffer(known[key], np.uint8).reshape(-1, width) for key in keys]
        return found

    def prepare(self, progress: Callable[[int, int], None]) -> None:
        """Make the vectors of the texts taken, for whoever wants them later; forget none.

        Args:
            progress: told (done, all) of the texts that had to be encoded.
        """
        self._encode(progress)

    def _encode(self, progress: Callable[[int, int], None]) -> None:
        self._take_shipped()
        missing, close = list(self._missing.items()), set(self._close)
        for begin in range(0, len(missing), BATCH):
            batch = missing[begin : begin + BATCH]
            vectors, tokens = self._encoded([text for _, text in batch])
            self._keep(
                (key, vector.astype(np.float16).tobytes(), codes if key in close else None)
                for (key, _), vector, codes in zip(batch, vectors, tokens, strict=True)
            )
            progress(begin + len(batch), len(missing))
        self._missing.clear()

    def _encoded(self, texts: Sequence[str]) -> tuple[Vectors, Sequence[bytes | None]]:
        """Return the vectors of texts, and of each those of its tokens, if there are any."""
        if self._tokens is None:
            return self._encoder.encode_passages(texts), [None] * len(texts)
        vectors, tokens = self._tokens.encode_passages_and_tokens(texts)
        return vectors, [coded(one).tobytes() for one in tokens]

    def _take_shipped(self) -> None:
        """Take what comes with the project instead of making it."""
        if len(self._missing) < WORTH_LOADING:
            return
        known, close = shipped.load(self._encoder), set(self._close)
        taken = [
            key
            for key in sorted(self._missing.keys() & known.keys())
            if known[key].tokens is not None or key not in close
        ]
        self._keep((key, *known[key]) for key in taken)
        for key in taken:
            del self._missing[key]

    def _keep(self, rows: Iterable[tuple[bytes, bytes, bytes | None]]) -> None:
        """Store texts' keys with their vectors and tokens."""
        with self._db.atomic():
            self._db.conn.executemany(
                "INSERT OR REPLACE INTO vectors (encoder, text, vector, tokens)"
                " VALUES (?, ?, ?, ?)",
                ((self._encoder.digest, *row) for row in rows),
            )

    def _read(self, column: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        marks = ", ".join("?" * len(keys))
        rows = self._db.execute(
            f"SELECT text, {column} FROM vectors WHERE encoder = ? AND text IN ({marks})",
            [self._encoder.digest, *keys],
        )
        return dict(rows.fetchall())

    def _forget(self) -> None:
        unused = self._known.keys() - {*self._keys, *self._close}
        with self._db.atomic():
            self._db.execute("DELETE FROM vectors WHERE encoder <> ?", [self._encoder.digest])
            self._db.conn.executemany(
                "DELETE FROM vectors WHERE text = ?", [(key,) for key in unused]
            )


def digest_of(text: str) -> bytes:
    """Return what a text's vector is kept under."""
    return hashlib.blake2b(text.encode(), digest_size=16).digest()

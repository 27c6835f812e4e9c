"""Files that keepers sent and have not confirmed yet: as they were read, with corrections."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlite_utils import Database, Migrations

from bot.clock import Clock, stamp, utc_now
from bot.keeping.reading import ReadFile
from bot.pseudonyms import Pseudonyms
from knowledge.migrating import migrate

MOST = 10  # files of one person that may wait
DROPPED = "-rows"  # among the corrections: marks of targets that are none, with spaces between

migrations = Migrations("uploads")

_COLUMNS = "id, name, reading, corrections, stored"


@migrations()
def create_uploads(db: Database) -> None:
    """One row a file of a person; `stored` says what became of it once it was confirmed."""
    db.execute(
        "CREATE TABLE uploads (id INTEGER PRIMARY KEY AUTOINCREMENT, person TEXT NOT NULL,"
        " digest TEXT NOT NULL, name TEXT NOT NULL, reading TEXT NOT NULL,"
        " corrections TEXT NOT NULL, stored TEXT, at TEXT NOT NULL, UNIQUE (person, digest))"
    )


@dataclass(frozen=True)
class Upload:
    """A file that waits, or was confirmed lately.

    Attributes:
        id: names it.
        name: of the file.
        reading: what was read, as `knowledge.readers.wire` writes it.
        corrections: field of the metadata → what it is to say, as typed; and DROPPED.
        stored: ids of the documents that it became; None while it waits.
    """

    id: int
    name: str
    reading: str
    corrections: Mapping[str, str]
    stored: tuple[str, ...] | None

    @property
    def fields(self) -> dict[str, str]:
        """What is to be corrected of the metadata."""
        return {name: value for name, value in self.corrections.items() if name != DROPPED}

    @property
    def dropped(self) -> frozenset[str]:
        """Marks of the targets that are none."""
        return frozenset(self.corrections.get(DROPPED, "").split())


class Uploads:
    """The files of a home that wait.

    Args:
        db: the home's database.
        pseudonyms: of this home.
        clock: the time.
    """

    def __init__(self, db: Database, pseudonyms: Pseudonyms, clock: Clock = utc_now) -> None:
        self._db = db
        self._pseudonyms = pseudonyms
        self._clock = clock
        migrate(db, migrations)

    def stage(self, user: str, file: ReadFile) -> Upload | None:
        """Keep a file that was read; None where too many of the person wait.

        The same content sent again is the same upload, with the corrections made meanwhile: a
        delivery that comes twice counts once.
        """
        person, now = self._pseudonyms.of(user), stamp(self._clock())
        with self._db.atomic():
            self._db.execute(
                "INSERT INTO uploads (person, digest, name, reading, corrections, at)"
                " VALUES (?, ?, ?, ?, '{}', ?) ON CONFLICT (person, digest) DO UPDATE SET"
                " corrections = iif(stored IS NULL, corrections, '{}'), stored = NULL,"
                " reading = excluded.reading, at = excluded.at",
                [person, file.digest, file.name, file.reading, now],
            )
            if len(self.waiting(user)) > MOST:
                self._db.execute(
                    "DELETE FROM uploads WHERE person = ? AND digest = ?", [person, file.digest]
                )
                return None
            row = self._db.execute(
                f"SELECT {_COLUMNS} FROM uploads WHERE person = ? AND digest = ?",
                [person, file.digest],
            ).fetchone()
        return _upload(*row)

    def waiting(self, user: str) -> list[Upload]:
        """Return the files of a person that wait, the newest first."""
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM uploads WHERE person = ? AND stored IS NULL ORDER BY id DESC",
            [self._pseudonyms.of(user)],
        )
        return [_upload(*row) for row in rows.fetchall()]

    def get(self, user: str, number: int) -> Upload | None:
        """Return a file of a person, None where there is none of that number."""
        row = self._db.execute(
            f"SELECT {_COLUMNS} FROM uploads WHERE person = ? AND id = ?",
            [self._pseudonyms.of(user), number],
        ).fetchone()
        return None if row is None else _upload(*row)

    def correct(self, number: int, corrections: Mapping[str, str]) -> None:
        """Keep all corrections of a file that waits."""
        said = json.dumps(dict(corrections), ensure_ascii=False)
        with self._db.atomic():
            self._db.execute("UPDATE uploads SET corrections = ? WHERE id = ?", [said, number])

    def store(self, number: int, documents: tuple[str, ...]) -> None:
        """Note what a file became; what was read of it is with the documents now."""
        with self._db.atomic():
            self._db.execute(
                "UPDATE uploads SET stored = ?, reading = '' WHERE id = ?",
                [json.dumps(documents), number],
            )

    def drop(self, user: str, number: int) -> bool:
        """Forget a file that waits; say whether there was one."""
        with self._db.atomic():
            done = self._db.execute(
                "DELETE FROM uploads WHERE person = ? AND id = ? AND stored IS NULL",
                [self._pseudonyms.of(user), number],
            )
        return bool(done.rowcount)

    def forget(self, user: str) -> None:
        """Forget all files of a person."""
        with self._db.atomic():
            self._db.execute("DELETE FROM uploads WHERE person = ?", [self._pseudonyms.of(user)])


def _upload(number: int, name: str, reading: str, corrections: str, stored: str | None) -> Upload:
    ids = None if stored is None else tuple(json.loads(stored))
    return Upload(number, name, reading, json.loads(corrections), ids)

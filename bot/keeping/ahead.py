"""Encoding a document while its sender looks at it, so that it answers as soon as it is confirmed.

Nothing depends on it: what is not encoded by then is encoded with the confirmation.
"""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Event

from sqlite_utils import Database

from index.build import DETAILED, passages, pieces
from index.encoder import Encoder, EncoderError
from index.vectors import VectorCache
from knowledge.ingest import Ingest
from knowledge.metadata import MetadataError
from knowledge.places import Places
from knowledge.readers.wire import load
from knowledge.store import BUSY_MS, FILE

logger = logging.getLogger(__name__)


class _Leaving(Exception):  # noqa: N818 - nothing went wrong
    """The program ends."""


def encode_ahead(
    home: Path, encoder: Encoder, places: Places, reading: str, leaving: Event
) -> None:
    """Make the vectors of what was read, over a connection of its own; may run in any thread.

    Args:
        home: the folder of the store.
        encoder: makes them.
        places: names of places.
        reading: what was read, as `knowledge.readers.wire` writes it.
        leaving: set when the program ends; what was made by then is kept.
    """

    def go_on(done: int, total: int) -> None:
        if leaving.is_set():
            raise _Leaving

    try:
        with closing(Database(home / FILE)) as db:
            db.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
            count = int(db.execute("SELECT count(*) FROM documents").fetchone()[0])
            vectors = VectorCache(db, encoder)
            for raw in load(reading).documents:
                document = Ingest.read(raw, places)
                for passage, _ in passages(document, count <= DETAILED):
                    vectors.add(passage)
                for piece, _ in pieces(document, count <= DETAILED):
                    vectors.add_closely(piece)
            vectors.prepare(go_on)
    except (_Leaving, MetadataError):
        return
    except (OSError, sqlite3.Error, EncoderError) as error:
        logger.warning("a document is not encoded ahead: %s", type(error).__name__)

"""One write that happens as a whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlite_utils import Database


@contextmanager
def writing(db: Database) -> Iterator[None]:
    """Hold the write lock from the first read on; inside another such write, be part of it.

    What is read and then written cannot be changed by another process in between, and the lock is
    waited for, which a lock that is only asked for at the first write is not in WAL mode.
    """
    if db.conn.in_transaction:
        yield
        return
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.conn.execute("COMMIT")
    except BaseException:
        db.conn.rollback()
        raise

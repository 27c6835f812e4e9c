"""Transactions that need not wait for the disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlite_utils import Database


@contextmanager
def outliving_kills(db: Database) -> Iterator[None]:
    """Write a block as one transaction that survives a kill, but perhaps no power cut.

    In WAL mode what is committed lies with the system, whatever becomes of the process; waiting
    until it lies on the disk takes many times as long. For what nobody was promised, as the turn
    that a button refers to.

    Args:
        db: in WAL mode. Within a transaction the block becomes part of it, and waits as it does.
    """
    if db.conn.in_transaction:
        with db.atomic():
            yield
        return
    (usual,) = db.execute("PRAGMA synchronous").fetchone()
    db.execute("PRAGMA synchronous = NORMAL")
    try:
        with db.atomic():
            yield
    finally:
        db.execute(f"PRAGMA synchronous = {usual}")

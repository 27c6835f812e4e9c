"""Copies of a home's database, made while it is in use, and what SQLite finds wrong with them."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path


def copy_database(source: Path, target: Path) -> None:
    """Copy a database as it is at one instant, with SQLite's online backup.

    Writers are not held up: in WAL mode they go on beside the one reading transaction.
    https://www.sqlite.org/backup.html

    Args:
        source: the database, which others may be writing.
        target: a file that does not exist yet; afterwards it is whole without a log beside it.

    Raises:
        sqlite3.Error, OSError: one of the files cannot be read or written.
    """
    descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    os.close(descriptor)
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.execute("PRAGMA query_only = ON")
        live.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")


def broken(database: Path) -> str | None:
    """Return the first thing that SQLite finds wrong with a database, None where it is whole."""
    try:
        with closing(sqlite3.connect(database)) as opened:
            found = [str(row[0]) for row in opened.execute("PRAGMA integrity_check(1)")]
            astray = [str(row) for row in opened.execute("PRAGMA foreign_key_check")]
    except sqlite3.Error as error:
        return str(error)
    return next((line for line in [*found, *astray] if line != "ok"), None)


def counts(database: Path) -> dict[str, int]:
    """Return how many rows each table has."""
    with closing(sqlite3.connect(database)) as opened:
        names = [
            str(name)
            for (name,) in opened.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            )
        ]
        return {
            name: int(opened.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])
            for name in names
        }


def in_use(database: Path) -> bool:
    """Say whether another program has a database open.

    Every connection in WAL mode holds a shared lock on the file for as long as it is open, so the
    exclusive one cannot be had.
    """
    if not database.exists():
        return False
    with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as opened:
        try:
            opened.execute("PRAGMA locking_mode = EXCLUSIVE")
            opened.execute("BEGIN EXCLUSIVE")
            opened.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            return "lock" in str(error) or "busy" in str(error)
        except sqlite3.DatabaseError:
            return False  # broken, and nobody could work with it
    return False


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut, where the system can do that."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows opens no folders
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

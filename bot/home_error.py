"""What to say of a home that cannot be opened."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.home import HomeError
from config.texts import load_texts
from knowledge.store import FILE

_NOT_WRITABLE = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_PERM")
_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")


def home_error(home: Path, error: OSError | sqlite3.Error) -> HomeError:
    """Return the sentence for a home that cannot be used.

    The words are those that ship: an office's own lie in the home.
    """
    texts = load_texts().home
    if isinstance(error, sqlite3.Error):
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith(_BUSY):
            return HomeError(texts.busy.format(home=home))
        if not name.startswith(_NOT_WRITABLE):
            return HomeError(texts.broken.format(file=home / FILE))
    return HomeError(texts.unwritable.format(home=home))

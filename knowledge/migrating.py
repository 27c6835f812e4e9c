"""Bringing a home's tables up to date while other processes may be doing the same."""

from __future__ import annotations

from sqlite_utils import Database, Migrations


def migrate(db: Database, migrations: Migrations) -> None:
    """Apply what is pending; of several processes that open a new file one does it.

    Args:
        db: the home's database.
        migrations: numbered steps of one package.

    Raises:
        sqlite3.Error: the file cannot be written; nothing was changed.
    """
    if not migrations.pending(db):
        return
    # The write lock comes first: whoever waited for it finds the work done.
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        migrations.apply(db)
        db.conn.execute("COMMIT")
    except BaseException:
        db.conn.rollback()
        raise

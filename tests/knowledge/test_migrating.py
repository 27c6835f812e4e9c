"""Tables are brought up to date once, by whoever comes first."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from knowledge.migrating import migrate


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "tables.db")
    yield opened
    opened.close()


def made(*statements: str) -> Migrations:
    """Return migrations that run one statement each."""
    migrations = Migrations("test")
    for number, statement in enumerate(statements):

        def step(db: Database, statement: str = statement) -> None:
            db.execute(statement)

        migrations(name=f"step {number}")(step)
    return migrations


def test_what_is_pending_is_applied_once(db: Database) -> None:
    first = made("CREATE TABLE a (x)", "INSERT INTO a VALUES (1)")
    migrate(db, first)
    migrate(db, first)
    assert list(db.query("SELECT x FROM a")) == [{"x": 1}]
    assert not db.conn.in_transaction


def test_a_later_program_adds_its_steps(db: Database) -> None:
    migrate(db, made("CREATE TABLE a (x)"))
    migrate(db, made("CREATE TABLE a (x)", "CREATE TABLE b (y)"))
    assert {"a", "b"} <= set(db.table_names())


def test_what_fails_changes_nothing(db: Database) -> None:
    with pytest.raises(sqlite3.OperationalError):
        migrate(db, made("CREATE TABLE a (x)", "CREATE TABLE b ("))
    assert db.table_names() == []
    migrate(db, made("CREATE TABLE a (x)", "CREATE TABLE b (y)"))
    assert {"a", "b"} <= set(db.table_names())

"""The tables of the officials' desk."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("desk")


@migrations()
def create_desk(db: Database) -> None:
    """Questions that wait, their groups, what is being written, letters, kept answers.

    `person` is a pseudonym. `address` is kept only where the person asked for an official, and goes
    with the row once the letter was sent.
    """
    db.execute(
        "CREATE TABLE desk_groups (id INTEGER PRIMARY KEY, question TEXT NOT NULL,"
        " taken_by TEXT, taken_until TEXT, seen INTEGER NOT NULL DEFAULT 0)"
    )
    db.execute(
        "CREATE TABLE desk_questions (id INTEGER PRIMARY KEY, person TEXT, address TEXT,"
        " question TEXT NOT NULL, kind TEXT NOT NULL, asked_at TEXT NOT NULL,"
        ' "group" INTEGER REFERENCES desk_groups(id) ON DELETE SET NULL)'
    )
    db.execute("CREATE UNIQUE INDEX desk_questions_once ON desk_questions(person, question)")
    db.execute('CREATE INDEX desk_questions_group ON desk_questions("group")')
    db.execute(
        "CREATE TABLE desk_drafts (person TEXT PRIMARY KEY, kind TEXT NOT NULL,"
        " subject INTEGER NOT NULL, text TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID"
    )
    db.execute(
        "CREATE TABLE desk_letters (id INTEGER PRIMARY KEY, person TEXT, address TEXT,"
        " text TEXT NOT NULL, state TEXT NOT NULL, due TEXT NOT NULL, tries INTEGER NOT NULL"
        " DEFAULT 0, made_at TEXT NOT NULL, digest TEXT)"
    )
    db.execute("CREATE INDEX desk_letters_person ON desk_letters(person)")
    db.execute("CREATE INDEX desk_letters_due ON desk_letters(state, due)")
    db.execute(
        "CREATE TABLE desk_answers (id INTEGER PRIMARY KEY, question TEXT NOT NULL,"
        " text TEXT NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL, document TEXT NOT NULL,"
        " withdrawn_at TEXT)"
    )

"""The tables of accounts."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("accounts")


@migrations()
def create_accounts(db: Database) -> None:
    """Accounts, the sessions that are open, and who failed to get in how often.

    `person` is the pseudonym that roles are held under. Of a session only a keyed hash is kept, of
    who failed only keyed hashes of names and addresses.
    """
    db.execute(
        "CREATE TABLE accounts (name TEXT PRIMARY KEY, person TEXT NOT NULL UNIQUE,"
        " password TEXT NOT NULL, reset TEXT, reset_until TEXT, made_at TEXT NOT NULL)"
        " WITHOUT ROWID"
    )
    db.execute(
        "CREATE TABLE account_sessions (digest TEXT PRIMARY KEY, account TEXT NOT NULL,"
        " person TEXT NOT NULL, begun_at TEXT NOT NULL, seen_at TEXT NOT NULL, told TEXT)"
        " WITHOUT ROWID"
    )
    db.execute(
        "CREATE TABLE account_tries (key TEXT PRIMARY KEY, count INTEGER NOT NULL,"
        " at TEXT NOT NULL) WITHOUT ROWID"
    )


@migrations()
def end_sessions_with_roles(db: Database) -> None:
    """Let the withdrawal of a role end the sessions of who held it, in the same transaction.

    As a trigger it also holds for what other processes withdraw, and cannot be forgotten.
    """
    db.execute(
        "CREATE TRIGGER account_sessions_end AFTER DELETE ON role_holders BEGIN"
        " DELETE FROM account_sessions WHERE person = OLD.person; END"
    )

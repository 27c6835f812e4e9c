"""What is kept about people, for how long, and all of it for one person.

Every table with a trace of a person stands in `KINDS`; a test holds it against the database.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlite_utils import Database

HOME, RATINGS, ADDRESS = "home", "ratings", "address"


@dataclass(frozen=True)
class Kind:
    """One kind of thing that is kept.

    Attributes:
        name: its key in `settings.toml`, [retention]; "" for what stays until it is erased.
        table: where it is kept.
        at: column with the time of each row, ISO 8601 in UTC; "" where there is none.
        person: column with the pseudonym of whom it is about; "" where nobody is named, or where
            the mark has to outlive the wish to be forgotten.
        key: how that column names the person: HOME, RATINGS or ADDRESS.
        secret: columns that are shown to nobody, not even to the person.
    """

    name: str
    table: str
    at: str = ""
    person: str = ""
    key: str = HOME
    secret: tuple[str, ...] = ()


KINDS = (
    Kind("turns", "turns", "at", "user"),
    Kind("unanswered", "unanswered", "asked_at"),
    Kind("verdicts", "verdicts", "at", "user"),
    Kind("deliveries", "deliveries", "at"),
    # Who does not want to be written to; erasing that would mean to write to them again.
    Kind("departures", "telegram_blocked", "at"),
    Kind("departures", "zalo_departures", "at"),
    Kind("", "people", "", "user"),
    Kind("questions", "desk_questions", "asked_at", "person"),
    Kind("questions", "desk_drafts", "at", "person"),
    Kind("questions", "desk_letters", "made_at", "person"),
    Kind("", "notice_readers", "", "person"),
    Kind("", "notice_copies", "", "person"),
    Kind("", "subscriptions", "", "person"),
    Kind("", "role_holders", "", "person"),
    Kind("deliveries", "role_tries", "at", "person"),
    Kind("", "accounts", "", "person", secret=("password", "reset")),
    Kind("deliveries", "account_sessions", "seen_at", "person", secret=("digest",)),
    Kind("deliveries", "account_tries", "at"),
    Kind("undo", "kept_states", "at", "person"),
    Kind("uploads", "uploads", "at", "person", secret=("reading", "digest")),
    # Ratings have periods of their own, see `RatingDesk.purge`.
    Kind("", "rating_sessions", "", "person", RATINGS),
    Kind("", "rating_picks", "", "person", RATINGS),
    Kind("", "rating_invitations", "", "person", RATINGS),
    Kind("", "rating_stopped", "", "person", RATINGS),
    Kind("", "rating_subscriptions", "", "user", ADDRESS),
)


def enforce(db: Database, days: Mapping[str, int], now: datetime | None = None) -> dict[str, int]:
    """Delete what is older than its period, also from the free pages of the file.

    Args:
        db: the home's database.
        days: period of each kind; 0 keeps it for ever.
        now: with a time zone; the present time without.

    Returns:
        How many rows of each kind went.

    Raises:
        sqlite3.Error: the database cannot be written.
    """
    moment = (now or datetime.now(UTC)).astimezone(UTC)
    gone: dict[str, int] = {}
    existing = set(db.table_names())
    # What is deleted is overwritten, so that it cannot be read out of the file.
    db.execute("PRAGMA secure_delete = ON")
    for kind in KINDS:
        period = days.get(kind.name, 0)
        if not kind.at or not period or kind.table not in existing:
            continue
        before = (moment - timedelta(days=period)).isoformat()
        with db.atomic():
            done = db.execute(f'DELETE FROM "{kind.table}" WHERE "{kind.at}" < ?', [before])
        gone[kind.name] = gone.get(kind.name, 0) + done.rowcount
    # The log of the database still holds what was deleted, until it is folded into the file.
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return gone


def kept_of(db: Database, names: Mapping[str, str | bytes]) -> dict[str, list[dict[str, Any]]]:
    """Return everything that is kept of a person, by table; the names themselves are left out.

    Args:
        db: the home's database.
        names: what the person is called in the tables: by HOME, RATINGS and ADDRESS.
    """
    existing = set(db.table_names())
    found: dict[str, list[dict[str, Any]]] = {}
    for kind in KINDS:
        if not kind.person or kind.table not in existing:
            continue
        rows = db.query(
            f'SELECT * FROM "{kind.table}" WHERE "{kind.person}" = ?', [names[kind.key]]
        )
        if shown := [_readable(row, (kind.person, *kind.secret)) for row in rows]:
            found[kind.table] = shown
    return found


def _readable(row: Mapping[str, Any], hidden: Collection[str]) -> dict[str, Any]:
    """Return a row without whom it is about and without secrets, JSON in it opened."""
    return {name: _opened(value) for name, value in row.items() if name not in hidden}


def _opened(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value

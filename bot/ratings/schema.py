"""Tables of the ratings. None of them joins a person to a rating for longer than a day."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("ratings")


@migrations()
def create_ratings(db: Database) -> None:
    """What was answered: about what, on which channel and day, but not by whom.

    The answers repeat what reports group by, so that one index holds all that a report reads.
    """
    db.execute(
        "CREATE TABLE rating_subjects (id INTEGER PRIMARY KEY, office TEXT NOT NULL,"
        " service TEXT NOT NULL, office_name TEXT NOT NULL, service_name TEXT NOT NULL,"
        " field TEXT NOT NULL, UNIQUE (office, service))"
    )
    db.execute(
        "CREATE TABLE ratings (id INTEGER PRIMARY KEY, subject INTEGER NOT NULL,"
        " channel TEXT NOT NULL, way TEXT NOT NULL, survey TEXT NOT NULL, day TEXT NOT NULL,"
        " score INTEGER NOT NULL, flagged INTEGER NOT NULL DEFAULT 0)"
    )
    db.execute("CREATE INDEX ratings_by_subject ON ratings(subject, channel, score, flagged, day)")
    db.execute("CREATE INDEX ratings_by_day ON ratings(day, score, flagged, subject, channel)")
    db.execute(
        "CREATE TABLE rating_answers (rating INTEGER NOT NULL, question TEXT NOT NULL,"
        " value TEXT NOT NULL, survey TEXT NOT NULL, subject INTEGER NOT NULL,"
        " channel TEXT NOT NULL, day TEXT NOT NULL, flagged INTEGER NOT NULL DEFAULT 0,"
        " PRIMARY KEY (rating, question)) WITHOUT ROWID"
    )
    db.execute(
        "CREATE INDEX rating_answers_by_value ON"
        " rating_answers(survey, question, value, flagged, day, subject, channel)"
    )
    db.execute(
        "CREATE TABLE rating_comments (id INTEGER PRIMARY KEY, subject INTEGER NOT NULL,"
        " channel TEXT NOT NULL, day TEXT NOT NULL, score INTEGER NOT NULL, text TEXT NOT NULL,"
        " flagged INTEGER NOT NULL DEFAULT 0)"
    )
    db.execute("CREATE INDEX rating_comments_by_day ON rating_comments(day)")


@migrations()
def create_sessions(db: Database) -> None:
    """Who may still answer or change, under keyed hashes; and what limits misuse."""
    db.execute("CREATE TABLE rating_once (key BLOB PRIMARY KEY, until TEXT NOT NULL) WITHOUT ROWID")
    db.execute("CREATE INDEX rating_once_until ON rating_once(until)")
    db.execute(
        "CREATE TABLE rating_sessions (id TEXT PRIMARY KEY, person BLOB NOT NULL,"
        " once BLOB NOT NULL, bound INTEGER NOT NULL, subject INTEGER NOT NULL,"
        " channel TEXT NOT NULL, way TEXT NOT NULL, survey TEXT NOT NULL, rating INTEGER,"
        " comment INTEGER, skipped TEXT NOT NULL DEFAULT '[]', state TEXT NOT NULL,"
        " unclear INTEGER NOT NULL DEFAULT 0, touched TEXT NOT NULL, until TEXT NOT NULL,"
        " UNIQUE (person, once)) WITHOUT ROWID"
    )
    db.execute("CREATE INDEX rating_sessions_until ON rating_sessions(until)")
    db.execute(
        "CREATE TABLE rating_picks (person BLOB PRIMARY KEY, offered TEXT NOT NULL,"
        " at TEXT NOT NULL) WITHOUT ROWID"
    )
    db.execute(
        "CREATE TABLE rating_arrivals (kind TEXT NOT NULL, key BLOB NOT NULL, at TEXT NOT NULL,"
        " rating INTEGER)"
    )
    db.execute("CREATE INDEX rating_arrivals_by_key ON rating_arrivals(kind, key, at)")
    db.execute("CREATE INDEX rating_arrivals_at ON rating_arrivals(at)")


@migrations()
def create_invitations(db: Database) -> None:
    """Codes, cases of the one-stop software, who is to be asked and when, who gets reports.

    A case's own number is not kept, only its keyed hash; the messenger's id of a person only
    as long as something is to be sent.
    """
    db.execute(
        "CREATE TABLE rating_codes (id BLOB PRIMARY KEY, kind TEXT NOT NULL,"
        " office TEXT NOT NULL, service TEXT NOT NULL, expires TEXT NOT NULL,"
        " made TEXT NOT NULL, withdrawn TEXT) WITHOUT ROWID"
    )
    db.execute(
        "CREATE TABLE rating_cases (key BLOB PRIMARY KEY, office TEXT NOT NULL,"
        " service TEXT NOT NULL, state TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID"
    )
    db.execute(
        "CREATE TABLE rating_invitations (id TEXT PRIMARY KEY, person BLOB NOT NULL, user TEXT,"
        " once BLOB NOT NULL, bound INTEGER NOT NULL, kind TEXT NOT NULL, office TEXT NOT NULL,"
        " service TEXT NOT NULL, state TEXT NOT NULL, due TEXT, expires TEXT NOT NULL,"
        " sent_on TEXT, subject INTEGER, channel TEXT NOT NULL, UNIQUE (person, once))"
        " WITHOUT ROWID"
    )
    db.execute("CREATE INDEX rating_invitations_due ON rating_invitations(due)")
    db.execute(
        "CREATE INDEX rating_invitations_open ON rating_invitations(expires) WHERE user IS NOT NULL"
    )
    db.execute("CREATE INDEX rating_invitations_once ON rating_invitations(once)")
    db.execute(
        "CREATE INDEX rating_invitations_sent ON"
        " rating_invitations(sent_on, subject, channel, state)"
    )
    db.execute("CREATE TABLE rating_stopped (person BLOB PRIMARY KEY) WITHOUT ROWID")
    db.execute(
        "CREATE TABLE rating_subscriptions (user TEXT NOT NULL, period TEXT NOT NULL,"
        " office TEXT NOT NULL, due TEXT NOT NULL, PRIMARY KEY (user, period)) WITHOUT ROWID"
    )

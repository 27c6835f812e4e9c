"""Sessions of people who logged in: kept on the server, named by a secret of the browser."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlite_utils import Database

from bot.clock import Clock, stamp
from bot.pseudonyms import Pseudonyms
from config.office import AccountSettings

NOTED = timedelta(minutes=1)  # how exactly it is known when a session was last used


@dataclass(frozen=True)
class Session:
    """An open session: the name of its account."""

    account: str


class Sessions:
    """The open sessions of a home.

    Args:
        db: the home's database, migrated.
        pseudonyms: of this home; of a session only a keyed hash is kept.
        settings: how long they last.
        clock: the time.
    """

    def __init__(
        self, db: Database, pseudonyms: Pseudonyms, settings: AccountSettings, clock: Clock
    ) -> None:
        self._db = db
        self._pseudonyms = pseudonyms
        self._settings = settings
        self._clock = clock

    def begin(self, account: str, person: str) -> str:
        """Open a session and return its secret.

        Args:
            account: name of the account.
            person: its pseudonym.
        """
        token, now = secrets.token_urlsafe(32), self._clock()
        with self._db.atomic():
            self._db.execute(
                "DELETE FROM account_sessions WHERE seen_at <= ? OR begun_at <= ?",
                [stamp(now - self._settings.idle), stamp(now - self._settings.lasting)],
            )
            self._db.execute(
                "INSERT INTO account_sessions (digest, account, person, begun_at, seen_at)"
                " VALUES (?, ?, ?, ?, ?)",
                [self._digest(token), account, person, stamp(now), stamp(now)],
            )
        return token

    def find(self, token: str) -> Session | None:
        """Return the session of a secret, None where there is none or it has ended."""
        now, digest = self._clock(), self._digest(token)
        row = self._db.execute(
            "SELECT account, seen_at FROM account_sessions WHERE digest = ?"
            " AND seen_at > ? AND begun_at > ?",
            [digest, stamp(now - self._settings.idle), stamp(now - self._settings.lasting)],
        ).fetchone()
        if row is None:
            return None
        if row[1] < stamp(now - NOTED):
            with self._db.atomic():
                self._db.execute(
                    "UPDATE account_sessions SET seen_at = ? WHERE digest = ?", [stamp(now), digest]
                )
        return Session(row[0])

    def end(self, token: str) -> None:
        """End one session."""
        with self._db.atomic():
            self._db.execute("DELETE FROM account_sessions WHERE digest = ?", [self._digest(token)])

    def end_all(self, account: str) -> None:
        """End all sessions of an account."""
        with self._db.atomic():
            self._db.execute("DELETE FROM account_sessions WHERE account = ?", [account])

    def tell(self, token: str, text: str) -> None:
        """Keep a sentence that the next page of a session shows."""
        with self._db.atomic():
            self._db.execute(
                "UPDATE account_sessions SET told = ? WHERE digest = ?", [text, self._digest(token)]
            )

    def told(self, token: str) -> str:
        """Return the sentence that was kept, "" for none, and forget it."""
        digest = self._digest(token)
        row = self._db.execute(
            "SELECT told FROM account_sessions WHERE digest = ? AND told IS NOT NULL", [digest]
        ).fetchone()
        if row is None:
            return ""
        with self._db.atomic():
            self._db.execute("UPDATE account_sessions SET told = NULL WHERE digest = ?", [digest])
        return str(row[0])

    def form_token(self, secret: str) -> str:
        """Return what the forms of a browser carry, so that no other site can make them.

        Args:
            secret: of its session, or of its cookie while it has none.
        """
        return self._pseudonyms.of(f"form {secret}")

    def _digest(self, token: str) -> str:
        return self._pseudonyms.of(f"session {token}")

"""New passwords by a code, for who forgot theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlite_utils import Database

from bot.accounts.sessions import Sessions
from bot.audit import COMMAND_LINE, Action, Audit
from bot.clock import Clock, stamp
from bot.pseudonyms import Pseudonyms
from bot.role_codes import new_code, split_code


class Resets:
    """The resets of a home.

    Args:
        db: the home's database, migrated.
        pseudonyms: of this home; codes are kept under their hashes.
        sessions: that a reset ends.
        valid: how long a code holds.
        audit: where changes are noted.
        called: gives the display name of an account's owner.
        clock: the time.
    """

    def __init__(
        self,
        db: Database,
        pseudonyms: Pseudonyms,
        sessions: Sessions,
        valid: timedelta,
        audit: Audit,
        called: Callable[[str], str],
        clock: Clock,
    ) -> None:
        self._db = db
        self._pseudonyms = pseudonyms
        self._sessions = sessions
        self._valid = valid
        self._audit = audit
        self._called = called
        self._clock = clock

    def begin(self, name: str, actor: str = COMMAND_LINE) -> str:
        """End the sessions of an account, make its password worthless, return a code for a new one.

        Raises:
            KeyError: there is no such account.
        """
        code = new_code()
        until = stamp(self._clock() + self._valid)
        with self._db.atomic():
            done = self._db.execute(
                "UPDATE accounts SET password = '', reset = ?, reset_until = ? WHERE name = ?",
                [self._digest(name, code), until, name],
            )
            if not done.rowcount:
                raise KeyError(name)
            self._sessions.end_all(name)
            self._audit.note(Action.PASSWORD_RESET, name, "", actor)
        return code

    def opens(self, name: str, code: str) -> bool:
        """Say whether a code gives an account a new password."""
        row = self._db.execute(
            "SELECT 1 FROM accounts WHERE name = ? AND reset = ? AND reset_until > ?",
            [name, self._digest(name, code), stamp(self._clock())],
        ).fetchone()
        return row is not None

    def redeem(self, name: str, password: str, code: str) -> bool:
        """Give an account a new password by a code; say whether the code was right.

        Args:
            name: of the account.
            password: hashed.
            code: as typed; it holds once.
        """
        with self._db.atomic():
            done = self._db.execute(
                "UPDATE accounts SET password = ?, reset = NULL WHERE name = ? AND reset = ?"
                " AND reset_until > ?",
                [password, name, self._digest(name, code), stamp(self._clock())],
            )
            if done.rowcount:
                self._audit.note(Action.PASSWORD_CHANGED, name, "", self._called(name))
        return bool(done.rowcount)

    def _digest(self, name: str, code: str) -> str:
        return self._pseudonyms.of(f"reset code {name} {split_code(code)[0]}")

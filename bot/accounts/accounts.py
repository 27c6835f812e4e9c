"""Accounts: opened by a code for a role, removed with their roles."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlite_utils import Database

from bot.accounts.passwords import Passwords
from bot.accounts.resets import Resets
from bot.accounts.schema import migrations
from bot.accounts.sessions import Sessions
from bot.accounts.throttle import Throttle
from bot.audit import COMMAND_LINE, Action, Audit
from bot.clock import Clock, stamp, utc_now
from bot.pseudonyms import Pseudonyms
from bot.roles import Holder, Redeeming, StoredRoles
from config.office import Office
from knowledge.migrating import migrate

CHANNEL = "account"
_NAME = re.compile(r"[a-z0-9](?:[._-]?[a-z0-9]){2,31}")


class NameTakenError(Exception):
    """There is an account of that name."""


class CodeRefusedError(Exception):
    """A code gave no role.

    Args:
        why: what is wrong.
    """

    def __init__(self, why: Redeeming) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Account:
    """An account.

    Attributes:
        name: what its owner types to log in.
        holders: the roles that it holds.
        made_at: when it was opened, ISO 8601.
        ready: whether it has a password; False between a reset and the new one.
    """

    name: str
    holders: tuple[Holder, ...]
    made_at: str
    ready: bool


def user_of(name: str) -> str:
    """Return what an account is called where `Message.user` is wanted."""
    return f"{CHANNEL}:{name}"


def account_name(typed: str) -> str | None:
    """Return the name that was typed as it is kept, None where it cannot be one."""
    name = typed.strip().lower()
    return name if _NAME.fullmatch(name) else None


class Accounts:
    """The accounts of a home, and with them its sessions, resets and the limits on guessing.

    Args:
        db: the home's database.
        pseudonyms: of this home.
        roles: who may do what.
        office: how long codes and sessions hold.
        audit: where changes are noted.
        clock: the time.
    """

    def __init__(
        self,
        db: Database,
        pseudonyms: Pseudonyms,
        roles: StoredRoles,
        office: Office,
        audit: Audit,
        clock: Clock = utc_now,
    ) -> None:
        migrate(db, migrations)
        self.sessions = Sessions(db, pseudonyms, office.accounts, clock)
        self.throttle = Throttle(db, pseudonyms, clock)
        self.passwords = Passwords(office.accounts.shortest)
        self.resets = Resets(
            db, pseudonyms, self.sessions, office.codes.valid, audit, self._called, clock
        )
        self._db = db
        self._pseudonyms = pseudonyms
        self._roles = roles
        self._audit = audit
        self._clock = clock

    def open(self, name: str, password: str, code: str, called: str = "") -> Holder:
        """Open an account with the role of a code; both or neither happens.

        Args:
            name: as `account_name` gave it.
            password: hashed.
            code: as typed.
            called: display name, where the code has none.

        Raises:
            CodeRefusedError: the code is wrong, used, too old, or there is no display name.
            NameTakenError: there is an account of that name; the code is still good.
        """
        user = user_of(name)
        with self._db.atomic():
            outcome, holder = self._roles.redeem(user, f"{code} {called}", reachable=False)
            if holder is None:
                raise CodeRefusedError(outcome)
            done = self._db.execute(
                "INSERT OR IGNORE INTO accounts (name, person, password, made_at)"
                " VALUES (?, ?, ?, ?)",
                [name, self._pseudonyms.of(user), password, stamp(self._clock())],
            )
            if not done.rowcount:
                raise NameTakenError(name)
            self._audit.note(Action.ACCOUNT_OPENED, name, "", holder.name)
        return holder

    def password(self, name: str) -> str | None:
        """Return the hash of an account's password, None where there is no account."""
        row = self._db.execute("SELECT password FROM accounts WHERE name = ?", [name]).fetchone()
        return str(row[0]) if row else None

    def log_in(self, name: str, password: str) -> str | None:
        """Open a session and return its secret.

        Args:
            name: of the account.
            password: the hash that the password was compared with; None is returned where it is
                no longer the one that holds.
        """
        row = self._db.execute(
            "SELECT person FROM accounts WHERE name = ? AND password = ? AND password <> ''",
            [name, password],
        ).fetchone()
        return self.sessions.begin(name, row[0]) if row else None

    def change_password(self, name: str, password: str, before: str) -> bool:
        """Set a new password and end all sessions; say whether the old one still held.

        Args:
            name: of the account.
            password, before: hashed.
        """
        with self._db.atomic():
            done = self._db.execute(
                "UPDATE accounts SET password = ?, reset = NULL WHERE name = ? AND password = ?",
                [password, name, before],
            )
            if done.rowcount:
                self.sessions.end_all(name)
                self._audit.note(Action.PASSWORD_CHANGED, name, "", self._called(name))
        return bool(done.rowcount)

    def all(self) -> list[Account]:
        """Return all accounts by name."""
        rows = self._db.execute("SELECT name, made_at, password <> '' FROM accounts ORDER BY name")
        return [
            Account(name, tuple(self._roles.of(user_of(name))), made_at, bool(ready))
            for name, made_at, ready in rows.fetchall()
        ]

    def remove(self, name: str, actor: str = COMMAND_LINE) -> None:
        """Remove an account, its roles and its sessions, at once.

        Raises:
            KeyError: there is no such account.
        """
        with self._db.atomic():
            done = self._db.execute("DELETE FROM accounts WHERE name = ?", [name])
            if not done.rowcount:
                raise KeyError(name)
            # For good: the next account of that name must not get its roles back.
            self._roles.forget(user_of(name), actor)
            self.sessions.end_all(name)
            self._audit.note(Action.ACCOUNT_REMOVED, name, "", actor)

    def forget(self, user: str) -> None:
        """Remove the account of a user, where it is one."""
        channel, _, name = user.partition(":")
        if channel == CHANNEL and self.password(name) is not None:
            self.remove(name, self._called(name))

    def _called(self, name: str) -> str:
        return self._roles.name(user_of(name)) or name

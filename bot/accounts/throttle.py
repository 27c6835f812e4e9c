"""Slowing down who guesses passwords, without locking out whom they guess at.

Failures are counted for an account, for a network address, and for a browser that has got into the
account before. The first few are free, then each doubles the wait, up to a quarter of an hour. A
browser that is known is only held to its own count, so nobody can keep the owner of an account, or
an office behind one address, out by failing on purpose (the "device cookies" of OWASP). An attempt
made while one has to wait is not looked at and does not prolong the wait.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.clock import Clock, stamp
from bot.pseudonyms import Pseudonyms

FREE: Mapping[str, int] = {"account": 5, "browser": 5, "address": 20}  # failures without a wait
FIRST = timedelta(seconds=30)
MOST = timedelta(minutes=15)
FORGOTTEN = timedelta(hours=1)  # after the last failure

Key = tuple[str, str]  # what is counted, one of FREE, and its name


class Throttle:
    """The failures of a home.

    Args:
        db: the home's database, migrated.
        pseudonyms: of this home; names and addresses are kept under their hashes.
        clock: the time.
    """

    def __init__(self, db: Database, pseudonyms: Pseudonyms, clock: Clock) -> None:
        self._db = db
        self._pseudonyms = pseudonyms
        self._clock = clock

    def begin(self, keys: Sequence[Key]) -> timedelta:
        """Count an attempt for all keys and return 0, or how long it has to wait.

        The attempt counts as failed until `passed` says otherwise, so many at once get no further
        than many in a row.
        """
        now = self._clock()
        with self._db.atomic():
            self._db.execute(
                "DELETE FROM account_tries WHERE at < ? OR at > ?",  # or the clock was set back
                [stamp(now - FORGOTTEN), stamp(now + MOST)],
            )
            wait = max((self._wait(key, now) for key in keys), default=timedelta())
            if wait > timedelta():
                return wait
            for key in keys:
                self._db.execute(
                    "INSERT INTO account_tries VALUES (?, 1, ?) ON CONFLICT (key) DO UPDATE SET"
                    " count = count + 1, at = excluded.at",
                    [self._named(key), stamp(now)],
                )
        return timedelta()

    def passed(self, keys: Sequence[Key]) -> None:
        """Take back an attempt that succeeded: the failures of an account or browser are over."""
        with self._db.atomic():
            for key in keys:
                name = self._named(key)
                if key[0] == "address":
                    # Who has an account does not get free guesses at others by it.
                    self._db.execute(
                        "UPDATE account_tries SET count = count - 1 WHERE key = ?", [name]
                    )
                else:
                    self._db.execute("DELETE FROM account_tries WHERE key = ?", [name])

    def mark(self, account: str) -> str:
        """Return what a browser keeps to be known again as one that got into an account."""
        nonce = secrets.token_hex(8)
        return f"{nonce}.{self._marked(account, nonce)}"

    def keys(self, account: str, address: str, mark: str) -> list[Key]:
        """Return what an attempt to get into an account counts for.

        Args:
            account: the name that was typed.
            address: where it comes from.
            mark: what the browser kept, "" for nothing.
        """
        nonce, _, digest = mark.partition(".")
        if hmac.compare_digest(digest.encode(), self._marked(account, nonce).encode()):
            return [("browser", nonce)]
        return [("account", account), ("address", network(address))]

    def _marked(self, account: str, nonce: str) -> str:
        return self._pseudonyms.of(f"browser {nonce} of {account}")

    def _wait(self, key: Key, now: datetime) -> timedelta:
        row = self._db.execute(
            "SELECT count, at FROM account_tries WHERE key = ?", [self._named(key)]
        ).fetchone()
        beyond = row[0] - FREE[key[0]] if row else -1
        if beyond < 0:
            return timedelta()
        pause: timedelta = min(FIRST * 2 ** min(beyond, 10), MOST)
        return datetime.fromisoformat(row[1]) + pause - now

    def _named(self, key: Key) -> str:
        return self._pseudonyms.of(f"tries of {key[0]} {key[1]}")


def network(address: str) -> str:
    """Return what of an address one person cannot change at will: of IPv6 the first 64 bits."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, 64), strict=False).network_address)
    return str(parsed)

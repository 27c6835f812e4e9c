"""Limits on ratings that no case vouches for, and bursts that are set aside.

Arrivals are kept for a day. Those of people and devices hold no rating, those of counters hold no
person, so they tie nobody to an answer.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.clock import stamp
from bot.ratings.keys import Keys
from config.ratings import MisuseSettings

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
PERSON, DEVICE, COUNTER, WRONG_CODE = "person", "device", "counter", "wrong_code"


class Misuse:
    """Counts what came of whom and where.

    Args:
        db: the home's database, migrated.
        keys: hash people and devices.
        settings: how much is allowed.
    """

    def __init__(self, db: Database, keys: Keys, settings: MisuseSettings) -> None:
        self._db = db
        self._keys = keys
        self._settings = settings

    def allows(self, user: str, device: str | None, now: datetime) -> bool:
        """Say whether a person and a device may send one more rating without a case."""
        settings = self._settings
        if self._since(PERSON, self._key(PERSON, user), now - DAY) >= settings.person_per_day:
            return False
        if device is None:
            return True
        return self._since(DEVICE, self._key(DEVICE, device), now - DAY) < settings.device_per_day

    def came(self, user: str, device: str | None, now: datetime) -> None:
        """Note a rating of a person without a case."""
        self._note(PERSON, self._key(PERSON, user), now)
        if device is not None:
            self._note(DEVICE, self._key(DEVICE, device), now)

    def flag_burst(self, office: str, service: str, rating: int, now: datetime) -> None:
        """Note a rating at a counter; set it and those around it aside where they are too many.

        They stay stored; reports leave them out and say how many.
        """
        key = self._key(COUNTER, office, service)
        self._note(COUNTER, key, now, rating)
        since = stamp(now - self._settings.burst_within)
        burst = self._settings.burst
        rows = self._db.execute(
            "SELECT rating FROM rating_arrivals WHERE kind = ? AND key = ? AND at > ?"
            " AND rating IS NOT NULL LIMIT ?",
            [COUNTER, key, since, burst + 2],
        ).fetchall()
        # The one that is too many sets all before it aside; after it, each sets aside itself.
        if len(rows) > burst:
            for number in [int(one) for (one,) in rows] if len(rows) == burst + 1 else [rating]:
                self._set_aside(number)

    def _set_aside(self, rating: int) -> None:
        self._db.execute("UPDATE ratings SET flagged = 1 WHERE id = ?", [rating])
        self._db.execute("UPDATE rating_answers SET flagged = 1 WHERE rating = ?", [rating])
        # Only the session, which lasts a day, knows the comment that goes with a rating.
        self._db.execute(
            "UPDATE rating_comments SET flagged = 1 WHERE id IN"
            " (SELECT comment FROM rating_sessions WHERE rating = ?)",
            [rating],
        )

    def wrong_code(self, user: str, now: datetime) -> None:
        """Note that a person sent a code that is none."""
        self._note(WRONG_CODE, self._key(WRONG_CODE, user), now)

    def may_try_codes(self, user: str, now: datetime) -> bool:
        """Say whether a person may try a code."""
        key = self._key(WRONG_CODE, user)
        return self._since(WRONG_CODE, key, now - HOUR) < self._settings.wrong_codes_per_hour

    def forget(self, rating: int) -> None:
        """Forget which counter a rating that was taken back came from; that one came stays."""
        self._db.execute("UPDATE rating_arrivals SET rating = NULL WHERE rating = ?", [rating])

    def purge(self, now: datetime) -> None:
        """Forget what is older than a day."""
        self._db.execute("DELETE FROM rating_arrivals WHERE at <= ?", [stamp(now - DAY)])

    def _key(self, kind: str, *parts: str) -> bytes:
        return self._keys.hashed(f"arrival {kind}", *parts)

    def _note(self, kind: str, key: bytes, now: datetime, rating: int | None = None) -> None:
        self._db.execute(
            "INSERT INTO rating_arrivals VALUES (?, ?, ?, ?)", [kind, key, stamp(now), rating]
        )

    def _since(self, kind: str, key: bytes, since: datetime) -> int:
        row = self._db.execute(
            "SELECT count(*) FROM rating_arrivals WHERE kind = ? AND key = ? AND at > ?",
            [kind, key, stamp(since)],
        ).fetchone()
        return int(row[0])

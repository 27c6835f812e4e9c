"""The codes of a home: made for a counter or for one case, checked, withdrawn."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

from sqlite_utils import Database

from bot.clock import Clock, day_of, stamp
from bot.ratings.code import (
    PREFIX,
    Code,
    CodeKind,
    ExpiredCodeError,
    ForgedCodeError,
    WithdrawnCodeError,
)
from bot.ratings.code_forms import CodeForms, id_length
from bot.ratings.keys import Keys
from bot.ratings.transaction import writing


class Codes:
    """Makes, checks and withdraws codes.

    Args:
        db: the home's database, migrated.
        keys: sign the codes.
        clock: the time.
    """

    def __init__(self, db: Database, keys: Keys, clock: Clock) -> None:
        self._db = db
        self._forms = CodeForms(keys)
        self._clock = clock

    def make(
        self, office: str, service: str, lasts: timedelta, case_key: bytes | None = None
    ) -> Code:
        """Return a new code; for a case always the one that it has.

        Args:
            office, service: their ids, at most 12 characters each.
            lasts: how long it holds.
            case_key: keyed hash of the case; None for a counter.
        """
        kind = CodeKind.COUNTER if case_key is None else CodeKind.CASE
        length = id_length(kind)
        code_id = secrets.token_bytes(length) if case_key is None else case_key[:length]
        now = self._clock()
        code = Code(code_id, kind, office, service, day_of(now + lasts))
        with writing(self._db):
            self._db.execute(
                "INSERT OR IGNORE INTO rating_codes VALUES (?, ?, ?, ?, ?, ?, NULL)",
                [code_id, kind, office, service, code.expires.isoformat(), stamp(now)],
            )
            return self._stored("id = ?", code_id) or code

    def prolong(self, case_key: bytes, lasts: timedelta) -> None:
        """Let the code of a case hold for some time from now on, if it did not anyway."""
        until = day_of(self._clock() + lasts).isoformat()
        with writing(self._db):
            self._db.execute(
                "UPDATE rating_codes SET expires = max(expires, ?) WHERE id = ?",
                [until, case_key[: id_length(CodeKind.CASE)]],
            )

    def long(self, code: Code) -> str:
        """Return the form for links: at most 62 characters of A-Z a-z 0-9 - and _."""
        return self._forms.long(code)

    def short(self, code: Code) -> str:
        """Return the form to type: "K7M4-Q2PD-9XTB"."""
        return self._forms.short(code.id)

    def read(self, text: str) -> Code:
        """Return the code that a link or a person gave, if it holds today.

        Args:
            text: the long form, with or without "r_", or the short one.

        Raises:
            ForgedCodeError, ExpiredCodeError, WithdrawnCodeError: it cannot be used.
        """
        code = self._written(text)
        row = self._db.execute(
            "SELECT withdrawn FROM rating_codes WHERE id = ?", [code.id]
        ).fetchone()
        if row is not None and row[0] is not None:
            raise WithdrawnCodeError
        if code.expires < day_of(self._clock()):
            raise ExpiredCodeError
        return code

    def withdraw(self, code_id: bytes) -> bool:
        """Make a code worthless; say whether there is one of that id."""
        with writing(self._db):
            done = self._db.execute(
                "UPDATE rating_codes SET withdrawn = coalesce(withdrawn, ?) WHERE id = ?",
                [stamp(self._clock()), code_id],
            )
        return bool(done.rowcount)

    def withdraw_written(self, text: str) -> bool:
        """Make a code worthless that is given by its id or as it was printed, see `withdraw`."""
        try:
            return self.withdraw(bytes.fromhex(text))
        except ValueError:
            pass
        try:
            return self.withdraw(self._written(text).id)
        except ForgedCodeError:
            return False

    def counters(self) -> list[tuple[Code, bool]]:
        """Return the codes of counters, newest first, and whether each was withdrawn."""
        rows = self._db.execute(
            "SELECT id, withdrawn FROM rating_codes WHERE kind = ? ORDER BY made DESC",
            [CodeKind.COUNTER],
        ).fetchall()
        found = [(self._stored("id = ?", code_id), gone) for code_id, gone in rows]
        return [(code, gone is not None) for code, gone in found if code is not None]

    def _written(self, text: str) -> Code:
        """Return the code that stands in a long or short form, whether it holds or not."""
        return self._from_short(text) or self._forms.from_long(text.strip().removeprefix(PREFIX))

    def _from_short(self, text: str) -> Code | None:
        """Return the code of a short form, None for what is not written like one."""
        mark = self._forms.mark_of_short(text)
        if mark is None:
            return None
        # The mark is the whole id of a counter and the beginning of a case's.
        code = self._stored("id BETWEEN ? AND ? LIMIT 1", mark, mark + b"\xff" * 16)
        if code is None:
            raise ForgedCodeError
        return code

    def _stored(self, where: str, *values: bytes) -> Code | None:
        row = self._db.execute(
            f"SELECT id, kind, office, service, expires FROM rating_codes WHERE {where}",
            list(values),
        ).fetchone()
        if row is None:
            return None
        code_id, kind, office, service, expires = row
        return Code(code_id, CodeKind(kind), office, service, date.fromisoformat(expires))

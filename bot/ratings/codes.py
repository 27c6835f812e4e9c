"""Signed codes for a counter or for one case, to scan or to type.

    long form    base64url( kind 1 | expiry 2 | id | "office/service" | signature 10 )
    short form   base32( id 5 | signature 20 bit ) in three groups of four letters, looked up

The id is 5 random bytes for a counter and the 16-byte keyed hash, cut to 8, for a case. With the
longest ids of office and service (12 each) the long form has 62 characters; Telegram allows 64 in
a start parameter, of which "r_" takes two. The signature is HMAC-SHA-256 cut to 80 bits (RFC 2104,
section 5); the short form's 20 bits only have to stop guesses, which are counted, from meeting
one of the few ids that exist among 2^40.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlite_utils import Database

from bot.clock import Clock, stamp
from bot.ratings.keys import Keys
from bot.ratings.times import day_of
from bot.ratings.transaction import writing

PREFIX = "r_"  # before the code in a start parameter
SHORT_PREFIX = "DG"  # before the short form when it is typed
_EPOCH = date(2020, 1, 1)
_SIGNED = 10  # bytes of the signature
_KINDS = {"counter": (b"c", 5), "case": (b"h", 8)}
# Crockford's alphabet: no I, L, O, U, so that nothing is misread on paper.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENIENT = str.maketrans("OIL", "011")
_SHORT = re.compile(rf"(?:{SHORT_PREFIX}[\s:.-]*)?((?:[0-9A-Z][\s-]?){{12}})", re.IGNORECASE)
_SHORT_BITS = 20


class CodeKind(StrEnum):
    """What a code is for: everyone at a counter, or one case."""

    COUNTER = "counter"
    CASE = "case"


@dataclass(frozen=True)
class Code:
    """A code that holds.

    Attributes:
        id: what it is withdrawn by; in hexadecimal in lists.
        kind: counter or case.
        office, service: their ids.
        expires: last day on which it holds.
    """

    id: bytes
    kind: CodeKind
    office: str
    service: str
    expires: date


class CodeError(Exception):
    """A code cannot be used."""


class ForgedCodeError(CodeError):
    """It is none, or not one of this office's system."""


class ExpiredCodeError(CodeError):
    """Its last day is over."""


class WithdrawnCodeError(CodeError):
    """It was withdrawn."""


class Codes:
    """Makes, checks and withdraws codes.

    Args:
        db: the home's database, migrated.
        keys: sign the codes.
        clock: the time.
    """

    def __init__(self, db: Database, keys: Keys, clock: Clock) -> None:
        self._db = db
        self._keys = keys
        self._clock = clock

    def make(
        self, office: str, service: str, lasts: timedelta, case_key: bytes | None = None
    ) -> Code:
        """Return a new code; for a case always the same one.

        Args:
            office, service: their ids, at most 12 characters each.
            lasts: how long it holds.
            case_key: keyed hash of the case; None for a counter.
        """
        kind = CodeKind.COUNTER if case_key is None else CodeKind.CASE
        length = _KINDS[kind][1]
        code_id = secrets.token_bytes(length) if case_key is None else case_key[:length]
        now = self._clock()
        code = Code(code_id, kind, office, service, day_of(now + lasts))
        with writing(self._db):
            self._db.execute(
                "INSERT OR IGNORE INTO rating_codes VALUES (?, ?, ?, ?, ?, ?, NULL)",
                [code_id, kind, office, service, code.expires.isoformat(), stamp(now)],
            )
            return self._stored("id = ?", code_id) or code

    def long(self, code: Code) -> str:
        """Return the form for links: at most 62 characters of A-Z a-z 0-9 - and _."""
        days = (code.expires - _EPOCH).days
        about = f"{code.office}/{code.service}".encode("ascii")
        data = _KINDS[code.kind][0] + days.to_bytes(2, "big") + code.id + about
        signed = data + self._keys.signature("code", data)[:_SIGNED]
        return base64.urlsafe_b64encode(signed).rstrip(b"=").decode("ascii")

    def short(self, code: Code) -> str:
        """Return the form to type: "K7M4-Q2PD-9XTB"."""
        mark = code.id[:5]
        bits = int.from_bytes(mark, "big") << _SHORT_BITS | self._short_signature(mark)
        letters = "".join(_ALPHABET[bits >> shift & 31] for shift in range(55, -1, -5))
        return "-".join(letters[at : at + 4] for at in (0, 4, 8))

    def read(self, text: str) -> Code:
        """Return the code that a link or a person gave, if it holds today.

        Args:
            text: the long form, with or without "r_", or the short one.

        Raises:
            ForgedCodeError, ExpiredCodeError, WithdrawnCodeError: it cannot be used.
        """
        code = self._from_short(text) or self._from_long(text.strip().removeprefix(PREFIX))
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

    def counters(self) -> list[tuple[Code, bool]]:
        """Return the codes of counters, newest first, and whether each was withdrawn."""
        rows = self._db.execute(
            "SELECT id, withdrawn FROM rating_codes WHERE kind = ? ORDER BY made DESC",
            [CodeKind.COUNTER],
        ).fetchall()
        found = [(self._stored("id = ?", code_id), gone) for code_id, gone in rows]
        return [(code, gone is not None) for code, gone in found if code is not None]

    def _from_long(self, text: str) -> Code:
        try:
            signed = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
            data, signature = signed[:-_SIGNED], signed[-_SIGNED:]
            # Only one spelling of a code: unused bits of the last letter have to be zero.
            if base64.urlsafe_b64encode(signed).rstrip(b"=").decode() != text:
                raise ForgedCodeError
        except (binascii.Error, ValueError) as error:
            raise ForgedCodeError from error
        if not hmac.compare_digest(self._keys.signature("code", data)[:_SIGNED], signature):
            raise ForgedCodeError
        kind, length = next(
            (CodeKind(name), size) for name, (mark, size) in _KINDS.items() if mark == data[:1]
        )
        office, _, service = data[3 + length :].decode("ascii").partition("/")
        expires = _EPOCH + timedelta(days=int.from_bytes(data[1:3], "big"))
        return Code(data[3 : 3 + length], kind, office, service, expires)

    def _from_short(self, text: str) -> Code | None:
        """Return the code of a short form, None for what is not written like one."""
        found = _SHORT.fullmatch(text.strip())
        if not found:
            return None
        letters = re.sub(r"[\s-]", "", found[1]).upper().translate(_LENIENT)
        if any(letter not in _ALPHABET for letter in letters):
            return None
        bits = 0
        for letter in letters:
            bits = bits << 5 | _ALPHABET.index(letter)
        mark = (bits >> _SHORT_BITS).to_bytes(5, "big")
        if bits & (1 << _SHORT_BITS) - 1 != self._short_signature(mark):
            raise ForgedCodeError
        # The five bytes are the whole id of a counter and the beginning of a case's.
        code = self._stored("id BETWEEN ? AND ? LIMIT 1", mark, mark + b"\xff" * 16)
        if code is None:
            raise ForgedCodeError
        return code

    def _short_signature(self, mark: bytes) -> int:
        signature = self._keys.signature("short code", mark)
        return int.from_bytes(signature[:4], "big") >> 32 - _SHORT_BITS

    def _stored(self, where: str, *values: bytes) -> Code | None:
        row = self._db.execute(
            f"SELECT id, kind, office, service, expires FROM rating_codes WHERE {where}",
            list(values),
        ).fetchone()
        if row is None:
            return None
        code_id, kind, office, service, expires = row
        return Code(code_id, CodeKind(kind), office, service, date.fromisoformat(expires))

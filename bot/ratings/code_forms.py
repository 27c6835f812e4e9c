"""How codes are written: to scan in a link, and to type off a card; signed either way.

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
from datetime import date, timedelta

from bot.ratings.code import SHORT_PREFIX, Code, CodeKind, ForgedCodeError
from bot.ratings.keys import Keys

MARK = 5  # bytes of an id that the short form holds
_EPOCH = date(2020, 1, 1)
_SIGNED = 10  # bytes of the signature
_KINDS = {CodeKind.COUNTER: (b"c", 5), CodeKind.CASE: (b"h", 8)}
# Crockford's alphabet: no I, L, O, U, so that nothing is misread on paper.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENIENT = str.maketrans("OIL", "011")
_SHORT = re.compile(rf"(?:{SHORT_PREFIX}[\s:.-]*)?((?:[0-9A-Z][\s-]?){{12}})", re.IGNORECASE)
_SHORT_BITS = 20


def id_length(kind: CodeKind) -> int:
    """Return how many bytes the ids of a kind have."""
    return _KINDS[kind][1]


class CodeForms:
    """Writes codes and reads them back.

    Args:
        keys: sign them.
    """

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def long(self, code: Code) -> str:
        """Return the form for links: at most 62 characters of A-Z a-z 0-9 - and _."""
        days = (code.expires - _EPOCH).days
        about = f"{code.office}/{code.service}".encode("ascii")
        data = _KINDS[code.kind][0] + days.to_bytes(2, "big") + code.id + about
        signed = data + self._keys.signature("code", data)[:_SIGNED]
        return base64.urlsafe_b64encode(signed).rstrip(b"=").decode("ascii")

    def short(self, code_id: bytes) -> str:
        """Return the form to type: "K7M4-Q2PD-9XTB"."""
        mark = code_id[:MARK]
        bits = int.from_bytes(mark, "big") << _SHORT_BITS | self._short_signature(mark)
        letters = "".join(_ALPHABET[bits >> shift & 31] for shift in range(55, -1, -5))
        return "-".join(letters[at : at + 4] for at in (0, 4, 8))

    def from_long(self, text: str) -> Code:
        """Return the code of a long form.

        Raises:
            ForgedCodeError: we did not sign it.
        """
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
            (kind, size) for kind, (mark, size) in _KINDS.items() if mark == data[:1]
        )
        office, _, service = data[3 + length :].decode("ascii").partition("/")
        expires = _EPOCH + timedelta(days=int.from_bytes(data[1:3], "big"))
        return Code(data[3 : 3 + length], kind, office, service, expires)

    def mark_of_short(self, text: str) -> bytes | None:
        """Return the first MARK bytes of the id of a short form, None for what is none.

        Raises:
            ForgedCodeError: it is written like one, but we did not sign it.
        """
        found = _SHORT.fullmatch(text.strip())
        if not found:
            return None
        letters = re.sub(r"[\s-]", "", found[1]).upper().translate(_LENIENT)
        if any(letter not in _ALPHABET for letter in letters):
            return None
        bits = 0
        for letter in letters:
            bits = bits << 5 | _ALPHABET.index(letter)
        mark = (bits >> _SHORT_BITS).to_bytes(MARK, "big")
        if bits & (1 << _SHORT_BITS) - 1 != self._short_signature(mark):
            raise ForgedCodeError
        return mark

    def _short_signature(self, mark: bytes) -> int:
        signature = self._keys.signature("short code", mark)
        return int.from_bytes(signature[:4], "big") >> 32 - _SHORT_BITS

"""Hashes and signatures under the secret of a home, with a key of its own for each purpose."""

from __future__ import annotations

import hashlib
import hmac

HASH = 16  # bytes of a keyed hash


class Keys:
    """Makes hashes of people unguessable and codes unforgeable.

    Args:
        secret: of the home; see `bot.pseudonyms.home_key`.
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def hashed(self, purpose: str, *parts: str) -> bytes:
        """Return the keyed hash of something that is not to be stored itself. HASH bytes.

        Args:
            purpose: what it is for; the same parts hash differently for another one.
            parts: what is hashed.
        """
        # The lengths keep ("ab", "c") and ("a", "bc") apart.
        said = "".join(f"{len(part)}:{part}" for part in parts)
        return self.signature(purpose, said.encode())[:HASH]

    def signature(self, purpose: str, data: bytes) -> bytes:
        """Return HMAC-SHA-256 (RFC 2104) of `data` under the key of a purpose. 32 bytes."""
        key = hmac.digest(self._secret, purpose.encode(), hashlib.sha256)
        return hmac.digest(key, data, hashlib.sha256)

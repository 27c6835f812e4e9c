"""Passwords: how they are hashed, and which are too easy to guess.

Hashing is Argon2id with the library's defaults (RFC 9106, second recommended option). How easily a
password is guessed is estimated by zxcvbn (D. L. Wheeler, USENIX Security 2016).
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from enum import StrEnum
from functools import cached_property
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

LONGEST = 128  # characters; what is longer only keeps the machine busy
SAFE = 3  # of 4: more than 10^8 guesses
LOOKED_AT = 72  # characters that are looked at for how easy they are
# What people here would try first, beside their own names.
COMMON = ("matkhau", "canbo", "quantri", "cchc", "caicachhanhchinh", "motcua", "vietnam", "troly")


class Flaw(StrEnum):
    """Why a password cannot be taken."""

    SHORT = "short"
    LONG = "long"
    EASY = "easy"


class Passwords:
    """Hashes and checks passwords; slow on purpose, so not for the thread that answers.

    Args:
        shortest: characters of the shortest password.
        hasher: what hashes.
    """

    def __init__(self, shortest: int, hasher: PasswordHasher | None = None) -> None:
        self._shortest = shortest
        self._hasher = hasher or PasswordHasher()

    def flaw(self, password: str, words: Sequence[str] = ()) -> Flaw | None:
        """Return why a password cannot be taken, None for a good one.

        Args:
            password: as typed.
            words: what its owner is called, which others would try.
        """
        from zxcvbn import zxcvbn  # its word lists take a while to load

        said = _same(password)
        if len(said) < self._shortest:
            return Flaw.SHORT
        if len(said) > LONGEST:
            return Flaw.LONG
        guess = zxcvbn(said[:LOOKED_AT], user_inputs=[*COMMON, *words])
        return Flaw.EASY if guess["score"] < SAFE else None

    def hashed(self, password: str) -> str:
        """Return what is kept of a password."""
        return self._hasher.hash(_same(password))

    def right(self, kept: str | None, password: str) -> bool:
        """Say whether a password is the one that was kept; as slowly where nothing was.

        Args:
            kept: what `hashed` gave; None or "" where there is no such account or password.
            password: as typed.
        """
        decoy = self._decoy
        try:
            self._hasher.verify(kept or decoy, _same(password)[:LONGEST])
        except VerificationError:
            return False
        return bool(kept)

    @cached_property
    def _decoy(self) -> str:
        return self._hasher.hash(secrets.token_hex())


def _same(password: str) -> str:
    """Return a password in one form, however its diacritics were typed."""
    return normalize("NFKC", password)

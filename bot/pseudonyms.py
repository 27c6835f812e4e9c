"""Names for people that nobody outside this home can lead back to them."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

FILE = "secret.key"
LENGTH = 32  # bytes


class Pseudonyms:
    """Turns the name of a person on a channel into a keyed hash.

    Args:
        key: secret of the home; with another one everybody is a stranger.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key

    @classmethod
    def load(cls, home: Path) -> Pseudonyms:
        """Return those of a home; its key is made when there is none.

        Raises:
            OSError: the key can be neither read nor written.
        """
        return cls(home_key(home))

    def of(self, user: str) -> str:
        """Return the pseudonym of `user` ("telegram:123"): 32 hexadecimal digits."""
        said = user.encode("utf-8", "surrogatepass")
        return hmac.new(self._key, said, hashlib.sha256).hexdigest()[:32]


def home_key(home: Path) -> bytes:
    """Return the secret of a home, readable by its owner only; several processes get the same.

    Raises:
        OSError: it can be neither read nor written.
    """
    path = home / FILE
    if not path.exists():
        aside = home / f"{FILE}.{os.getpid()}.{secrets.token_hex(4)}"
        descriptor = os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(LENGTH))
            file.flush()
            os.fsync(file.fileno())
        try:
            # Whoever is first wins: a link, unlike a renaming, never replaces a file.
            os.link(aside, path)
        except FileExistsError:
            pass
        finally:
            aside.unlink()
    return path.read_bytes()

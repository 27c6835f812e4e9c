"""The key of a home: what makes hashes of people unguessable and codes unforgeable."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from bot.home import HomeError

FILE = "ratings.key"
BYTES = 32
HASH = 16  # bytes of a keyed hash


class Keys:
    """Hashes and signatures under one secret, with a key of its own for each purpose.

    Args:
        secret: at least 32 bytes.
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    @classmethod
    def open(cls, home: Path) -> Keys:
        """Return the keys of a home; the first call makes the file, readable to its owner only.

        Raises:
            HomeError: the file is damaged.
            OSError: it cannot be read or made.
        """
        path = home / FILE
        if not path.exists():
            _make(path)
        path.chmod(0o600)
        written = path.read_text("ascii", "replace").strip()
        try:
            secret = bytes.fromhex(written)
        except ValueError:
            secret = b""
        if len(secret) != BYTES:
            raise HomeError(
                f"Tệp khóa {path} bị hỏng; hãy chép lại từ bản sao lưu. Nếu không còn bản nào, xóa"
                " tệp này; các mã đánh giá đã in sẽ không dùng được nữa."
            )
        return cls(secret)

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


def _make(path: Path) -> None:
    """Make the file whole or not at all; of several processes the first one's key stays."""
    part = path.with_name(f"{FILE}.{secrets.token_hex(4)}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(part, path)
        except FileExistsError:
            pass
        except OSError:
            # No hard links on this file system.
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)

"""The rotating tokens of an Official Account on disk: one file that only its owner can read."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

FILE = "zalo-oa.json"


@dataclass(frozen=True)
class Stored:
    """What is kept between two renewals.

    Attributes:
        access, refresh: the pair; "" before the first renewal.
        expires_at: when `access` ends, in seconds since 1970.
        began_with: digest of the configured token that this line of pairs goes back to.
        renewing: digest of the token that was sent in for a new pair, "" when none is under way.
    """

    access: str = field(default="", repr=False)
    refresh: str = field(default="", repr=False)
    expires_at: float = 0.0
    began_with: str = ""
    renewing: str = ""


class TokenFile:
    """Reads and writes the tokens of one home.

    A reader sees the old content or the new one, whenever a writer is killed.

    Args:
        home: the folder that the file lies in.
    """

    def __init__(self, home: Path) -> None:
        self.path = home / FILE

    def read(self) -> Stored:
        """Return what is kept; nothing where there is no file or it is not ours.

        Raises:
            OSError: the file is there and cannot be read.
        """
        try:
            data = json.loads(self.path.read_bytes())
            return Stored(
                str(data["access"]),
                str(data["refresh"]),
                float(data["expires_at"]),
                str(data["began_with"]),
                str(data["renewing"]),
            )
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return Stored()

    def write(self, stored: Stored) -> None:
        """Keep `stored`; it is on the disk when this returns.

        Raises:
            OSError: it cannot be written; what was kept before is still there.
        """
        aside = self.path.with_suffix(".new")
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(stored), file)
            file.flush()
            os.fsync(file.fileno())
        aside.chmod(0o600)  # one that was left by a killed writer and then opened to others
        aside.replace(self.path)
        self._sync_folder()

    def _sync_folder(self) -> None:
        # Only this makes the new name survive a power cut; Windows cannot open a folder for it.
        with contextlib.suppress(PermissionError):
            folder = os.open(self.path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

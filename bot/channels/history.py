"""Lines typed before, for the arrow keys: readline where the platform has it."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

FILE = "history"
LINES = 500


class History:
    """The history of lines of one home, readable by its owner only.

    Args:
        home: the folder that it lies in.
    """

    def __init__(self, home: Path) -> None:
        self._path = home / FILE
        self._kept = False

    def open(self) -> None:
        """Read the lines of earlier conversations; without readline or the right, do without."""
        try:
            import readline

            # Questions can hold what is nobody else's business.
            os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
            self._path.chmod(0o600)
            readline.read_history_file(self._path)
        except (ImportError, OSError):
            return
        readline.set_history_length(LINES)
        # A tab is a character here; there is nothing to complete.
        readline.parse_and_bind("tab: self-insert")
        self._kept = True

    def keep(self) -> None:
        """Write the newest line at once, so that two windows and a kill lose nothing."""
        if not self._kept:
            return
        import readline

        if readline.get_current_history_length():
            with contextlib.suppress(OSError, AttributeError):
                readline.append_history_file(1, self._path)

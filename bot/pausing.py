"""One switch that turns answering off, with a notice to who asks.

The switch is a file in the home, so that it works from any process, at once, and also while the
database is busy. While it is on, nothing that comes from documents reaches anybody; what concerns
a person (help, erasing their data) goes on.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import replace
from pathlib import Path

from bot.message import Reply, Status

FILE = "paused.txt"
_ANSWERING = (Status.ANSWERED, Status.NO_ANSWER)


class Switch:
    """Says whether answering is turned off.

    Args:
        home: the folder of the switch.
        usual: the notice where none was given.
    """

    def __init__(self, home: Path, usual: str) -> None:
        self._path = home / FILE
        self._usual = usual

    def notice(self) -> str | None:
        """Return what to tell people, None while answers are given."""
        try:
            return self._path.read_text("utf-8", "replace").strip() or self._usual
        except FileNotFoundError:
            return None
        except OSError:
            # It is there, whatever it says.
            return self._usual

    def pause(self, notice: str = "") -> None:
        """Turn answering off; a later notice takes the place of an earlier one.

        Raises:
            OSError: the home cannot be written.
        """
        aside = self._path.with_name(f"{FILE}.{secrets.token_hex(4)}")
        with aside.open("w", encoding="utf-8") as file:
            file.write(notice.strip())
            file.flush()
            os.fsync(file.fileno())
        aside.replace(self._path)

    def resume(self) -> bool:
        """Turn answering on; say whether it was off.

        Raises:
            OSError: the home cannot be written.
        """
        try:
            self._path.unlink()
        except FileNotFoundError:
            return False
        return True

    def applied(self, reply: Reply) -> Reply:
        """Return `reply`, or the notice in its place where it says something from documents."""
        from_documents = reply.status in _ANSWERING or reply.quotes or reply.facts
        if not from_documents and not reply.attachments:
            return reply
        notice = self.notice()
        if notice is None:
            return reply
        bare = replace(reply, quotes=(), facts=(), choices=(), actions=(), attachments=())
        return replace(bare, status=Status.REFUSED, text=notice, brief=False)

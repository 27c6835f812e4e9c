"""Who may see reports."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol


class Right(StrEnum):
    """What somebody may do."""

    REPORTS = "reports"


class Roles(Protocol):
    """Knows what people may do."""

    def allows(self, user: str, right: Right) -> bool:
        """Say whether a person may do something.

        Args:
            user: as in `Message.user`, "telegram:12345".
            right: what.
        """
        ...


class TerminalOnly:
    """Lets whoever sits at the machine see everything, and nobody on a messenger anything."""

    def allows(self, user: str, right: Right) -> bool:
        """Say whether the person is at the terminal."""
        return user.startswith("terminal:")

"""Who may see reports."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from bot.roles import Role
from bot.roles import Roles as HeldRoles


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


class Officials:
    """Lets officials see reports, and whoever sits at the machine.

    Args:
        roles: who is an official.
    """

    def __init__(self, roles: HeldRoles) -> None:
        self._roles = roles

    def allows(self, user: str, right: Right) -> bool:
        """Say whether the person is an official or at the terminal."""
        return user.startswith("terminal:") or self._roles.holds(user, Role.OFFICIAL)

"""What stands in the menu of the pages for officials."""

from __future__ import annotations

from dataclasses import dataclass

from bot.roles import Role


@dataclass(frozen=True)
class MenuItem:
    """A page in the menu.

    Attributes:
        path: below `/can-bo/`.
        label: what it is called.
        role: who sees it; None for everybody who has a role.
    """

    path: str
    label: str
    role: Role | None

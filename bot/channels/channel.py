"""What a channel of the server is: a translator between one messenger and the assistant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from starlette.routing import BaseRoute

from bot.message import Reply


class Channel(Protocol):
    """One way to reach people. It translates `Message` and `Reply` and holds no conversation.

    Attributes:
        name: short name, also the first part of `Message.user`: "telegram".
        routes: what it adds to the server's addresses; may be empty.
    """

    name: str

    @property
    def routes(self) -> Sequence[BaseRoute]: ...

    async def start(self) -> str:
        """Begin to work, also on what was accepted before a stop; say in one line what runs.

        Raises:
            ChannelError: it cannot work; the message says why and what to do.
        """
        ...

    async def send(self, user: str, reply: Reply) -> bool:
        """Write to a person unasked: an invitation, a reminder, a notice.

        Args:
            user: as in `Message.user`, "telegram:12345".
            reply: what to say.

        Returns:
            Whether it was taken; False where the person cannot be reached any more.

        Raises:
            ChannelError: it could not be sent now and may be tried again.
        """
        ...

    async def stop(self) -> None:
        """Take nothing new, finish what was begun."""
        ...


class ChannelError(Exception):
    """A channel cannot work; the message is a Vietnamese sentence."""

"""Sends what is due: invitations, reminders, reports. One turn of a loop that the server runs."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from bot.channels.channel import ChannelError
from bot.message import Reply
from bot.ratings.dialogue import RatingDialogue
from bot.ratings.outbox import Invitation
from bot.ratings.reports.reporting import Reporting

EVERY = 30.0  # seconds between two turns
MOST = 100  # invitations in a turn: the end of the server waits for it

Run = Callable[..., Awaitable[Any]]
Send = Callable[[str, Reply], Awaitable[bool]]
logger = logging.getLogger(__name__)


class Deliveries:
    """Takes what is due out of the store and hands it to the channels.

    Args:
        dialogue: the ratings of the home.
        reports: makes the reports that people subscribed to.
        run: runs a function with its arguments in the thread of the home's database.
        send: writes to a person, as `Channel.send` does.
    """

    def __init__(self, dialogue: RatingDialogue, reports: Reporting, run: Run, send: Send) -> None:
        self._dialogue = dialogue
        self._reports = reports
        self._run = run
        self._send = send

    async def once(self) -> int:
        """Send what is due now; return how much was sent."""
        desk = self._dialogue.desk
        await self._run(desk.purge)
        sent = 0
        for _ in range(MOST):
            if (invitation := await self._run(desk.outbox.take)) is None:
                break
            sent += await self._invite(invitation)
        for due in await self._run(self._reports.subscriptions.take):
            reply = await self._run(self._reports.due, due)
            sent += reply is not None and await self._sent(due.user, reply) is True
        return sent

    async def _invite(self, invitation: Invitation) -> bool:
        outbox = self._dialogue.desk.outbox
        reply = await self._run(self._dialogue.starting.by_invitation, invitation)
        if reply is None:
            await self._run(outbox.drop, invitation)
            return False
        sent = await self._sent(invitation.user, reply)
        after = {True: outbox.delivered, False: outbox.drop, None: outbox.failed}[sent]
        await self._run(after, invitation)
        return sent is True

    async def _sent(self, user: str, reply: Reply) -> bool | None:
        """Say whether a person was reached, None where it may be tried again."""
        try:
            return await self._send(user, reply)
        except ChannelError:
            logger.warning("an invitation or report could not be sent on %s", user.split(":")[0])
            return None

"""What is wrong with a new password, in words."""

from __future__ import annotations

from collections.abc import Sequence

from bot.accounts.passwords import LONGEST, Flaw
from bot.channels.web.office.frame import Frame


async def flaw_of(frame: Frame, password: str, again: str, words: Sequence[str]) -> str:
    """Return a sentence that says why a password cannot be taken, "" for a good one.

    Args:
        frame: reaches the application and knows the words.
        password, again: as typed twice.
        words: what its owner is called.
    """
    said, application = frame.words["entrance"], frame.service.application
    if password != again:
        return said["not_again"]
    shortest = application.desk.office.accounts.shortest
    flaw = await frame.aside(application.accounts.passwords.flaw, password, words)
    sentences = {
        None: "",
        Flaw.SHORT: said["short"].format(shortest=shortest),
        Flaw.LONG: said["long"].format(longest=LONGEST),
        Flaw.EASY: said["easy"],
    }
    return sentences[flaw]

"""The conversations of `tests/conversations` on both Zalo channels, with the real assistant."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from datetime import date
from pathlib import Path

import pytest

from bot.application import Application
from bot.message import Message
from tests.bot.channels.zalo.talking import Talking, talking_to_the_account, talking_to_the_bot
from tests.bot.played import conversations, play


@pytest.mark.parametrize("talking", [talking_to_the_bot, talking_to_the_account])
async def test_zalo_shows_what_the_assistant_says(
    talking: Callable[[Path], AsyncIterator[Talking]], bundled_home: Path, tmp_path: Path
) -> None:
    for copy in ("core", "channel"):
        shutil.copytree(bundled_home, tmp_path / copy)
    core = Application.open(tmp_path / "core")
    async with talking(tmp_path / "channel") as channel:  # type: ignore[attr-defined]
        for conversation in conversations():
            name = conversation.name
            await play(
                conversation,
                lambda words, name=name: channel.say(name, words),
                lambda words, name=name: core.reply(Message(f"core:{name}", words, date.today())),
            )
    core.close()

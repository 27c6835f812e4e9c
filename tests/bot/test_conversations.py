"""The conversations of `tests/conversations` in the terminal."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.application import Application
from bot.channels.terminal import TerminalChannel
from bot.message import Message
from tests.bot.played import Conversation, conversations, play

ON = date(2026, 5, 4)


@pytest.fixture
def application(bundled_home: Path, tmp_path: Path) -> Iterator[Application]:
    home = tmp_path / "copy"
    shutil.copytree(bundled_home, home)
    opened = Application.open(home)
    yield opened
    opened.close()


@pytest.mark.parametrize("conversation", conversations(), ids=lambda c: c.name)
async def test_the_terminal_shows_what_the_assistant_says(
    conversation: Conversation,
    application: Application,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    user = "terminal"

    async def say(words: str) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{words}\n"))
        channel = TerminalChannel(application.reply, application.texts, application.home)
        channel._user = user  # the conversation goes on in another window
        channel.run(ON)
        return capsys.readouterr().out

    await play(conversation, say, lambda words: application.reply(Message("core", words, ON)))

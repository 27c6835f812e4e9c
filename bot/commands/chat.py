"""`cchc chat`: a conversation in the terminal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from bot.commands.base import Command, Session
from bot.commands.opening import opened
from bot.commands.options import day_option, known_place, place_option


@click.command("chat", cls=Command)
@day_option
@place_option
@click.pass_obj
def chat(session: Session, on: date | None, place: str | None) -> int:
    """Trò chuyện ngay trong cửa sổ này."""
    from bot.channels.terminal import TerminalChannel
    from bot.keeping.reading import ReadFile, read_named

    with opened(session) as application:

        def read(user: str, path: Path) -> ReadFile | None:
            if not application.keeps(user):
                return None
            return read_named(path, application.settings.max_bytes)

        channel = TerminalChannel(
            application.reply, application.texts, session.home, session.debug, read
        )
        channel.run(on, known_place(place, application.places))
    return 0

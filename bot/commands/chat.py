"""`cchc chat`: a conversation in the terminal."""

from __future__ import annotations

from datetime import date

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

    with opened(session) as application:
        channel = TerminalChannel(application.reply, application.texts, session.home, session.debug)
        channel.run(on, known_place(place, application.places))
    return 0

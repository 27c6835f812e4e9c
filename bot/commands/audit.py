"""`cchc audit`: who changed what and when."""

from __future__ import annotations

import click

from bot.clock import time_of
from bot.commands.base import Command, ListedByDefault, Session
from bot.commands.columns import columns, printed_width
from bot.commands.failure import Failure
from bot.commands.opening import opened, print_json
from bot.commands.options import json_option


@click.group("audit", cls=ListedByDefault)
def audit() -> None:
    """Xem ai đã thay đổi gì: văn bản, vai trò, câu trả lời của cán bộ, thông báo; hoàn tác."""


@audit.command("list", cls=Command)
@click.option(
    "--subject", default="", metavar="MÃ", help="Chỉ những thay đổi của văn bản, vai trò, … này."
)
@click.option("--last", "most", type=click.IntRange(1, 100_000), default=50, metavar="SỐ")
@json_option
@click.pass_obj
def listed(session: Session, subject: str, most: int, as_json: bool) -> int:
    """Liệt kê các thay đổi, mới nhất trước (không cần gõ “list”)."""
    from bot.audit import Wanted

    with opened(session) as application:
        changes = application.desk.audit.changes(most, Wanted(subject=subject))
        label = application.texts.audit.label
    if as_json:
        print_json([vars(change) for change in changes])
    elif changes:
        rows = [
            [str(c.id), time_of(c.at), c.actor, label(c.action), c.subject, c.detail]
            for c in changes
        ]
        heading = ("SỐ", "LÚC", "AI", "VIỆC", "MÃ", "CHI TIẾT")
        click.echo("\n".join(columns([heading, *rows], 5, printed_width())))
    else:
        click.echo("Chưa có thay đổi nào.", err=True)
    return 0


@audit.command("undo", cls=Command)
@click.argument("number", type=click.IntRange(1, 2**53), metavar="SỐ")
@click.pass_obj
def undo(session: Session, number: int) -> int:
    """Hoàn tác một thay đổi; SỐ là cột đầu của “cchc audit”. Hoàn tác cũng hoàn tác được."""
    from bot.keeping.undo import UndoError

    with opened(session) as application:
        try:
            done = application.changes.undo(number)
        except UndoError as error:
            raise Failure(
                application.texts.changes.undo(error.obstacle.value, error.other)
            ) from error
    click.echo(
        f"Đã hoàn tác thay đổi {number} của {done.subject}; làm lại: cchc audit undo {done.id}"
    )
    return 0

"""`cchc audit`: who changed what and when."""

from __future__ import annotations

import click

from bot.commands.base import Command, Session
from bot.commands.columns import columns, printed_width
from bot.commands.opening import opened, print_json
from bot.commands.options import json_option


@click.command("audit", cls=Command)
@click.option("--subject", metavar="MÃ", help="Chỉ những thay đổi của văn bản, vai trò, … này.")
@click.option("--last", "most", type=click.IntRange(1, 100_000), default=50, metavar="SỐ")
@json_option
@click.pass_obj
def audit(session: Session, subject: str | None, most: int, as_json: bool) -> int:
    """Xem ai đã thay đổi gì: văn bản, vai trò, câu trả lời của cán bộ, thông báo."""
    with opened(session) as application:
        changes = application.desk.audit.changes(most, subject)
        label = application.texts.audit.label
    if as_json:
        print_json([vars(change) for change in changes])
    elif changes:
        rows = [[c.at[:19], c.actor, label(c.action), c.subject, c.detail] for c in changes]
        heading = ("LÚC (UTC)", "AI", "VIỆC", "MÃ", "CHI TIẾT")
        click.echo("\n".join(columns([heading, *rows], 4, printed_width())))
    else:
        click.echo("Chưa có thay đổi nào.", err=True)
    return 0

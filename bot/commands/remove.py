"""`cchc remove`: take documents out of the store."""

from __future__ import annotations

import click

from bot.commands.base import Command, Session
from bot.commands.failure import PARTLY
from bot.commands.opening import opened


@click.command("remove", cls=Command)
@click.argument("ids", nargs=-1, required=True, metavar="MÃ…")
@click.pass_obj
def remove(session: Session, ids: tuple[str, ...]) -> int:
    """Bỏ tài liệu khỏi kho; tệp gốc vẫn còn nguyên.

    MÃ là cột đầu của “cchc documents”. Kết thúc với mã 1 khi có mã không tìm thấy.
    """
    wanted = list(dict.fromkeys(ids))
    with opened(session) as application:
        made = application.changes.withdraw(wanted)
    for document in wanted:
        if document in made:
            click.echo(f"Đã bỏ {document}")
        else:
            click.echo(f"Không có tài liệu {document}; xem “cchc documents”.", err=True)
    return 0 if len(made) == len(wanted) else PARTLY

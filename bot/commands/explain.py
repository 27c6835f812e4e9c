"""`cchc explain`: why a question finds what it finds."""

from __future__ import annotations

import click

from bot.commands.base import Command, Session
from bot.commands.failure import PARTLY
from bot.commands.opening import opened, print_json
from bot.commands.options import json_option
from bot.streams import readable


@click.command("explain", cls=Command)
@click.argument("question", nargs=-1, required=True, metavar="CÂU_HỎI")
@json_option
@click.pass_obj
def explain(session: Session, question: tuple[str, ...], as_json: bool) -> int:
    """Thử tìm: các đoạn tìm được, điểm, độ tin cậy, từ khớp và từ thiếu.

    Kết thúc với mã 1 khi không đoạn nào đủ tin cậy để trả lời.
    """
    from bot.explaining import explain as explained
    from bot.explaining import lines_of

    with opened(session) as application:
        tools = application.tools()
        found = explained(readable(" ".join(question)), tools)
        if as_json:
            print_json(found.as_json())
        else:
            click.echo("\n".join(lines_of(found, tools)))
    return 0 if found.answers else PARTLY

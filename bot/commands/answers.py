"""`cchc answers`: the answers that officials keep for the same question."""

from __future__ import annotations

import click

from bot.clock import written_day
from bot.commands.base import Command, Group, Session
from bot.commands.failure import Failure
from bot.commands.opening import opened, print_json
from bot.commands.options import json_option


@click.group("answers", cls=Group)
def answers() -> None:
    """Các câu trả lời của cán bộ đang được dùng cho câu hỏi giống vậy."""


@answers.command("list", cls=Command)
@json_option
@click.pass_obj
def listed(session: Session, as_json: bool) -> int:
    """Liệt kê câu hỏi, câu trả lời, người trả lời, văn bản căn cứ."""
    with opened(session) as application:
        kept = application.desk.curated.all()
    if as_json:
        print_json([vars(answer) for answer in kept])
        return 0
    for answer in kept:
        click.echo(f"{answer.id}. {answer.question}")
        click.echo(f"   {answer.author}, {written_day(answer.at)}, căn cứ {answer.document}")
        click.echo("\n".join(f"   {line}" for line in answer.text.splitlines()))
    if not kept:
        click.echo("Chưa có câu trả lời nào của cán bộ.", err=True)
    return 0


@answers.command("withdraw", cls=Command)
@click.argument("number", type=click.IntRange(1, 2**53), metavar="SỐ")
@click.pass_obj
def withdraw(session: Session, number: int) -> int:
    """Thôi dùng một câu trả lời, có hiệu lực ngay; SỐ như “cchc answers list” in ra."""
    with opened(session) as application:
        try:
            application.desk.curated.withdraw(number)
        except KeyError:
            raise Failure(f"Không có câu trả lời {number}; xem “cchc answers list”.") from None
    click.echo(f"Đã thôi dùng câu trả lời {number}.")
    return 0

"""`cchc accounts`: the accounts of the pages for officials."""

from __future__ import annotations

import click

from bot.clock import written_day
from bot.commands.base import Command, Group, Session
from bot.commands.columns import columns
from bot.commands.failure import Failure
from bot.commands.opening import opened, print_json
from bot.commands.options import json_option

MISSING = "Không có tài khoản “{name}”; xem “cchc accounts list”."


@click.group("accounts", cls=Group)
def accounts() -> None:
    """Tài khoản của các trang dành cho cán bộ (/can-bo); mở bằng mã của “cchc roles grant”."""


@accounts.command("list", cls=Command)
@json_option
@click.pass_obj
def listed(session: Session, as_json: bool) -> int:
    """Liệt kê tài khoản và vai trò."""
    with opened(session) as application:
        found, named = application.accounts.all(), application.texts.roles.name
    if as_json:
        rows = [
            {
                "name": one.name,
                "roles": [holder.role for holder in one.holders],
                "since": one.made_at,
                "ready": one.ready,
            }
            for one in found
        ]
        print_json(rows)
        return 0
    table = [
        (
            one.name,
            ", ".join(named(holder.role) for holder in one.holders) or "(không còn vai trò)",
            one.holders[0].name if one.holders else "",
            f"từ {written_day(one.made_at)}" + ("" if one.ready else ", chờ đặt mật khẩu"),
        )
        for one in found
    ]
    if table:
        click.echo("\n".join(columns([("TÊN ĐĂNG NHẬP", "VAI TRÒ", "TÊN", "GHI CHÚ"), *table])))
    else:
        click.echo("Chưa có tài khoản nào; cấp mã bằng “cchc roles grant”.", err=True)
    return 0


@accounts.command("reset", cls=Command)
@click.argument("name", metavar="TÊN")
@click.pass_obj
def reset(session: Session, name: str) -> int:
    """In mã đặt lại mật khẩu; mật khẩu đang dùng và mọi phiên đăng nhập hết hiệu lực ngay."""
    with opened(session) as application:
        try:
            code = application.accounts.resets.begin(name)
        except KeyError:
            raise Failure(MISSING.format(name=name)) from None
        hours = int(application.desk.office.codes.valid.total_seconds() // 3600)
    click.echo(code)
    click.echo(f"Mã dùng một lần trong {hours} giờ ở trang /can-bo/dat-lai", err=True)
    return 0


@accounts.command("remove", cls=Command)
@click.argument("names", nargs=-1, required=True, metavar="TÊN…")
@click.pass_obj
def remove(session: Session, names: tuple[str, ...]) -> int:
    """Bỏ tài khoản cùng vai trò của nó, có hiệu lực ngay."""
    with opened(session) as application:
        for name in names:
            try:
                application.accounts.remove(name)
            except KeyError:
                raise Failure(MISSING.format(name=name)) from None
            click.echo(f"Đã bỏ {name}")
    return 0

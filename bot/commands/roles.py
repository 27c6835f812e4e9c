"""`cchc roles`: who may do what."""

from __future__ import annotations

import click

from bot.clock import time_of, written_day
from bot.commands.base import Command, Group, Session, WrongUse
from bot.commands.columns import columns
from bot.commands.failure import Failure
from bot.commands.opening import opened, print_json
from bot.commands.options import json_option
from bot.streams import readable

GRANTED = ("official", "keeper", "administrator")
CODE = "m"  # goes before the number of a code that was not redeemed yet


@click.group("roles", cls=Group)
def roles() -> None:
    """Cấp, xem, rút vai trò: cán bộ trả lời, người giữ kho, quản trị."""


@roles.command("grant", cls=Command)
@click.argument("role", type=click.Choice(GRANTED), metavar="VAI_TRÒ")
@click.option("--name", default="", metavar="TÊN", help="Tên hiển thị; không ghi thì tự khai.")
@click.pass_obj
def grant(session: Session, role: str, name: str) -> int:
    """In một mã dùng một lần, để mở tài khoản ở /can-bo/ma hoặc gõ /vaitro kèm mã khi trò chuyện.

    VAI_TRÒ là official (cán bộ trả lời), keeper (người giữ kho) hoặc administrator (quản trị).
    """
    from bot.common import OVERRIDES
    from bot.roles import Role
    from config.channels import load_channels

    page = f"{load_channels(session.home / OVERRIDES).server.public_url}/can-bo/ma"
    with opened(session) as application:
        code = application.desk.roles.grant(Role(role), readable(name))
        hours = int(application.desk.office.codes.valid.total_seconds() // 3600)
        called = application.texts.roles.name(role)
    click.echo(code)
    click.echo(
        f"Mã cho vai trò {called}, dùng một lần trong {hours} giờ: mở trang {page},"
        f" hoặc gõ /vaitro {code}",
        err=True,
    )
    return 0


@roles.command("list", cls=Command)
@json_option
@click.pass_obj
def listed(session: Session, as_json: bool) -> int:
    """Liệt kê ai có vai trò gì và các mã chưa dùng."""
    with opened(session) as application:
        holders, codes = application.desk.roles.holders(), application.desk.roles.codes()
        texts = application.texts.roles
    if as_json:
        rows = [
            {"id": str(h.id), "role": h.role, "name": h.name, "since": h.since} for h in holders
        ]
        open_codes = [
            {"id": f"{CODE}{c.id}", "role": c.role, "name": c.name, "expires": c.expires}
            for c in codes
        ]
        print_json({"holders": rows, "codes": open_codes})
        return 0
    table = [[str(h.id), texts.name(h.role), h.name, f"từ {written_day(h.since)}"] for h in holders]
    table += [
        [
            f"{CODE}{c.id}",
            texts.name(c.role),
            c.name or "(mã chưa dùng)",
            f"đến {time_of(c.expires)}",
        ]
        for c in codes
    ]
    if table:
        click.echo("\n".join(columns([("MÃ", "VAI TRÒ", "TÊN", "THỜI GIAN"), *table])))
    else:
        click.echo("Chưa ai có vai trò nào; cấp bằng “cchc roles grant official”.", err=True)
    return 0


@roles.command("revoke", cls=Command)
@click.argument("ids", nargs=-1, required=True, metavar="MÃ…")
@click.pass_obj
def revoke(session: Session, ids: tuple[str, ...]) -> int:
    """Rút vai trò hoặc hủy mã, có hiệu lực ngay; MÃ là cột đầu của “cchc roles list”."""
    wanted = [_number(written) for written in ids]
    with opened(session) as application:
        for written, (of_code, number) in zip(ids, wanted, strict=True):
            kept = application.desk.roles
            try:
                if of_code:
                    kept.withdraw_code(number)
                else:
                    kept.withdraw(number)
            except KeyError:
                raise Failure(f"Không có mã {written}; xem “cchc roles list”.") from None
            click.echo(f"Đã rút {written}")
    return 0


def _number(written: str) -> tuple[bool, int]:
    number = written.removeprefix(CODE)
    if not number.isascii() or not number.isdecimal() or len(number) > 15:
        raise WrongUse(f"“{written}” không phải một mã của “cchc roles list”.")
    return number != written, int(number)

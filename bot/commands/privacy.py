"""What is kept about people: `cchc export-user`, `cchc forget-user`, `cchc retention`."""

from __future__ import annotations

import click

from bot.commands.base import Command, Session, WrongUse
from bot.commands.failure import PARTLY
from bot.commands.opening import opened, print_json
from bot.commands.options import json_option

NAMES = {
    "turns": "lượt hỏi",
    "unanswered": "câu hỏi chưa trả lời được",
    "verdicts": "ý kiến về câu trả lời",
    "questions": "câu hỏi gửi cán bộ, thư trả lời",
    "deliveries": "tin đã chuyển đến",
    "departures": "dấu của người không muốn nhận tin",
    "undo": "nội dung trước mỗi thay đổi, để hoàn tác",
    "uploads": "tệp chưa xác nhận",
}
#: Where a person may be known from; "account" is an account of the officials' pages.
CHANNELS = ("telegram", "zalo_bot", "zalo_oa", "web", "account", "terminal")


@click.command("export-user", cls=Command)
@click.argument("user", metavar="NGƯỜI")
@click.pass_obj
def export_user(session: Session, user: str) -> int:
    """In mọi thứ đang giữ về một người, dạng JSON.

    NGƯỜI gồm kênh và mã trên kênh đó, ví dụ telegram:123456. Kết thúc với mã 1 khi không giữ gì.
    """
    with opened(session) as application:
        kept = application.kept_of(_named(user))
    print_json(kept)
    return 0 if kept else PARTLY


@click.command("forget-user", cls=Command)
@click.argument("user", metavar="NGƯỜI")
@click.option("--yes", is_flag=True, help="Không hỏi lại.")
@click.pass_obj
def forget_user(session: Session, user: str, yes: bool) -> int:
    """Xóa mọi thứ đang giữ về một người, như lệnh /xoadulieu của họ.

    NGƯỜI gồm kênh và mã trên kênh đó, ví dụ telegram:123456.
    """
    name = _named(user)
    if not yes and not click.confirm(f"Xóa mọi thứ giữ về {name}? Không hoàn lại được"):
        return PARTLY
    with opened(session) as application:
        application.forget(name)
    click.echo("Đã xóa.")
    return 0


@click.command("retention", cls=Command)
@json_option
@click.pass_obj
def retention(session: Session, as_json: bool) -> int:
    """Xóa ngay dữ liệu quá hạn giữ; trợ lý đang chạy thì tự làm mỗi ngày.

    Hạn giữ đặt ở [retention] trong settings.toml.
    """
    with opened(session) as application:
        gone, days = application.enforce_retention(), application.settings.retention
    if as_json:
        print_json(gone)
        return 0
    for name, period in days.items():
        kept = f"giữ {period} ngày" if period else "giữ mãi"
        click.echo(f"{NAMES[name]} ({kept}): xóa {gone.get(name, 0)}")
    return 0


def _named(user: str) -> str:
    channel, mark, name = user.strip().partition(":")
    if not (channel and mark and name):
        raise WrongUse("Hãy ghi kênh và mã người dùng, ví dụ telegram:123456.")
    if channel not in CHANNELS:
        raise WrongUse(f"Không có kênh “{channel}”; hãy ghi một trong: {', '.join(CHANNELS)}.")
    return f"{channel}:{name}"

"""`cchc pause` and `cchc resume`: the switch that turns answering off."""

from __future__ import annotations

import click

from bot.commands.base import Command, Session


@click.command("pause", cls=Command)
@click.argument("notice", required=False, default="", metavar="[LỜI_BÁO]")
@click.pass_obj
def pause(session: Session, notice: str) -> int:
    """Tạm ngừng trả lời; người hỏi nhận LỜI_BÁO.

    Có hiệu lực ngay ở mọi kênh, không phải khởi động lại; “cchc ask” và “cchc chat” vẫn trả lời
    để bạn kiểm tra. Không ghi LỜI_BÁO thì dùng câu có sẵn trong cấu hình.
    """
    switch = _switch(session)
    switch.pause(notice)
    click.echo(f"Đã tạm ngừng trả lời. Người hỏi sẽ đọc: {switch.notice()}")
    return 0


@click.command("resume", cls=Command)
@click.pass_obj
def resume(session: Session) -> int:
    """Trả lời trở lại sau “cchc pause”."""
    if _switch(session).resume():
        click.echo("Đã trả lời trở lại.")
    else:
        click.echo("Trợ lý đang trả lời, không có gì phải mở lại.")
    return 0


def _switch(session: Session):  # type: ignore[no-untyped-def]
    from bot.common import OVERRIDES
    from bot.pausing import Switch
    from config.texts import load_texts

    session.home.mkdir(parents=True, exist_ok=True)
    return Switch(session.home, load_texts(session.home / OVERRIDES).errors.paused)

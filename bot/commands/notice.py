"""`cchc notice`: write, send, stop notices. The running service delivers them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.commands.base import Command, Group, Session, WrongUse
from bot.commands.failure import Failure
from bot.commands.opening import opened
from bot.commands.options import known_place
from bot.streams import readable

PIPE = "-"


@click.group("notice", cls=Group)
def notice() -> None:
    """Thông báo cho những người đã đăng ký nhận; dịch vụ đang chạy sẽ gửi đi."""


@notice.command("send", cls=Command)
@click.argument("file", type=click.Path(path_type=Path), metavar="TỆP")
@click.option("--place", metavar="NƠI", help="Chỉ gửi cho người đã chọn tỉnh, thành phố này.")
@click.option("--yes", is_flag=True, help="Gửi luôn; không có thì chỉ xem trước.")
@click.pass_obj
def send(session: Session, file: Path, place: str | None, yes: bool) -> int:
    """Gửi thông báo ghi trong TỆP (- là đầu vào chuẩn); không có --yes thì chỉ xem trước."""
    from bot.steps.notices import LONGEST, as_sent

    text = _written(file)
    if not text:
        raise WrongUse("Thông báo đang trống.")
    if len(text) > LONGEST:
        raise WrongUse(f"Thông báo dài quá {LONGEST} ký tự; hãy rút gọn.")
    with opened(session) as application:
        where = known_place(place, application.places)
        said = as_sent(text, application.texts.notices)
        if not yes:
            count = application.desk.notices.readers(where)
            click.echo(said)
            click.echo(f"Sẽ gửi cho {count} người; thêm --yes để gửi.", err=True)
            return 0
        sent = application.desk.notices.send(said, where)
    click.echo(f"Thông báo #{sent.id}: đang gửi cho {sent.count} người.")
    return 0


@notice.command("list", cls=Command)
@click.pass_obj
def listed(session: Session) -> int:
    """Liệt kê các thông báo gần đây và đã gửi đến đâu."""
    from bot.steps.notices import row_of

    with opened(session) as application:
        texts = application.texts.notices
        rows = [row_of(one, texts) for one in application.desk.notices.recent(20)]
    click.echo("\n".join(rows) if rows else texts.none)
    return 0


@notice.command("stop", cls=Command)
@click.argument("number", type=click.IntRange(1, 2**53), metavar="SỐ")
@click.pass_obj
def stop(session: Session, number: int) -> int:
    """Dừng gửi một thông báo; SỐ như “cchc notice list” in ra."""
    with opened(session) as application:
        try:
            stopped = application.desk.notices.stop(number)
        except KeyError:
            raise Failure(f"Thông báo #{number} không có hoặc đã gửi xong.") from None
    click.echo(f"Đã dừng thông báo #{number}: {stopped.sent}/{stopped.count} người đã được gửi.")
    return 0


def _written(file: Path) -> str:
    try:
        raw = sys.stdin.buffer.read() if str(file) == PIPE else file.read_bytes()
        return readable(raw.decode("utf-8-sig")).strip()
    except UnicodeDecodeError:
        raise Failure(f"Tệp {file} không phải văn bản UTF-8.") from None

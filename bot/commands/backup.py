"""`cchc backup`, `cchc restore`, `cchc migrate`."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.base import Command, Session
from bot.commands.failure import PARTLY

if TYPE_CHECKING:
    from bot.operations.migrating import Rehearsal

_FILE = click.Path(path_type=Path)


@click.command("backup", cls=Command)
@click.argument("file", type=_FILE, metavar="TỆP")
@click.pass_obj
def backup(session: Session, file: Path) -> int:
    """Sao lưu dữ liệu ra một tệp .tar.gz, cả khi trợ lý đang chạy.

    TỆP là thư mục thì tên được đặt theo giờ. Bản sao có kho văn bản, cấu hình và khóa bí mật của
    bí danh, nên hãy giữ kín; mã của các kênh (cchc.env) không nằm trong đó.
    """
    from bot.operations.backup import write_backup

    done = write_backup(session.home, file.absolute())
    size = f"{done.size / 1_000_000:.1f}".replace(".", ",")
    click.echo(f"Đã sao lưu vào {done.path} ({size} MB), đã kiểm tra nguyên vẹn.")
    return 0


@click.command("restore", cls=Command)
@click.argument("file", type=_FILE, metavar="TỆP")
@click.option("--replace", is_flag=True, help="Thay thư mục đang có dữ liệu; bản cũ giữ cạnh đó.")
@click.option("--check", is_flag=True, help="Chỉ kiểm tra bản sao lưu, không khôi phục.")
@click.pass_obj
def restore(session: Session, file: Path, replace: bool, check: bool) -> int:
    """Khôi phục dữ liệu từ bản sao lưu; dừng trợ lý trước."""
    from bot.clock import time_of
    from bot.operations.restoring import check_backup
    from bot.operations.restoring import restore as put_back

    if check:
        with tempfile.TemporaryDirectory(prefix="cchc-") as folder:
            made_at = check_backup(file, Path(folder))["made_at"]
        click.echo(f"Bản sao lưu nguyên vẹn, lập lúc {time_of(made_at)}.")
        return 0
    done = put_back(file, session.home, replace=replace)
    click.echo(f"Đã khôi phục {done.documents} văn bản, bản lập lúc {time_of(done.made_at)}.")
    if done.before is not None:
        click.echo(f"Dữ liệu cũ còn ở {done.before}; xóa khi không cần nữa.")
    else:
        click.echo("Mã của các kênh không nằm trong bản sao lưu; ghi lại vào cchc.env.")
    return 0


@click.command("migrate", cls=Command)
@click.option("--rehearse", is_flag=True, help="Chỉ làm thử trên một bản chép.")
@click.pass_obj
def migrate(session: Session, rehearse: bool) -> int:
    """Nâng dữ liệu lên dạng của phiên bản này; nên sao lưu và làm thử trước."""
    from bot.operations import migrating

    done = migrating.rehearse(session.home) if rehearse else migrating.carry_out(session.home)
    _tell(done)
    if rehearse:
        click.echo("Vừa làm thử trên bản chép; dữ liệu thật chưa đổi gì.")
    return 0 if done.ok else PARTLY


def _tell(done: Rehearsal) -> None:
    for step in done.applied:
        click.echo(f"• {step}")
    for table, count in done.fewer.items():
        click.echo(f"Bảng {table} bớt {count} dòng.")
    if done.problem is not None:
        click.echo(f"Dữ liệu không nguyên vẹn ({done.problem}); đừng nâng cấp.", err=True)
    elif done.applied:
        took = f"{done.seconds:.1f}".replace(".", ",")
        click.echo(f"{len(done.applied)} bước, {took} giây, dữ liệu nguyên vẹn.")
    else:
        click.echo("Không có bước nào phải làm.")

"""`cchc ratings`: made-up ratings for trying reports, and what kills do to them."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import date, timedelta

import click

from bot.commands.base import Command, Group, Session
from bot.commands.failure import PARTLY, Failure
from bot.commands.options import day_type
from bot.commands.rating_desk import opened_desk


@click.group("ratings", cls=Group)
def ratings() -> None:
    """Thử nghiệm phần đánh giá."""


@ratings.command("generate", cls=Command)
@click.option("--count", type=click.IntRange(1, 5_000_000), default=20_000, help="Số phiếu.")
@click.option("--days", type=click.IntRange(1, 3650), default=180, help="Trong số ngày này.")
@click.option("--to", "end", type=day_type(), metavar="NGÀY", help="Ngày cuối; mặc định hôm nay.")
@click.option("--seed", type=int, default=1, help="Cùng số thì cùng phiếu.")
@click.pass_obj
def generate(session: Session, count: int, days: int, end: date | None, seed: int) -> int:
    """Ghi phiếu giả vào một thư mục dữ liệu mới, để thử báo cáo.

    Từ chối nếu thư mục đã có phiếu thật.
    """
    from bot.measuring.ratings import generate as made_up

    with opened_desk(session) as desk:
        if desk.db.execute("SELECT 1 FROM ratings LIMIT 1").fetchone():
            raise Failure("Thư mục này đã có phiếu; hãy chọn thư mục mới bằng cchc --home.")
        start = (end or date.today()) - timedelta(days=days - 1)
        made_up.generate(desk, count, start, days, seed)
    click.echo(f"Đã ghi {count} phiếu giả từ {start:%d/%m/%Y}.")
    return 0


@ratings.command("kill", cls=Command)
@click.option("--kills", type=click.IntRange(1, 100_000), default=1000, help="Số lần ngắt.")
@click.option("--seed", type=int, default=1, help="Cùng số thì cùng thời điểm.")
def kill(kills: int, seed: int) -> int:
    """Ngắt đột ngột các tiến trình đang ghi phiếu rồi kiểm tra: không mất, không ghi hai lần."""
    if not hasattr(os, "fork"):
        raise Failure("Phép thử ngắt chỉ chạy được trên Linux và macOS.")
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "bot.measuring.ratings.kills", home, str(kills), str(seed)]
        ran = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    if not ran.stdout.strip():
        raise Failure("Phép thử ngắt dừng giữa chừng nên chưa có kết quả; hãy chạy lại.")
    figures, _, broken = ran.stdout.partition("\n")
    done, acknowledged, lost, doubled = figures.split()
    click.echo(
        f"{done} lần ngắt, {acknowledged} phiếu đã xác nhận: mất {lost}, ghi hai lần {doubled},"
        f" tệp {'hỏng: ' + broken.strip() if broken.strip() else 'nguyên vẹn'}."
    )
    return 0 if ran.returncode == 0 else PARTLY

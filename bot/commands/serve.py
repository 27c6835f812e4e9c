"""`cchc serve`: every configured channel and the web page, until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from typing import TYPE_CHECKING

import click

from bot.commands.base import Command, Session
from bot.commands.failure import PARTLY
from bot.commands.progress import ProgressBar

if TYPE_CHECKING:
    from bot.server import Say
    from bot.workers.nursery import Nursery

SWITCHED_AFTER = 0.001  # seconds


@click.command("serve", cls=Command)
@click.option("--host", metavar="ĐỊA_CHỈ", help="Địa chỉ lắng nghe, thay cho cấu hình.")
@click.option(
    "--port", type=click.IntRange(0, 65_535), metavar="CỔNG", help="Cổng, thay cho cấu hình."
)
@click.option("--log-json", is_flag=True, help="Nhật ký mỗi dòng một JSON.")
@click.pass_obj
def serve(session: Session, host: str | None, port: int | None, log_json: bool) -> int:
    """Chạy các kênh đã cấu hình: Telegram, Zalo, trang web.

    Mã của các kênh lấy từ biến môi trường, rồi từ tệp cchc.env của thư mục dữ liệu.
    """
    from uvicorn.loops.auto import auto_loop_factory

    from bot.environment import load
    from bot.logs import log_to_stderr
    from bot.workers.nursery import Nursery

    # Requests are taken while others are answered: the threads change more often than usual.
    sys.setswitchinterval(SWITCHED_AFTER)
    load(session.home, os.environ)
    log_to_stderr(os.environ, as_json=log_json)
    nursery = Nursery.open(session.home)  # before anything starts a thread
    # What is said to a person at a terminal is one more kind of line in a log.
    say: Say = logging.getLogger(__name__).info if log_json else click.echo
    # uvloop's where it is installed, which takes less of the processor for each request.
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        return PARTLY if not runner.run(_serve(session, host, port, nursery, say)) else 0


async def _serve(
    session: Session, host: str | None, port: int | None, nursery: Nursery | None, say: Say
) -> bool:
    from dataclasses import replace

    from bot.channels.configured import configured
    from bot.ratings.post import RatingPost
    from bot.server import Server
    from bot.service import Service

    with ProgressBar() as progress:
        service = await Service.open(session.home, progress, nursery)
    try:
        server = service.channels.server
        server = replace(
            server, host=host or server.host, port=server.port if port is None else port
        )
        service.channels = replace(service.channels, server=server)
        await service.make_sheets()
        channels, idle = configured(service, os.environ)
        for line in idle:
            say(line)
        if channels:
            # First in the row, so that at the end it stops while the others still send.
            channels.insert(0, RatingPost(service, tuple(channels)))
        return await Server(service, channels, server, say).run()
    finally:
        await service.close()

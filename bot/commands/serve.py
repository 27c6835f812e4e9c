"""`cchc serve`: every configured channel and the web page, until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import os

import click

from bot.commands.base import Command, Session
from bot.commands.failure import PARTLY
from bot.commands.progress import ProgressBar


@click.command("serve", cls=Command)
@click.option("--host", metavar="ĐỊA_CHỈ", help="Địa chỉ lắng nghe, thay cho cấu hình.")
@click.option(
    "--port", type=click.IntRange(0, 65_535), metavar="CỔNG", help="Cổng, thay cho cấu hình."
)
@click.pass_obj
def serve(session: Session, host: str | None, port: int | None) -> int:
    """Chạy các kênh đã cấu hình: Telegram, Zalo, trang web."""
    _log()
    return PARTLY if not asyncio.run(_serve(session, host, port)) else 0


async def _serve(session: Session, host: str | None, port: int | None) -> bool:
    from dataclasses import replace

    from bot.channels.configured import configured
    from bot.server import Server
    from bot.service import Service

    with ProgressBar() as progress:
        service = await Service.open(session.home, progress)
    try:
        server = service.channels.server
        server = replace(
            server, host=host or server.host, port=server.port if port is None else port
        )
        service.channels = replace(service.channels, server=server)
        channels, idle = configured(service, os.environ)
        for line in idle:
            click.echo(line)
        return await Server(service, channels, server, click.echo).run()
    finally:
        await service.close()


def _log() -> None:
    """Log to standard error; the libraries' own lines of requests hold tokens and stay out."""
    form = "%(asctime)s %(levelname)s %(name)s %(message)s"
    logging.basicConfig(level=logging.WARNING, format=form)
    logging.getLogger("bot").setLevel(logging.INFO)
    # uvicorn would write whole tracebacks, and of a taken port what our own sentence says.
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)

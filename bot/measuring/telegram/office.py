"""The measured process: service, channel and web server over one home, as when it serves people."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from multiprocessing.synchronize import Event
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.channels.telegram import TelegramChannel
from bot.service import Service
from bot.workers.nursery import Nursery

TOKEN = "1:measuring"


def serve(home: Path, port: int, ready: Event, done: Event) -> None:
    """Serve `home` until `done` is set; sets `ready` when questions can come."""
    asyncio.run(_serve(home, port, ready, done, Nursery.open(home)))


async def _serve(home: Path, port: int, ready: Event, done: Event, nursery: Nursery | None) -> None:
    service = await Service.open(home, nursery=nursery)
    channel = TelegramChannel(service, TOKEN)
    server, serving = await _listen(channel.routes, port)
    await channel.start()
    ready.set()
    await asyncio.get_running_loop().run_in_executor(None, done.wait)
    server.should_exit = True
    await serving
    await channel.stop()
    await service.close()


async def _listen(
    routes: Sequence[BaseRoute], port: int
) -> tuple[uvicorn.Server, asyncio.Task[None]]:
    config = uvicorn.Config(
        Starlette(routes=list(routes)), port=port, log_level="warning", lifespan="off", ws="none"
    )
    config.access_log = False
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    return server, serving

"""The assistant with its Telegram channel over an empty home, until standard input closes.

Run as `python -m tests.smoke.telegram.office ADDRESS_OF_THE_API`.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from bot.channels.telegram import TelegramChannel
from bot.common import OVERRIDES
from bot.home import resolve_home
from bot.service import Service

TOKEN = "1:smoke"


async def serve(home: Path) -> None:
    """Serve until standard input closes."""
    service = await Service.open(home)
    channel = TelegramChannel(service, TOKEN)
    print(await channel.start(), flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await channel.stop()
    await service.close()


if __name__ == "__main__":
    folder = resolve_home(None)
    (folder / OVERRIDES).mkdir(parents=True, exist_ok=True)
    written = f'[telegram]\napi_url = "{sys.argv[1]}"\n'
    (folder / OVERRIDES / "channels.toml").write_text(written, encoding="utf-8")
    asyncio.run(serve(folder))

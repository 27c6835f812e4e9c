"""A process of its own that asks for an access token and prints it: HOME, ADDRESS, FIRST TOKEN."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from bot.channels.zalo.client import Client
from bot.channels.zalo.token_file import TokenFile
from bot.channels.zalo.tokens import App, Tokens
from config.texts import load_texts


async def main(home: str, address: str, first: str) -> None:
    client = Client(delays=(0.01,) * 3)
    app = App("APP", "app-secret", first)
    tokens = Tokens(TokenFile(Path(home)), app, client, address, load_texts().zalo)
    print(await tokens.current(), flush=True)
    await tokens.close()
    await client.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))

"""The real assistant over the bundled pages, on Telegram."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from bot.channels.telegram import TelegramChannel
from bot.service import Service
from tests.bot.channels.telegram.people import Person
from tests.bot.channels.telegram.server import TOKEN, BotApi


@pytest_asyncio.fixture
async def running(bundled_home: Path, home: Path, api: BotApi) -> AsyncIterator[TelegramChannel]:
    """Return the channel over a copy of the bundled home, polling."""
    shutil.copytree(bundled_home, home, dirs_exist_ok=True)
    (home / "config").mkdir(exist_ok=True)
    written = f'[telegram]\napi_url = "{api.url}"\n'
    (home / "config" / "channels.toml").write_text(written, encoding="utf-8")
    service = await Service.open(home)
    channel = TelegramChannel(service, TOKEN)
    await channel.start()
    yield channel
    await channel.stop()
    await service.close()


async def test_a_talk_and_cards(running: TelegramChannel, api: BotApi, hoa: Person) -> None:
    await hoa.says("nam 2023 Quang Nam dat muc tieu PCI hang may")
    message = await api.said(seconds=30)
    quoted = message.styled("blockquote") + message.styled("expandable_blockquote")
    assert "PCI" in quoted[0]
    assert any(bold in quoted[0] for bold in message.styled("bold"))
    assert "Nguồn:" in message.text
    query = await hoa.types_inline("chỉ tiêu PCI 2023")
    await api.until(lambda: query in api.cards, 30)
    shown = [card["input_message_content"]["shown"] for card in api.cards[query]]
    assert any("PCI" in text and "Nguồn:" in text for text in shown)

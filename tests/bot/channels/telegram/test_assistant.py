"""The real assistant over the bundled pages, on Telegram."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pytest_asyncio

from bot.application import Application
from bot.channels.telegram import TelegramChannel
from bot.layout import parts
from bot.message import Message, Reply
from bot.service import Service
from tests.bot.channels.telegram.people import Person
from tests.bot.channels.telegram.server import TOKEN, BotApi
from tests.bot.played import conversations, plain, play


@dataclass
class Running:
    """The channel, the service that it stands on, and an assistant without either."""

    channel: TelegramChannel
    service: Service
    assistant: Application

    def core(self, words: str, user: str = "core") -> Reply:
        """Return what the assistant says to these words without a channel."""
        return self.assistant.reply(Message(user, words, date.today()))


@pytest_asyncio.fixture
async def running(
    bundled_home: Path, home: Path, tmp_path: Path, api: BotApi
) -> AsyncIterator[Running]:
    """Return the channel over a copy of the bundled home, polling."""
    shutil.copytree(bundled_home, home, dirs_exist_ok=True)
    assistant = Application.open(shutil.copytree(bundled_home, tmp_path / "core"))
    (home / "config").mkdir(exist_ok=True)
    written = f'[telegram]\napi_url = "{api.url}"\n'
    (home / "config" / "channels.toml").write_text(written, encoding="utf-8")
    service = await Service.open(home)
    channel = TelegramChannel(service, TOKEN)
    await channel.start()
    yield Running(channel, service, assistant)
    await channel.stop()
    await service.close()
    assistant.close()


async def test_a_talk_and_cards(running: Running, api: BotApi, hoa: Person) -> None:
    await hoa.says("nam 2023 Quang Nam dat muc tieu PCI hang may")
    message = await api.said(seconds=30)
    quoted = message.styled("blockquote") + message.styled("expandable_blockquote")
    assert "PCI" in quoted[0]
    assert any(bold in quoted[0] for bold in message.styled("bold"))
    assert "Nguồn:" in message.text
    actions = running.service.texts.actions
    toast = await hoa.presses(message, actions.right_label)
    await api.until(lambda: bool(api.toasts[toast]), 30)
    assert api.toasts[toast] == actions.thanks
    await hoa.presses(message, actions.related_label)
    await api.until(lambda: message.edits == 1, 30)
    assert len(api.sent) == 1
    query = await hoa.types_inline("chỉ tiêu PCI 2023")
    await api.until(lambda: query in api.cards, 30)
    shown = [card["input_message_content"]["shown"] for card in api.cards[query]]
    assert any("PCI" in text and "Nguồn:" in text for text in shown)


async def test_every_command_is_answered_and_says_what_the_assistant_says(
    running: Running, api: BotApi, hoa: Person
) -> None:
    names = [name for name, _ in running.service.texts.commands.menu()]
    for text in ["/start", *(f"/{name}" for name in names)]:
        before = len(api.sent)
        await hoa.says(text)
        await api.until(lambda before=before: len(api.sent) > before, 30)
        seen = plain(" ".join(sent.read for sent in api.sent[before:]))
        # Numbers of documents and the like: the same words, whoever asks.
        for part in parts(running.core(text))[:3]:
            assert plain(part.text) in seen


async def test_the_conversations_read_as_the_assistant_means_them(
    running: Running, api: BotApi
) -> None:
    for number, conversation in enumerate(conversations(), 8_000_000):
        person = Person(api, number)

        async def say(words: str, person: Person = person) -> str:
            before = len(api.sent)
            await person.says(words)
            await api.until(lambda: len(api.sent) > before, 30)
            await api.until(lambda: api.is_fetched(), 30)
            while await running.service.pending("telegram"):
                await asyncio.sleep(0.01)
            return " ".join(sent.read for sent in api.sent[before:])

        await play(conversation, say, partial(running.core, user=conversation.name))

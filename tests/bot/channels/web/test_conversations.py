"""The conversations of `tests/conversations` on the page, with the real assistant."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from bot.application import Application
from bot.channels.web.channel import WebChannel
from bot.message import Message
from tests.bot.channels.web.stand_in import opened, served
from tests.bot.played import conversations, play

playwright = pytest.importorskip("playwright.async_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
if CHROMIUM is None:
    pytest.skip("Chromium is not installed", allow_module_level=True)


@pytest.fixture
def address(bundled_home: Path, tmp_path: Path) -> Iterator[str]:
    """Serve the page over the bundled pages."""
    home = shutil.copytree(bundled_home, tmp_path / "channel")
    with ThreadPoolExecutor(1) as answering:
        application = answering.submit(Application.open, home).result()
        with (
            opened(application, answering=answering) as service,
            served(WebChannel(service).routes) as running,
        ):
            yield running
        answering.submit(application.close).result()


async def test_the_page_shows_what_the_assistant_says(
    address: str, bundled_home: Path, tmp_path: Path
) -> None:
    core = Application.open(shutil.copytree(bundled_home, tmp_path / "core"))
    async with playwright.async_playwright() as started:
        browser = await started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for conversation in conversations():
            page = await browser.new_page(reduced_motion="reduce")
            await page.goto(address)
            replies = page.locator(".reply")
            await replies.first.wait_for()
            user = f"core:{conversation.name}"
            core.reply(Message(user, "/start", date.today()))

            async def say(words: str, page=page, replies=replies) -> str:  # type: ignore[no-untyped-def]
                before = await replies.count()
                await page.fill("#question", words)
                await page.press("#question", "Enter")
                await replies.nth(before).wait_for()
                return str(await replies.nth(before).inner_text())

            await play(
                conversation,
                say,
                lambda words, user=user: core.reply(Message(user, words, date.today())),
            )
            await page.close()
        await browser.close()
    core.close()

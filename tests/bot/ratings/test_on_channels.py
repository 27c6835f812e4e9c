"""From a printed card and from an invitation to a stored rating, on every channel as it runs."""

from __future__ import annotations

import asyncio
import io
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import zxingcpp
from PIL import Image

from bot.application import Application
from bot.channels.channel import Channel
from bot.channels.telegram import TelegramChannel
from bot.channels.terminal import TerminalChannel
from bot.channels.web.channel import WebChannel
from bot.ratings.cards import draw_card, links_of
from bot.ratings.code import PREFIX, SHORT_PREFIX
from bot.ratings.post import RatingPost
from bot.service import Service
from knowledge.store import FILE
from tests.bot.channels.telegram.people import Person
from tests.bot.channels.telegram.server import TOKEN, BotApi
from tests.bot.channels.web.stand_in import opened, served
from tests.bot.channels.zalo.talking import Talking, talking_to_the_account, talking_to_the_bot
from tests.bot.ratings.conftest import CONFIG

AT_ONCE = """
[invitations]
delay_minutes = 0
quiet_from = 24
quiet_until = 0
"""
PRAISE, BLAME, REASON = "4. Hài lòng", "2. Không hài lòng", "3. Thái độ phục vụ"


@dataclass(frozen=True)
class Card:
    """What an independent reader and a person read off a printed card.

    Attributes:
        links: where the codes lead, by host.
        typed: what stands there to be typed.
    """

    links: dict[str, str]
    typed: str

    def start(self, host: str) -> str:
        """Return the parameter that the link to a host carries."""
        (parameter,) = parse_qs(urlsplit(self.links[host]).query)["start"]
        return parameter


@pytest.fixture
def office_home(bundled_home: Path, home: Path) -> Path:
    """Return a home with two offices that invites at once, at any hour."""
    shutil.copytree(bundled_home, home, dirs_exist_ok=True)
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / "ratings.toml").write_text(CONFIG + AT_ONCE, encoding="utf-8")
    return home


def printed(application: Application) -> Card:
    """Return what is read off a card for the land register of the first office."""
    desk = application.ratings
    code = desk.codes.make("mot", "dat", timedelta(days=365))
    subject = desk.catalogue.subject("mot", "dat")
    assert subject is not None
    short = f"{SHORT_PREFIX} {desk.codes.short(code)}"
    marked = links_of(desk.settings.links, desk.texts, f"{PREFIX}{desk.codes.long(code)}", short)
    picture = Image.open(io.BytesIO(draw_card(subject, marked, short, desk.texts, "a6", "png")))
    read = [found.text for found in zxingcpp.read_barcodes(picture)]
    return Card({urlsplit(link).netloc: link for link in read}, short)


def stored(home: Path) -> list[tuple[str, int, str | None]]:
    """Return the ratings: channel, level, reason."""
    with closing(sqlite3.connect(home / FILE)) as db:
        return db.execute(
            "SELECT r.channel, score, value FROM ratings r"
            " LEFT JOIN rating_answers a ON a.rating = r.id ORDER BY score"
        ).fetchall()


async def until(met: Callable[[], bool]) -> None:
    for _ in range(6000):
        if met():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("waited in vain")


@asynccontextmanager
async def invited(service: Service, channel: Channel, user: str) -> AsyncIterator[None]:
    """Let the one-stop software end a case of a person, and what is due be sent."""

    def done() -> None:
        desk = service.application.ratings
        subject = desk.catalogue.subject("mot", "dat")
        assert subject is not None
        desk.invitations.schedule(user, subject, desk.sessions.case(user), desk.clock())

    await service.with_application(done)
    post = RatingPost(service, [channel], every=0.02)
    await post.start()
    yield
    await post.stop()


async def test_telegram(office_home: Path) -> None:
    api = BotApi()
    await api.start()
    channels = f'[telegram]\napi_url = "{api.url}"\n'
    (office_home / "config" / "channels.toml").write_text(channels, encoding="utf-8")
    service = await Service.open(office_home)
    channel = TelegramChannel(service, TOKEN)
    await channel.start()
    card = await service.with_application(printed, service.application)

    scanning, asked = Person(api, 7_000_001), Person(api, 7_000_002)
    await scanning.says(f"/start {card.start('t.me')}")
    question = await api.said(1, 30)
    assert "Trung tâm phường Một" in question.text
    await scanning.presses(question, PRAISE)
    await until(lambda: stored(office_home) == [("telegram", 4, None)])

    async with invited(service, channel, f"telegram:{asked.id}"):
        await api.until(lambda: api.sent[-1].chat == asked.id, 30)
        invitation = api.sent[-1]
        assert "Bạn vừa có kết quả" in invitation.text
        await asked.presses(invitation, BLAME)  # one tap: stored
        await until(lambda: ("telegram", 2, None) in stored(office_home))
        await api.until(lambda: REASON in str(invitation.buttons), 30)
        await asked.presses(invitation, REASON)  # two taps: with the reason
        await until(lambda: ("telegram", 2, "thai-do") in stored(office_home))
    await channel.stop()
    await service.close()
    await api.stop()
    assert api.wrong == []


Zalo = Callable[[Path], AbstractAsyncContextManager[Talking]]


@pytest.mark.parametrize("talking", [talking_to_the_bot, talking_to_the_account])
async def test_zalo(talking: Zalo, office_home: Path) -> None:
    async with talking(office_home) as zalo:
        name = zalo.channel.name
        card = await zalo.service.with_application(printed, zalo.service.application)
        assert card.links["zalo.me"] == "https://zalo.me/123", "it leads to the office's account"
        question = await zalo.say("186729", card.typed)
        assert PRAISE in question
        await zalo.say("186729", "4")
        assert stored(office_home) == [(name, 4, None)]

        await zalo.say("186730", "/start")  # only who has written can be written to
        async with invited(zalo.service, zalo.channel, f"{name}:186730"):
            await until(lambda: "Bạn vừa có kết quả" in str(zalo.sent()))
            await zalo.say("186730", "2")
            assert (name, 2, None) in stored(office_home)
            await zalo.say("186730", "3")
            assert (name, 2, "thai-do") in stored(office_home)


async def test_the_page(office_home: Path) -> None:
    playwright = pytest.importorskip("playwright.async_api", reason="playwright is not installed")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("Chromium is not installed")
    with ThreadPoolExecutor(1) as answering:
        application = answering.submit(Application.open, office_home).result()
        card = answering.submit(printed, application).result()
        with (
            opened(application, answering=answering) as service,
            served(WebChannel(service).routes) as address,
        ):
            async with playwright.async_playwright() as started:
                browser = await started.chromium.launch(
                    executable_path=chromium, args=["--no-sandbox"]
                )
                page = await browser.new_page(reduced_motion="reduce")
                await page.goto(f"{address}/?start={card.start('mau.vn')}")
                await press(page, BLAME)
                await until(lambda: stored(office_home) == [("web", 2, None)])
                await press(page, REASON)
                await until(lambda: stored(office_home) == [("web", 2, "thai-do")])
                await browser.close()
        answering.submit(application.close).result()


async def press(page, label: str) -> None:  # type: ignore[no-untyped-def]
    """Press the button of this label."""
    await page.locator("button", has_text=label).first.click()


def test_the_terminal(
    office_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    application = Application.open(office_home)
    card = printed(application)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{card.typed}\n2\n3\n"))
    TerminalChannel(application.reply, application.texts, office_home).run(date(2026, 5, 4))
    assert "Đã ghi: Không hài lòng; Thái độ phục vụ" in capsys.readouterr().out
    application.close()
    assert stored(office_home) == [("terminal", 2, "thai-do")]

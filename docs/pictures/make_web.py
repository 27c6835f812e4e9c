"""Draw `web-*.png`, the web page with the real assistant: `python docs/pictures/make_web.py`.

The questions are asked of a fresh home that holds the bundled pages only, so the pictures show
what a new user gets. Needs the extra `test` and, of Debian, chromium, fonts-roboto-unhinted and
fonts-noto-color-emoji: letters as phones have them.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright
from sqlite_utils import Database
from starlette.applications import Starlette

from bot.application import Application
from bot.channels.web.channel import WebChannel
from bot.inbox import Inbox
from bot.service import Service

FOLDER = Path(__file__).parent
CHROMIUM = "/usr/bin/chromium"
PHONE, DESK = (390, 844), (1280, 800)
PATIENCE = 180_000  # milliseconds; the first reply of a fresh home takes its time


@contextmanager
def running() -> Iterator[str]:
    """Serve the page over a fresh home; give its address."""
    with TemporaryDirectory() as home, ThreadPoolExecutor(1) as answering:
        application = answering.submit(Application.open, Path(home)).result()
        db = Database(memory=True)
        with ThreadPoolExecutor(1) as storing:
            service = Service(application, Inbox(db), answering, storing)
            with served(service) as address:
                yield address
        db.close()
        answering.submit(application.close).result()


@contextmanager
def served(service: Service) -> Iterator[str]:
    app = Starlette(routes=list(WebChannel(service).routes))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/"
    finally:
        server.should_exit = True
        thread.join()


def _page(browser: Browser, address: str, size: tuple[int, int], **looks: Any) -> Page:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        device_scale_factor=2,
        locale="vi-VN",
        reduced_motion="reduce",
        **looks,
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    page.wait_for_selector(".reply")
    return page


def _ask(page: Page, question: str) -> None:
    replies = page.locator(".reply").count()
    page.fill("#question", question)
    page.press("#question", "Enter")
    page.locator(".reply").nth(replies).wait_for()


def _shoot(page: Page, name: str) -> None:
    page.screenshot(path=FOLDER / f"web-{name}.png")
    page.context.close()


def draw(browser: Browser, address: str) -> None:
    """Take the pictures, one conversation each."""
    start = _page(browser, address, PHONE)
    _shoot(start, "start")

    phone = _page(browser, address, PHONE)
    _ask(phone, "ke hoach cchc cua vinh long con hieu luc ko")
    _shoot(phone, "phone")

    dark = _page(browser, address, PHONE, color_scheme="dark")
    _ask(dark, "Nghị định 118/2025 thay nghị định nào?")
    _shoot(dark, "dark")

    choices = _page(browser, address, PHONE)
    _ask(choices, "Thanh Hóa đặt mục tiêu PAR Index năm 2025 thế nào?")
    _shoot(choices, "choices")

    large = _page(browser, address, PHONE)
    large.click("#menu-button")
    large.click("#large")
    _ask(large, "SIPAS là gì?")
    _shoot(large, "large")

    desk = _page(browser, address, DESK)
    _ask(desk, "Năm 2023 Quảng Nam đặt mục tiêu PCI hạng mấy?")
    _ask(desk, "còn PAPI thì sao?")
    _shoot(desk, "desk")


def main() -> None:
    """Write the pictures."""
    if not Path(CHROMIUM).exists():
        sys.exit(f"Cần Chromium ở {CHROMIUM}: apt-get install chromium")
    with running() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        draw(browser, address)
        browser.close()


if __name__ == "__main__":
    main()

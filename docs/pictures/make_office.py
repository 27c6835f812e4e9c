"""Draw `office-*.png`, the pages for officials: `python docs/pictures/make_office.py [FOLDER]`.

The home is fresh: the bundled pages, made-up ratings (`bot.measuring.ratings.generate`) and a few
made-up questions. Needs what `make_web.py` needs.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from make_web import CHROMIUM, FOLDER, served
from playwright.sync_api import Browser, Page, sync_playwright
from sqlite_utils import Database

from bot.application import Application
from bot.desk.queue import Kind
from bot.inbox import Inbox
from bot.measuring.ratings.generate import generate
from bot.roles import Role
from bot.service import Service

PHONE, DESK = (360, 640), (1280, 800)
PASSWORD = "ba con vịt bơi ngang"
QUESTIONS = (
    ("Trung tâm phục vụ hành chính công có làm việc sáng thứ bảy không?", Kind.SENT, 4),
    ("Mất giấy hẹn trả kết quả thì nhận hồ sơ thế nào?", Kind.WRONG, 2),
    ("Phường mới sáp nhập thì nộp hồ sơ ở trụ sở nào?", Kind.UNANSWERED, 1),
)
SHOWN = (
    ("", "start", PHONE, "light"),
    ("hang-cho", "queue", PHONE, "dark"),
    ("bao-cao", "report", DESK, "light"),
    ("thu-tim", "search", DESK, "dark"),
)


def fill(application: Application) -> str:
    """Put in what there is to see; return a code for an administrator."""
    desk = application.desk
    for question, kind, people in QUESTIONS:
        for person in range(people):
            desk.queue.put(f"telegram:{kind}-{person}", question, kind, kind is Kind.SENT)
    desk.queue.sort(desk.sorter(application.tools().understanding))
    end = application.reports.today()
    generate(application.ratings, 20_000, end - timedelta(days=29), 30)
    return desk.roles.grant(Role.ADMINISTRATOR, "Nguyễn Thị An")


@contextmanager
def running() -> Iterator[tuple[str, str]]:
    """Serve the pages over a fresh home; give their address and a code."""
    with TemporaryDirectory() as home, ThreadPoolExecutor(1) as answering:
        application = answering.submit(Application.open, Path(home)).result()
        code = answering.submit(fill, application).result()
        db = Database(memory=True)
        with ThreadPoolExecutor(1) as storing:
            service = Service(application, Inbox(db), answering, storing)
            service.running = ("telegram", "web")
            with served(service) as address:
                yield f"{address}can-bo/", code
        db.close()
        answering.submit(application.close).result()


def enter(page: Page, address: str, code: str) -> None:
    """Open an account."""
    page.goto(f"{address}ma")
    for name, said in (("code", code), ("name", "an.nguyen")):
        page.fill(f"#{name}", said)
    for name in ("password", "again"):
        page.fill(f"#{name}", PASSWORD)
    page.click("main button")
    page.wait_for_selector("#state")


def _pages(browser: Browser, address: str, code: str, folder: Path) -> None:
    context = browser.new_context(locale="vi-VN", reduced_motion="reduce")
    page = context.new_page()
    enter(page, address, code)
    for path, name, size, scheme in SHOWN:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.goto(address + path)
        if name == "search":
            page.fill("#cau", "Năm 2023 Quảng Nam đặt mục tiêu PCI hạng mấy?")
            page.click("main button.strong")
        page.screenshot(path=folder / f"office-{name}.png")
    context.close()


def main(folder: Path) -> None:
    """Write the pictures into a folder."""
    with running() as (address, code), sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        _pages(browser, address, code, folder)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)

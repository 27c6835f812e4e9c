"""The pages in a real browser, on a phone and on a desk, by day and by night, without script."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.channels.web.office.pages import all_pages
from bot.desk.queue import Kind
from bot.measuring.ratings.generate import generate
from bot.roles import Role
from tests.bot.channels.web.axe import axe_problems
from tests.bot.channels.web.office.site import PASSWORD, Site

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytest.importorskip("axe_playwright_python", reason="axe-core is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
if CHROMIUM is None:
    pytest.skip("Chromium is not installed", allow_module_level=True)

expect = playwright.expect
PHONE, DESK = {"width": 360, "height": 640}, {"width": 1280, "height": 800}
TARGET = 24  # pixels at least, WCAG 2.2 AA


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module", autouse=True)
def filled(office: Site) -> None:
    """Have something to see on every page."""
    end = office.run(lambda one: one.reports.today())
    office.run(lambda one: generate(one.ratings, 300, end - timedelta(days=9), 10))
    put = {"telegram:1": "trung tâm mở cửa buổi tối không", "telegram:2": "phí gửi xe bao nhiêu"}
    for user, question in put.items():
        office.run(lambda one, u=user, q=question: one.desk.queue.put(u, q, Kind.SENT, True))
    office.run(lambda one: one.desk.notices.subscribe("telegram:1"))
    office.run(lambda one: one.desk.notices.send("Trung tâm nghỉ lễ.", None, "Lê An"))
    office.run(lambda one: one.desk.roles.grant(Role.KEEPER, "Trần Bình"))
    document = office.run(lambda one: one.entries()[0].id)
    office.run(lambda one: one.desk.curated.keep("giờ mở cửa", "7 giờ 30.", "Lê An", document))


def entered(office: Site, browser: Any, role: Role, **looks: Any) -> Any:
    """Return a page of somebody who has opened an account with their own hands."""
    looks = {"locale": "vi-VN", "reduced_motion": "reduce", **looks}
    page = browser.new_context(**looks).new_page()
    page.set_default_timeout(15_000)
    page.goto(f"{office.address}/can-bo")
    page.get_by_role("link", name="mở tài khoản").click()
    page.fill("#code", office.code(role, "Lê Thị An"))
    page.fill("#name", f"an.{role}.{looks['viewport']['width']}")
    page.fill("#password", PASSWORD)
    page.fill("#again", PASSWORD)
    page.get_by_role("button", name="Mở tài khoản").click()
    expect(page.get_by_role("heading", name="Tổng quan")).to_be_visible()
    return page


SMALL = """least => [...document.querySelectorAll("main button, main input, main select, nav a")]
  .filter(one => one.checkVisibility() && one.type !== "hidden")
  .filter(one => Math.min(one.offsetWidth, one.offsetHeight) < least)
  .map(one => one.outerHTML.slice(0, 99))"""


def fits(page: Any) -> list[str]:
    """Return what sticks out of the window, and what is too small for a finger."""
    width = page.viewport_size["width"]
    wide = page.evaluate("document.documentElement.scrollWidth") > width
    return [f"{page.url} is wider than {width}"] * wide + page.evaluate(SMALL, TARGET)


@pytest.mark.parametrize(
    ("size", "scheme"),
    [
        pytest.param(PHONE, "light", id="phone"),
        pytest.param(DESK, "dark", id="desk", marks=pytest.mark.slow),
    ],
)
def test_every_page_can_be_used(
    office: Site, browser: Any, size: dict[str, int], scheme: str
) -> None:
    page = entered(office, browser, Role.ADMINISTRATOR, viewport=size, color_scheme=scheme)
    faults: list[str] = []
    for one in all_pages():
        if one.menu:
            page.goto(f"{office.address}/can-bo/{one.path}")
            for summary in page.locator("main summary").all():
                summary.click()
            faults += axe_problems(page) + fits(page)
    page.goto(f"{office.address}/can-bo/thu-tim")
    page.fill("#cau", "SIPAS là gì?")
    page.get_by_role("button", name="Tìm", exact=True).click()
    expect(page.locator("main mark").first).to_be_visible()
    faults += axe_problems(page) + fits(page)
    page.context.clear_cookies()
    for path in ("dang-nhap", "ma", "dat-lai"):
        page.goto(f"{office.address}/can-bo/{path}")
        faults += axe_problems(page) + fits(page)
    page.context.close()
    assert not faults


@pytest.mark.parametrize(
    ("size", "scheme"),
    [
        pytest.param(PHONE, "dark", id="phone"),
        pytest.param(DESK, "light", id="desk", marks=pytest.mark.slow),
    ],
)
def test_a_question_is_answered_and_a_report_read(
    office: Site, browser: Any, size: dict[str, int], scheme: str
) -> None:
    page = entered(office, browser, Role.OFFICIAL, viewport=size, color_scheme=scheme)
    if size is PHONE:
        page.locator("nav summary:visible").click()
    page.locator("nav a:visible", has_text="Hàng chờ").click()
    page.locator("main button").first.click()
    page.fill("#text", "Chỉ mở cửa trong giờ hành chính.")
    page.fill("#basis", "PAR Index")
    faults = axe_problems(page) + fits(page)
    page.get_by_role("button", name="Xem trước").click()
    expect(page.locator(".said")).to_contain_text("Lê Thị An")
    faults += axe_problems(page) + fits(page)
    page.get_by_role("button", name="Gửi", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Đã gửi cho 1 người hỏi")
    page.goto(f"{office.address}/can-bo/bao-cao")
    page.select_option("#unit", "week")
    page.get_by_role("button", name="Xem báo cáo").click()
    expect(page.get_by_role("group", name="Theo tuần")).to_be_visible()
    assert page.locator(".rating-report img").first.evaluate("one => one.naturalWidth") > 600
    faults += axe_problems(page) + fits(page)
    with page.expect_download() as loading:
        page.get_by_role("link", name="Tải Excel").click()
    assert loading.value.suggested_filename.endswith(".xlsx")
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    page.context.close()
    assert not faults


def test_everything_works_without_script(office: Site, browser: Any) -> None:
    page = entered(
        office,
        browser,
        Role.KEEPER,
        viewport={"width": 390, "height": 800},
        java_script_enabled=False,
    )
    page.goto(f"{office.address}/can-bo/thu-tim")
    page.fill("#cau", "SIPAS là gì?")
    page.keyboard.press("Enter")
    expect(page.locator("main mark").first).to_be_visible()
    page.context.close()

"""Getting in: by code, by password, from a page of ours only, not too often."""

from __future__ import annotations

import sqlite3

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.web.office.page import Page
from bot.channels.web.office.pages import all_pages
from bot.roles import Role
from knowledge.store import BUSY_MS, FILE
from tests.bot.channels.web.office.site import PASSWORD, Browser, Site, path_of

CLOSED = "tên đăng nhập hoặc mật khẩu chưa đúng"


def cookies(client: httpx.Client) -> dict[str, str]:
    return {cookie.name: cookie.value or "" for cookie in client.cookies.jar}


def test_a_code_opens_one_account_and_the_password_gets_in_again(office: Site) -> None:
    code = office.code(Role.OFFICIAL)
    browser = office.browser()
    fields = {"called": "Trần Văn Bình", "password": PASSWORD, "again": PASSWORD}
    page = browser.fill("ma", code=code, name="Binh.Tran", **fields)
    assert browser.status == 200
    assert "Tổng quan" in page
    assert "Trần Văn Bình" in page
    other = office.browser()
    assert "đã dùng" in other.fill("ma", code=code, name="nguoi.khac", **fields)
    assert other.status == 403
    assert "Tổng quan" in other.log_in("binh.tran ")
    assert other.status == 200


def test_nobody_gets_an_account_without_a_code(office: Site) -> None:
    browser = office.browser()
    fields = {"called": "Kẻ lạ", "password": PASSWORD, "again": PASSWORD, "name": "ke.la"}
    for code in ("", "bcdf-ghjk-mnpq-rstv-wxyz", "quản trị"):
        browser.fill("ma", code=code, **fields)
        assert browser.status == 403
    browser.log_in("ke.la")
    assert browser.status == 403


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("xq7!ko", "ít nhất 12 ký tự"),
        ("matkhau123456", "dễ đoán"),
        ("aaaaaaaaaaaaaaaa", "dễ đoán"),
        ("thu.mat.khau1", "dễ đoán"),
        ("x9" * 100, "dài quá"),
    ],
)
def test_a_weak_password_is_refused_and_the_code_still_holds(
    office: Site, password: str, reason: str
) -> None:
    code, browser = office.code(Role.KEEPER, "Người Thử"), office.browser()
    page = browser.fill("ma", code=code, name="thu.mat.khau", password=password, again=password)
    assert browser.status == 422
    assert reason in page
    assert password not in page
    assert office.run(lambda one: one.desk.roles.opens(code))


def test_a_name_that_is_taken_leaves_the_code_good(office: Site) -> None:
    _, account = office.hire(Role.OFFICIAL)
    code, browser = office.code(Role.OFFICIAL, "Người Sau"), office.browser()
    fields = {"password": PASSWORD, "again": PASSWORD}
    browser.fill("ma", code=code, name=account, **fields)
    assert browser.status == 409
    browser.fill("ma", code=code, name="ten.con.trong", **fields)
    assert browser.status == 200


def test_login_says_the_same_of_a_wrong_password_and_an_unknown_name(office: Site) -> None:
    _, account = office.hire(Role.OFFICIAL)
    pages = []
    for name in (account, "khong.co"):
        browser = office.browser()
        pages.append(browser.log_in(name, "không phải mật khẩu").replace(name, ""))
        assert browser.status == 403
    tokens = [page.split('name="token" value="')[1][:32] for page in pages]
    assert pages[0].replace(tokens[0], "") == pages[1].replace(tokens[1], "")
    assert CLOSED in pages[0].lower()


def test_every_page_without_a_session_leads_to_the_login(office: Site) -> None:
    browser = office.browser()
    for page in all_pages():
        path = path_of(page)
        answer = browser.client.get(path)
        assert answer.status_code == 303, path
        assert answer.headers["location"].endswith("dang-nhap")
        answer = browser.client.post(path, data={}, headers={"Origin": office.address})
        assert answer.status_code == 303, path


def test_cookies_are_strict_and_the_session_begins_anew_at_login(office: Site) -> None:
    _, account = office.hire(Role.OFFICIAL)
    browser = office.browser()
    browser.open("dang-nhap")
    planted = "a" * 43
    browser.client.cookies.set("cchc-can-bo", planted, path="/can-bo")
    data = {"token": browser.token(), "name": account, "password": PASSWORD}
    answer = browser.client.post("dang-nhap", data=data, headers={"Origin": office.address})
    session = next(
        said for said in answer.headers.get_list("set-cookie") if said.startswith("cchc-can-bo=")
    )
    assert planted not in session
    for part in ("HttpOnly", "SameSite=strict"):
        assert part.lower() in session.lower()
    assert "max-age" not in session.lower()  # until the browser is closed
    assert "path" not in session.lower()  # the folder of the pages, wherever that is


def test_a_session_is_kept_as_a_hash_and_ends_at_logout(office: Site) -> None:
    browser, _ = office.hire(Role.OFFICIAL)
    secret = cookies(browser.client)["cchc-can-bo"]
    rows = office.run(lambda one: list(one.store.db["account_sessions"].rows))
    assert secret not in str(rows)
    browser.open()
    browser.send("dang-xuat")
    browser.client.cookies.set("cchc-can-bo", secret, path="/can-bo")
    assert "Đăng nhập" in browser.open("tai-khoan")


@pytest.mark.parametrize("column", ["seen_at", "begun_at"])
def test_a_session_ends_by_itself(office: Site, column: str) -> None:
    browser, account = office.hire(Role.OFFICIAL)
    assert "Tổng quan" in browser.open()

    def age(minutes: int) -> None:
        office.run(
            lambda one: one.store.db.execute(
                f"UPDATE account_sessions SET {column} = strftime('%Y-%m-%dT%H:%M:%S.000+00:00',"
                " 'now', ?) WHERE account = ?",
                [f"-{minutes} minutes", account],
            )
        )

    limit = {"seen_at": 30, "begun_at": 12 * 60}[column]
    age(limit - 1)
    assert "Tổng quan" in browser.open()
    age(limit + 1)
    assert "Mật khẩu" in browser.open()


def test_a_withdrawn_role_ends_at_once(office: Site) -> None:
    browser, account = office.hire(Role.OFFICIAL)
    office.withdraw(account)
    assert "Mật khẩu" in browser.open()  # the session went with the role
    page = browser.log_in(account)
    assert browser.status == 403
    assert "không có vai trò nào" in page


def test_what_was_typed_is_given_back_when_the_session_is_over(office: Site) -> None:
    browser, account = office.hire(Role.OFFICIAL)
    browser.open("hang-cho")
    office.run(lambda one: one.accounts.sessions.end_all(account))
    text = "Một câu trả lời dài <b>đã soạn</b> rất lâu."
    browser.send("hang-cho/1", step="look", text=text)
    assert browser.status == 403
    assert text in browser.page
    browser.log_in(account)
    data = {"token": "0" * 32, "step": "look", "text": text}
    answer = browser.client.post("hang-cho/1", data=data, headers={"Origin": office.address})
    assert answer.status_code == 403
    assert "đã soạn" in answer.text
    assert "<b>" not in answer.text


FOREIGN = [
    {},
    {"Origin": "https://ke-xau.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:1"},
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_form_from_elsewhere_is_refused(office: Site, headers: dict[str, str]) -> None:
    browser, _ = office.hire(Role.OFFICIAL)
    browser.open("tai-khoan")
    data = {"token": browser.token()}
    assert browser.client.post("dang-xuat", data=data, headers=headers).status_code == 403
    assert "Tổng quan" in browser.open()
    stranger = office.browser()
    stranger.open("dang-nhap")
    data = {"token": stranger.token(), "name": "a", "password": "b"}
    assert stranger.client.post("dang-nhap", data=data, headers=headers).status_code == 403


def test_a_form_needs_the_token_of_its_own_session(office: Site) -> None:
    browser, _ = office.hire(Role.OFFICIAL)
    other, _ = office.hire(Role.OFFICIAL)
    other.open()
    headers = {"Origin": office.address}
    for token in ("", "0" * 32, other.token()):
        answer = browser.client.post("dang-xuat", data={"token": token}, headers=headers)
        assert answer.status_code == 403
    assert browser.client.post("dang-xuat", headers=headers).status_code == 403
    assert "Tổng quan" in browser.open()
    stranger = office.browser()
    data = {"token": other.token(), "name": "a", "password": "b"}
    assert stranger.client.post("dang-nhap", data=data, headers=headers).status_code == 403


def test_guessing_is_slowed_down_but_the_owner_gets_in(office: Site) -> None:
    owner, account = office.hire(Role.OFFICIAL)
    stranger = office.browser()
    for _ in range(6):
        stranger.log_in(account, "đoán xem mật khẩu")
    assert stranger.status == 429
    assert "chờ 1 phút" in stranger.page
    stranger.log_in(account)  # not even the right one is looked at now
    assert stranger.status == 429
    owner.open()
    owner.send("dang-xuat")
    assert "Tổng quan" in owner.log_in(account)  # a browser that got in before
    office.run(lambda one: one.store.db.execute("DELETE FROM account_tries"))


def test_a_changed_password_ends_the_other_sessions(office: Site) -> None:
    browser, account = office.hire(Role.OFFICIAL)
    elsewhere = office.browser()
    elsewhere.log_in(account)
    new = "bốn con mèo ngủ trưa"
    page = browser.fill("tai-khoan", old="sai hoàn toàn nhé", password=new, again=new)
    assert browser.status == 403
    page = browser.fill("tai-khoan", old=PASSWORD, password=new, again=new)
    assert "Đã đổi mật khẩu" in page
    assert "Đã đổi mật khẩu" not in browser.open("tai-khoan")
    assert "Mật khẩu" in elsewhere.open()
    elsewhere.log_in(account)
    assert elsewhere.status == 403
    assert "Tổng quan" in elsewhere.log_in(account, new)


def test_a_reset_needs_its_code_and_ends_everything_before(office: Site) -> None:
    browser, account = office.hire(Role.OFFICIAL)
    code = office.run(lambda one: one.accounts.resets.begin(account))
    assert "Mật khẩu" in browser.open()
    browser.log_in(account)
    assert browser.status == 403
    new = "năm chú gà đi chợ"
    fields = {"name": account, "password": new, "again": new}
    browser.fill("dat-lai", code="bcdf-ghjk-mnpq-rstv-wxyz", **fields)
    assert browser.status == 403
    assert "Tổng quan" in browser.fill("dat-lai", code=code, **fields)
    browser.fill("dat-lai", code=code, **fields)
    assert browser.status == 403


def test_a_further_role_is_taken_by_a_code(office: Site) -> None:
    browser, _ = office.hire(Role.OFFICIAL)
    before = cookies(browser.client)["cchc-can-bo"]
    page = browser.fill("tai-khoan", code=office.code(Role.KEEPER))
    assert "người giữ kho văn bản" in page
    assert cookies(browser.client)["cchc-can-bo"] != before


def test_codes_are_not_guessed_from_one_place_by_many_accounts(office: Site) -> None:
    browser, _ = office.hire(Role.OFFICIAL)
    code, stranger = office.code(Role.KEEPER), office.browser()
    fields = {"called": "Kẻ lạ", "password": PASSWORD, "again": PASSWORD, "name": "ke.la"}
    while stranger.status != 429:
        stranger.fill("ma", code="bcdf-ghjk-mnpq-rstv-wxyz", **fields)
    browser.fill("tai-khoan", code=code)
    assert browser.status == 429
    assert office.run(lambda one: one.desk.roles.opens(code))  # it was not even looked at
    office.run(lambda one: one.store.db["account_tries"].delete_where())  # the others go on


def test_the_headers_of_every_page_are_strict(office: Site) -> None:
    browser, _ = office.hire(Role.ADMINISTRATOR)
    for path in ("", "tai-khoan"):
        headers = browser.client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy  # falls back to none
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "same-origin"
    assert "<script" not in browser.page


def test_trouble_with_the_store_is_one_sentence_and_nothing_is_lost(office: Site) -> None:
    browser, account = office.hire(Role.ADMINISTRATOR)
    browser.open("vai-tro")
    other = sqlite3.connect(office.application.home / FILE, isolation_level=None)
    office.run(lambda one: one.store.db.execute("PRAGMA busy_timeout = 10"))
    other.execute("BEGIN IMMEDIATE")
    try:
        browser.send("vai-tro", step="remove", account=account)
        assert browser.status == 500
        assert "chưa làm được" in browser.page
        assert "sqlite" not in browser.page.lower()
        stranger = office.browser()
        stranger.log_in(account)
        assert stranger.status == 500
    finally:
        other.execute("ROLLBACK")
        other.close()
        office.run(lambda one: one.store.db.execute(f"PRAGMA busy_timeout = {BUSY_MS}"))
    assert "Tổng quan" in browser.open()


@pytest.fixture(scope="module")
def clumsy(office: Site) -> Browser:
    """Return the browser of an administrator with a form open."""
    browser, _ = office.hire(Role.ADMINISTRATOR)
    browser.open("tai-khoan")
    return browser


@given(
    page=st.sampled_from([page for page in all_pages() if page.act and page.path != "dang-xuat"]),
    step=st.text(max_size=10) | st.sampled_from(["take", "look", "write", "back", "stop", "reset"]),
    names=st.lists(
        st.sampled_from(["text", "basis", "place", "notice", "holder", "answer", "change", "cau"]),
        max_size=4,
    ),
    value=st.text(max_size=60) | st.integers().map(str),
)
@settings(max_examples=40)
def test_no_form_breaks_a_page(
    clumsy: Browser, page: Page, step: str, names: list[str], value: str
) -> None:
    fields = {name: value.encode("utf-8", "ignore").decode() for name in names}
    said = step.encode("utf-8", "ignore").decode()
    data = {"token": clumsy.token(), "step": said, **fields}
    headers = {"Origin": clumsy.address}
    answer = clumsy.client.post(path_of(page), data=data, headers=headers)
    assert answer.status_code < 500


def test_an_address_that_is_none_says_so(office: Site) -> None:
    browser = office.browser()
    for path in ("khong-co", "hang-cho/", "hang-cho/1/2/3", "../can-bo/%2e%2e/%00"):
        assert "Không có trang này" in browser.open(path)
        assert browser.status == 404


def test_a_form_that_is_too_large_is_refused(office: Site) -> None:
    browser, _ = office.hire(Role.OFFICIAL)
    browser.open("tai-khoan")
    browser.send("tai-khoan", code="b" * 300_000)
    assert browser.status == 413

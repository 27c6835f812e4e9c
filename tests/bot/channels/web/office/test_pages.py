"""The pages behind the login: who may see which, and that they do what the chat does."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.audit import Action
from bot.channels.web.office.page import Page
from bot.channels.web.office.pages import all_pages
from bot.desk.queue import Kind
from bot.measuring.ratings.generate import generate
from bot.message import Message
from bot.pausing import Switch
from bot.ratings.reports.scope import Scope
from bot.roles import Role
from tests.bot.channels.web.office.site import Browser, Site, path_of

PAGES = [page for page in all_pages() if page.path != "dang-xuat"]
ROLES = (Role.OFFICIAL, Role.KEEPER, Role.ADMINISTRATOR)
QUESTION = "bao giờ trung tâm mở cửa buổi tối"


@pytest.fixture(scope="module")
def staff(office: Site) -> dict[Role, Browser]:
    """Return somebody of every role, logged in."""
    return {role: office.hire(role, f"Người {role}")[0] for role in ROLES}


@pytest.fixture
def official(staff: dict[Role, Browser]) -> Browser:
    return staff[Role.OFFICIAL]


@pytest.fixture
def administrator(staff: dict[Role, Browser]) -> Browser:
    return staff[Role.ADMINISTRATOR]


def asked(office: Site, question: str, *people: str) -> int:
    """Let people ask a question that waits; return its group."""

    def put(application: object) -> int:
        desk = office.application.desk
        for person in people:
            assert desk.queue.put(f"telegram:{person}", question, Kind.SENT, reachable=True)
        desk.queue.sort(desk.sorter(office.application.tools().understanding))
        groups, _ = desk.queue.groups(100)
        return next(group.id for group in groups if group.question == question)

    return office.run(put)


def letters(office: Site, *people: str) -> list[str]:
    return [
        text
        for person in people
        for text in office.run(lambda one, p=person: one.desk.letters.of(f"telegram:{p}"))
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
@pytest.mark.parametrize("role", ROLES)
def test_each_page_is_for_its_roles(staff: dict[Role, Browser], role: Role, page: Page) -> None:
    browser = staff[role]
    allowed = page.role in (None, role) or role is Role.ADMINISTRATOR
    said = browser.open(path_of(page))
    # What has a parameter may say that there is no such thing.
    fine = (200, 404) if "{" in page.path else (200,)
    assert browser.status in (fine if allowed else (403,))
    if not allowed:
        assert "dành cho vai trò khác" in said
        data = {"token": browser.token(), "step": "take"}
        answer = browser.client.post(path_of(page), data=data, headers={"Origin": browser.address})
        assert answer.status_code == 403


def test_the_menu_shows_what_one_may_see(staff: dict[Role, Browser]) -> None:
    menus = {
        role: set(re.findall(r'<li><a href="\./([\w-]*)"', staff[role].open())) for role in ROLES
    }
    assert "hang-cho" in menus[Role.OFFICIAL]
    assert "vai-tro" not in menus[Role.OFFICIAL]
    assert "thu-tim" in menus[Role.KEEPER]
    assert menus[Role.ADMINISTRATOR] >= menus[Role.OFFICIAL] | menus[Role.KEEPER]


def test_a_question_is_taken_answered_and_kept(office: Site, official: Browser) -> None:
    group = asked(office, QUESTION, "1", "2")
    assert QUESTION in official.open("hang-cho")
    assert "2 lượt hỏi" in official.page
    official.open(f"hang-cho/{group}")
    assert "không còn trong hàng chờ" in official.page  # seeing it does not take it
    official.send(f"hang-cho/{group}", step="take")
    assert "Câu trả lời" in official.page
    text = "Trung tâm mở cửa thứ ba đến 20 giờ.\nĐiện thoại: 0200 123 4567"
    official.send(f"hang-cho/{group}", step="look", text=text, basis="PAR Index")
    assert official.status == 200
    assert "Cán bộ Người official trả lời câu bạn hỏi" in official.page
    assert letters(office, "1") == []
    document = re.findall(r'name="document" value="([^"]+)"', official.page)[0]
    official.send(f"hang-cho/{group}", step="send", text=text, document=document)
    assert "Đã gửi cho 2 người hỏi" in official.page
    assert all(text in letter for letter in letters(office, "1", "2"))
    official.open("tra-loi-luu")
    assert text in official.page
    message = Message("web:citizen", QUESTION, date.today() + timedelta(days=1))
    assert "20 giờ" in office.run(lambda one: one.reply(message)).text
    number = re.findall(r'name="answer" value="(\d+)"', official.page)[0]
    official.send("tra-loi-luu", answer=number)
    assert "Đã rút câu trả lời" in official.page
    assert "20 giờ" not in office.run(lambda one: one.reply(message)).text
    official.open("hang-cho")
    assert "đã được rút rồi" in official.fill("tra-loi-luu", answer=number)


def test_an_answer_is_sent_once_and_only_by_who_holds_the_question(
    office: Site, official: Browser, administrator: Browser
) -> None:
    question = "trung tâm có giữ xe ô tô không"
    group = asked(office, question, "3")
    official.open("hang-cho")
    official.send(f"hang-cho/{group}", step="take")
    administrator.open("hang-cho")
    administrator.send(f"hang-cho/{group}", step="take")
    assert "Một cán bộ khác" in administrator.page
    administrator.send(f"hang-cho/{group}", step="send", text="Có giữ xe.")
    assert "chưa gửi cho ai" in administrator.page
    official.send(f"hang-cho/{group}", step="look", text="  \u200b ")
    assert "đang trống" in official.page
    official.send(f"hang-cho/{group}", step="look", text="Có.", basis="văn bản không hề có zzz")
    assert "Không thấy văn bản nào" in official.page
    for said in ("Đã gửi cho 1 người hỏi", "chưa gửi cho ai"):
        official.open("hang-cho")
        official.send(f"hang-cho/{group}", step="send", text="Có giữ xe.")
        assert said in official.page
    assert len(letters(office, "3")) == 1


def test_a_question_goes_back_or_is_dropped(office: Site, official: Browser) -> None:
    group = asked(office, "bãi đỗ xe đạp ở đâu trong sân", "4")
    official.open("hang-cho")
    official.send(f"hang-cho/{group}", step="take")
    official.send(f"hang-cho/{group}", step="back")
    assert "Đã trả về hàng chờ" in official.page
    official.send(f"hang-cho/{group}", step="take")
    official.send(f"hang-cho/{group}", step="drop")
    assert "Đã bỏ câu này" in official.page
    assert letters(office, "4") == []
    (change, *_) = office.run(lambda one: one.desk.audit.changes(1))
    assert (change.action, change.actor) == (Action.QUESTION_DISMISSED, "Người official")


def test_what_people_write_never_becomes_markup(office: Site, official: Browser) -> None:
    evil = '<img src=x onerror="alert(1)"> giá bao nhiêu'
    asked(office, evil, "5")
    raw = official.client.get("hang-cho").text
    assert "<img src=x" not in raw
    assert "&lt;img src=x" in raw


def test_a_notice_is_previewed_sent_once_and_stopped(office: Site, administrator: Browser) -> None:
    for person in ("n1", "n2"):
        office.run(lambda one, p=person: one.desk.notices.subscribe(f"telegram:{p}"))
    text = "Trung tâm nghỉ lễ từ 30/4 đến 3/5."
    administrator.open("thong-bao")
    administrator.send("thong-bao", step="look", text=text, place="")
    assert "Sẽ gửi cho 2 người" in administrator.page
    administrator.send("thong-bao", step="send", text=f"{text} Khác", place="")
    assert "không còn, đã gửi rồi" in administrator.page  # not what was looked at
    administrator.fill("thong-bao", step="look", text=text, place="")
    administrator.send("thong-bao", step="send", text=text, place="")
    assert "Đang gửi cho 2 người" in administrator.page
    administrator.send("thong-bao", step="send", text=text, place="")
    assert "không còn, đã gửi rồi" in administrator.page
    (notice,) = office.run(lambda one: one.desk.notices.recent())
    assert notice.text.startswith(text)
    administrator.send("thong-bao", step="stop", notice=str(notice.id))
    assert "Đã dừng" in administrator.page


def test_codes_roles_and_accounts_are_managed(office: Site, administrator: Browser) -> None:
    administrator.open("vai-tro")
    administrator.send("vai-tro", step="grant", role="official", called="Phạm Mới")
    (code,) = re.findall(r'class="code">([\w-]+)<', administrator.page)
    fresh = office.browser()
    fresh.fill("ma", code=code, name="moi.pham", password="bốn cây cầu gỗ", again="bốn cây cầu gỗ")
    assert "Phạm Mới" in fresh.page
    assert code not in administrator.open("vai-tro")
    assert "moi.pham" in administrator.page
    holder = re.findall(
        r'Rút vai trò cán bộ trả lời của Phạm Mới".*?name="holder" value="(\d+)"',
        administrator.page,
        re.DOTALL,
    )[0]
    administrator.send("vai-tro", step="withdraw", holder=holder)
    assert "Đã rút vai trò" in administrator.page
    assert "Mật khẩu" in fresh.open("hang-cho")
    administrator.send("vai-tro", step="reset", account="moi.pham")
    assert len(re.findall(r'class="code">([\w-]+)<', administrator.page)) == 1
    administrator.open("vai-tro")
    administrator.send("vai-tro", step="remove", account="moi.pham")
    assert "Đã bỏ tài khoản" in administrator.page
    assert office.run(lambda one: one.accounts.password("moi.pham")) is None
    administrator.send("vai-tro", step="grant", role="citizen")
    assert administrator.status == 400
    administrator.open("vai-tro")
    administrator.send("vai-tro", step="withdraw", holder="99999")
    assert "Mục này không còn" in administrator.page


def test_the_audit_list_is_filtered(office: Site, administrator: Browser) -> None:
    office.run(lambda one: one.desk.audit.note(Action.DOCUMENT_REMOVED, "vb-1", "", "Bà Hai"))
    page = administrator.open("so-thay-doi?actor=Bà Hai")
    assert "vb-1" in page
    assert "vb-1" not in administrator.open("so-thay-doi?actor=cchc")
    assert "Bà Hai" in administrator.open("so-thay-doi?subject=vb-1&actor=Bà Hai")
    assert "Không có thay đổi" in administrator.open("so-thay-doi?subject=vb-2&actor=Bà Hai")
    assert "vb-1" not in administrator.open("so-thay-doi?action=role_taken")
    assert "vb-1" not in administrator.open("so-thay-doi?to=2020-01-01")
    assert "vb-1" in administrator.open("so-thay-doi?from=2020-01-01")
    administrator.open("so-thay-doi?from=hôm qua")
    assert administrator.status == 422
    for number in range(60):
        office.run(lambda one, n=number: one.desk.audit.note(Action.PAUSED, "", f"lần {n}"))
    page = administrator.open("so-thay-doi?action=paused")
    assert "lần 59" in page
    assert "lần 5<" not in page
    further = re.findall(r'href="\./(so-thay-doi\?[^"]*before=[^"]*)"', page)[0]
    assert "lần 5<" in administrator.open(further)


def test_answering_is_paused_and_resumed_for_everybody(
    office: Site, administrator: Browser
) -> None:
    switch = Switch(office.application.home, "câu thường")
    administrator.open("tam-ngung")
    administrator.send("tam-ngung", step="pause", notice="Đang bảo trì đến 17 giờ.")
    assert switch.notice() == "Đang bảo trì đến 17 giờ."
    assert "Đang bảo trì đến 17 giờ." in administrator.open()
    administrator.open("tam-ngung")
    administrator.send("tam-ngung", step="resume")
    assert switch.notice() is None
    actions = [one.action for one in office.run(lambda one: one.desk.audit.changes(2))]
    assert actions == [Action.RESUMED, Action.PAUSED]


def test_the_search_shows_candidates_and_leaves_no_trace(
    office: Site, staff: dict[Role, Browser]
) -> None:
    keeper = staff[Role.KEEPER]
    before = office.run(lambda one: one.desk.queue.waiting())
    keeper.open("thu-tim")
    page = keeper.send("thu-tim", cau="SIPAS là gì?")
    assert "Tin cậy" in page
    assert "<mark>" in page
    assert office.run(lambda one: one.desk.queue.waiting()) == before


def test_the_report_has_the_numbers_of_the_report(office: Site, official: Browser) -> None:
    end = office.run(lambda one: one.reports.today())
    start = end - timedelta(days=20)
    office.run(lambda one: generate(one.ratings, 400, start, 20))
    asked = f"from={start}&to={end}"
    report = office.run(lambda one: one.reports.report(Scope(start, end)))
    page = official.open(f"bao-cao?{asked}&unit=week")
    assert report.figures is not None
    share = f"{100 * report.figures.share:.1f}".rstrip("0").rstrip(".").replace(".", ",")
    assert share in page
    assert "Theo tuần" in page
    assert "data:image/png;base64," in page
    field = report.by_field[0].name
    assert f'value="{field}" selected' in official.open(f"bao-cao?{asked}&field={field}")
    for ending in ("xlsx", "csv", "docx"):
        answer = official.client.get(f"bao-cao/{ending}?{asked}&field={field}")
        assert answer.status_code == 200
        assert f".{ending}" in answer.headers["content-disposition"]
        if ending == "xlsx":
            book = load_workbook(io.BytesIO(answer.content))
            cells = {row[0].value: row[1].value for row in book.worksheets[0].iter_rows()}
            assert cells["Số phiếu"] == report.by_field[0].figures.answered
    for wrong in ("from=x", "from=2026-05-02&to=2026-05-01", "from=0001-01-01"):
        official.open(f"bao-cao?{wrong}")
        assert official.status == 422
    assert official.client.get("bao-cao/exe").status_code == 404


def test_targets_are_found_with_their_clause(official: Browser) -> None:
    page = official.open("chi-tieu?tim=Quảng Nam 2023 PCI")
    rows = page.split("<tbody>")[1].split("</tbody>")[0]
    assert "PCI" in rows
    assert "Quảng Nam" in rows
    assert "Không có chỉ tiêu" in official.open("chi-tieu?tim=phi thuyền sao hỏa")


def test_a_change_is_undone_by_who_may(
    office: Site, staff: dict[Role, Browser], administrator: Browser, tmp_path: Path
) -> None:
    page = tmp_path / "ke-hoach-cay-xanh.txt"
    page.write_text("Kế hoạch cây xanh\n\nPhường trồng 300 cây bàng.", encoding="utf-8")
    (added,) = office.run(lambda one: one.add([page])).added
    keeper = staff[Role.KEEPER]
    keeper.open("so-thay-doi?action=document_stored")
    number = re.findall(r'name="change" value="(\d+)"', keeper.page)[0]
    assert "Đã hoàn tác" in keeper.send("so-thay-doi", change=number)
    with pytest.raises(KeyError):
        office.run(lambda one: one.document(added.document))
    _, account = office.hire(Role.OFFICIAL)
    office.withdraw(account)
    (held,) = office.run(lambda one: one.desk.audit.changes(1))
    keeper.open("so-thay-doi")
    assert f'name="change" value="{held.id}"' not in keeper.page
    assert "chỉ quản trị" in keeper.send("so-thay-doi", change=str(held.id))
    assert not office.run(lambda one: one.desk.roles.of(f"account:{account}"))
    administrator.open("so-thay-doi")
    administrator.send("so-thay-doi", change="999999")
    assert "không có" in administrator.page.lower()

"""Documents on the pages for officials: sent, looked at, corrected, confirmed, changed, undone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import httpx
import pytest

from bot.message import Message, Status
from bot.roles import Role
from tests.bot.channels.web.office.site import Browser, Site
from tests.knowledge.readers.files import packed, pdf

ON = date(2026, 5, 4)
QUESTION = "trại ong Mật Vàng thu bao nhiêu tấn mật mỗi năm"
PAGE = (
    "KẾ HOẠCH\nTrại ong Mật Vàng của hợp tác xã\nSố: 12/KH-UBND\n"
    "Đến năm 2025, có ít nhất 80% số hộ tại tỉnh nuôi ong lấy mật.\n"
    "Trại ong Mật Vàng thu 7 tấn mật mỗi năm.\n"
)
NEWER = "KẾ HOẠCH\nTrại ong Mật Vàng đổi mới\nSố: 15/KH-UBND\nTrại ong thu 9 tấn mật mỗi năm.\n"


@pytest.fixture
def keeper(office: Site) -> Iterator[Browser]:
    browser, _ = office.hire(Role.KEEPER)
    yield browser
    for entry in office.run(lambda one: one.entries()):
        if not entry.bundled:
            office.run(lambda one, name=entry.id: one.changes.withdraw([name]))


def sends(browser: Browser, *files: tuple[str, bytes]) -> str:
    """Send files by the form and return the page that it leads to."""
    browser.open("nap")
    response: httpx.Response = browser.client.post(
        "nap",
        data={"token": browser.token()},
        files=[("file", file) for file in files],
        headers={"Origin": browser.address},
        follow_redirects=True,
    )
    return browser._seen(response)


def at(browser: Browser, name: str) -> str:
    """Return the path of the file of this name that waits."""
    browser.open("nap")
    found = re.search(rf'nap/(\d+)"><b>{re.escape(name)}', browser.page)
    assert found, browser.page
    return f"nap/{found[1]}"


def asked(office: Site) -> tuple[Status, str]:
    reply = office.run(lambda one: one.reply(Message("web:citizen", QUESTION, ON)))
    return reply.status, reply.text


def test_a_document_is_sent_looked_at_corrected_confirmed_and_withdrawn(
    office: Site, keeper: Browser
) -> None:
    assert "12/KH-UBND" in sends(keeper, ("trai-ong.txt", PAGE.encode()))
    assert "Chỉ tiêu (1)" in keeper.page
    assert "Không phải chỉ tiêu" in keeper.page
    assert "có ít nhất 80% số hộ" in keeper.page  # the words that it was read from
    assert "chưa rõ ngày ban hành" in keeper.page
    path = at(keeper, "trai-ong.txt")
    keeper.open(path)
    keeper.send(path, do="correct", number="12/KH-UBND", issued_on="hôm qua")
    assert keeper.status == 422
    assert "phải là một ngày" in keeper.page
    keeper.send(path, do="correct", number="12/KH-UBND", issued_on="28/11/2021")
    assert 'value="28/11/2021"' in keeper.page
    assert "7 tấn" not in asked(office)[1]
    keeper.send(path, do="confirm")
    assert "Đã đưa vào kho" in keeper.page
    assert "7 tấn" in asked(office)[1]
    assert "28/11/2021" in keeper.page
    keeper.send("van-ban/trai-ong", do="withdraw")
    assert "Đã rút khỏi kho" in keeper.page
    assert "7 tấn" not in asked(office)[1]
    keeper.open("so-thay-doi?action=document_removed")
    number = re.findall(r'name="change" value="(\d+)"', keeper.page)[0]
    keeper.send("so-thay-doi", change=number)
    assert "7 tấn" in asked(office)[1]
    keeper.open("van-ban/trai-ong")
    assert 'value="28/11/2021"' in keeper.page


def test_fields_of_a_form_are_corrected_together_or_not_at_all(keeper: Browser) -> None:
    sends(keeper, ("trai-ong.txt", PAGE.encode()))
    path = at(keeper, "trai-ong.txt")
    for year in (2022, 2024):
        keeper.open(path)
        days = {"effective_from": f"1/1/{year}", "effective_to": f"31/12/{year}"}
        keeper.send(path, do="correct", **days)
        assert all(f'value="{day}"' in keeper.page for day in days.values())
    keeper.send(path, do="correct", number="77/KH-UBND", issued_on="hôm qua")
    assert keeper.status == 422
    assert "77/KH-UBND" not in keeper.open(path)
    keeper.send(path, do="drop")


def test_a_document_is_replaced_and_ended(office: Site, keeper: Browser) -> None:
    for name, text in (("trai-ong.txt", PAGE), ("doi-moi.txt", NEWER)):
        sends(keeper, (name, text.encode()))
        path = at(keeper, name)
        keeper.open(path)
        keeper.send(path, do="confirm")
    keeper.open("van-ban/trai-ong")
    keeper.send("van-ban/trai-ong", do="replace", new="số này không có")
    assert keeper.status == 422
    keeper.send("van-ban/trai-ong", do="replace", new="15/KH-UBND")
    assert "được thay thế bởi" in keeper.page
    assert "replaced" in keeper.open("van-ban?q=trai-ong")
    keeper.open("van-ban/doi-moi")
    keeper.send("van-ban/doi-moi", do="end", day="31/12/2022")
    assert "31/12/2022" in keeper.page
    assert "doi-moi" in keeper.open("van-ban?validity=ended&q=doi+moi")
    assert "van-ban/trai-ong" not in keeper.page


def test_hostile_files_each_end_in_one_sentence(office: Site, keeper: Browser) -> None:
    bomb = packed({"word/document.xml": b"<w>" + b"0" * 400_000_000})
    files = {
        "bom.docx": bomb,
        "virus.pdf": b"MZ\x90\x00" + bytes(range(256)) * 40,
        "khoa.pdf": pdf([["Bí mật"]], encrypted=True),
        "quet.pdf": pdf([[""]]),
        "../../etc/passwd": b"\x00\x01\x02",
        "rong.txt": b"",
    }
    for name, data in files.items():
        said = sends(keeper, (name, data))
        assert keeper.status == 422
        problems = re.findall(r'role="alert">([^<]+)<', said)
        assert len(problems) == 1
        assert "Tôi không nhận tệp" in problems[0]
    assert "etc/passwd" not in keeper.open("nap")
    assert office.run(lambda one: [e for e in one.entries() if not e.bundled]) == []


def test_several_files_wait_and_one_is_dropped(keeper: Browser) -> None:
    sends(keeper, ("mot.txt", PAGE.encode()), ("hai.txt", NEWER.encode()))
    path = at(keeper, "mot.txt")
    keeper.open(path)
    keeper.send(path, do="drop")
    assert "Đã bỏ tệp này" in keeper.page
    keeper.send(path, do="confirm")
    assert keeper.status == 404


def test_a_row_that_is_no_target_is_left_out(office: Site, keeper: Browser) -> None:
    sends(keeper, ("ke-hoach.txt", PAGE.encode()))
    path = at(keeper, "ke-hoach.txt")
    keeper.open(path)
    (mark,) = re.findall(r'name="mark" value="(\w+)"', keeper.page)
    keeper.send(path, do="drop_target", mark=mark)
    assert "Chỉ tiêu (" not in keeper.page
    keeper.send(path, do="confirm")
    assert "Đã đưa vào kho" in keeper.page
    assert office.run(lambda one: one.store.extracts.of("ke-hoach").targets) == ()
    number = office.run(lambda one: one.desk.audit.changes(1)[0].id)
    office.run(lambda one: one.changes.undo(number))
    rows = office.run(lambda one: one.store.extracts.target_corrections.all())
    assert [row for row in rows if row.document == "ke-hoach"] == []


def test_another_keepers_file_is_not_there(office: Site, keeper: Browser) -> None:
    sends(keeper, ("rieng.txt", PAGE.encode()))
    path = at(keeper, "rieng.txt")
    other, _ = office.hire(Role.KEEPER)
    other.open(path)
    assert other.status == 404


def test_titles_and_fields_are_shown_as_text(office: Site, keeper: Browser) -> None:
    text = "KẾ HOẠCH <script>alert(1)</script>\nSố: 3/KH-UBND\nNuôi ong lấy mật mỗi năm 7 tấn.\n"
    sends(keeper, ("ma.txt", text.encode()))
    path = at(keeper, "ma.txt")
    raw = keeper.client.get(path).text
    assert "<script>" not in raw

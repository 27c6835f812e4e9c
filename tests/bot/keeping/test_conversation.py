"""Written conversations with a knowledge keeper, who sends files between the lines."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.application import Application
from bot.keeping.reading import ReadFile, read_sent
from bot.message import Message, Reply
from bot.roles import Role
from tests.bot.played import FOLDER, PERSON, plain

SENT = "Gửi tệp:"
ON = date(2026, 5, 4)
USER = "terminal:keeper"
FILES = {
    "ke-hoach-cu.txt": (
        "KẾ HOẠCH\nNuôi ong cũ của tỉnh Quảng Nam\nSố: 12/KH-UBND\n"
        "Đến năm 2025, có ít nhất 80% số hộ nuôi ong lấy mật.\n"
    ),
    "ke-hoach-moi.txt": (
        "KẾ HOẠCH\nNuôi ong mới của tỉnh Quảng Nam\nSố: 15/KH-UBND\n"
        "Đến năm 2030, có ít nhất 90% số hộ nuôi ong lấy mật.\n"
    ),
}


def said(application: Application, text: str, file: ReadFile | None = None) -> Reply:
    sent = "file" if file else None
    return application.reply(Message(USER, text, ON, sent=sent, file=file))


@pytest.mark.parametrize(
    "path", sorted((FOLDER / "keepers").glob("*.md")), ids=lambda path: path.stem
)
def test_the_keeper_reads_what_is_written(application: Application, path: Path) -> None:
    assert "phù hợp" in said(application, "/nap").text  # not a keeper yet
    said(application, f"/vaitro {application.desk.roles.grant(Role.KEEPER)} Lê Thị An")
    reply = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(PERSON):
            reply = plain(said(application, line.removeprefix(PERSON).strip()).text)
        elif line.startswith(SENT):
            name = line.removeprefix(SENT).strip()
            read = read_sent(name, FILES[name].encode(), 1_000_000)
            reply = plain(said(application, "", read).text)
        elif line.startswith("- "):
            assert plain(line[2:]) in reply, f"{line} is not in {reply}"


def test_what_is_asked_for_is_forgotten_when_one_goes_back(application: Application) -> None:
    said(application, f"/vaitro {application.desk.roles.grant(Role.KEEPER)} Lê Thị An")
    name = "ke-hoach-cu.txt"
    said(application, "", read_sent(name, FILES[name].encode(), 1_000_000))
    said(application, "2")
    said(application, "1")
    said(application, "1")  # back
    assert "Số hiệu: 12/KH-UBND" in said(application, "/nap xem 1").text
    said(application, "SIPAS là gì?")
    assert "Số hiệu: 12/KH-UBND" in said(application, "/nap xem 1").text


def test_one_undoes_ones_own_change(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(application, f"/vaitro {application.desk.roles.grant(Role.KEEPER)} Lê Thị An")
    name = "ke-hoach-cu.txt"
    said(application, "", read_sent(name, FILES[name].encode(), 1_000_000))
    said(application, "/nap dua 1")
    changes = application.changes
    correct = changes.correct

    def with_somebody_else(document: str, fields: dict[str, str], actor: str) -> int:
        own = correct(document, fields, actor)
        correct(document, {"place": "Huế"}, "Trần Bình")
        return own

    monkeypatch.setattr(changes, "correct", with_somebody_else)
    said(application, "/kho sua ke-hoach-cu number")
    (undo,) = said(application, "19/KH-UBND").choices
    number = int(undo.question.split()[-1])
    noted = {change.id: change.actor for change in application.desk.audit.changes()}
    assert noted[number] == "Lê Thị An"


def test_a_file_of_somebody_else_is_nothing_to_them(application: Application) -> None:
    read = read_sent("a.txt", FILES["ke-hoach-cu.txt"].encode(), 1_000_000)
    assert "phù hợp" in said(application, "", read).text
    assert application.keeping.uploads.waiting(USER) == []


def test_what_was_undone_is_not_confirmed_again(application: Application) -> None:
    said(application, f"/vaitro {application.desk.roles.grant(Role.KEEPER)} Lê Thị An")
    name = "ke-hoach-cu.txt"
    said(application, "", read_sent(name, FILES[name].encode(), 1_000_000))
    stored = said(application, "/nap dua 1").text
    assert said(application, "/nap dua 1").text.splitlines()[0] == stored.splitlines()[0]
    application.changes.undo(application.desk.audit.changes(1)[0].id)
    assert said(application, "/nap dua 1").text == application.texts.keeping.gone

"""The command line of roles, answers, notices, the audit list and the search playground."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from bot.application import Application
from bot.cli import run
from bot.roles import Redeeming, Role
from tests.bot.program import copied

PLAN = "Kế hoạch nuôi ong lấy mật của hợp tác xã\nĐợt này nuôi 1250 đàn ong lấy mật.\n"


@pytest.fixture
def own(bundled_home: Path, tmp_path: Path) -> Path:
    return copied(bundled_home, tmp_path / "own")


def told(home: Path, capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    """Run a command; return its status, output and errors."""
    status = run(["--home", str(home), *args])
    said = capsys.readouterr()
    return status, said.out, said.err


def test_a_role_is_granted_listed_and_revoked(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, code, _ = told(own, capsys, "roles", "grant", "official", "--name", "Lê An")
    assert status == 0
    _, listed, _ = told(own, capsys, "roles", "list", "--json")
    (waiting,) = json.loads(listed)["codes"]
    _, out, _ = told(own, capsys, "roles", "list")
    assert re.search(r"đến \d{1,2}:\d\d \d{1,2}/\d{1,2}/\d{4}\n", out)
    assert (waiting["id"], waiting["role"]) == ("m1", "official")
    application = Application.open(own)
    assert application.desk.roles.redeem("telegram:1", code)[0] is Redeeming.GIVEN
    status, out, _ = told(own, capsys, "roles", "list")
    assert "Lê An" in out
    assert code.strip() not in out
    assert told(own, capsys, "roles", "revoke", "1")[0] == 0
    assert not application.desk.roles.holds("telegram:1", Role.OFFICIAL)
    application.close()
    status, _, err = told(own, capsys, "roles", "revoke", "1")
    assert status == 1
    assert "cchc roles list" in err
    assert told(own, capsys, "roles", "revoke", "m9")[0] == 1


def test_a_code_comes_with_the_address_of_the_page(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert " /can-bo/ma" in told(own, capsys, "roles", "grant", "keeper")[2]
    (own / "config").mkdir(exist_ok=True)
    (own / "config" / "channels.toml").write_text(
        '[server]\npublic_url = "https://cchc.example.vn"\n', encoding="utf-8"
    )
    assert "https://cchc.example.vn/can-bo/ma" in told(own, capsys, "roles", "grant", "keeper")[2]


def test_an_account_is_listed_reset_and_removed(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, code, _ = told(own, capsys, "roles", "grant", "keeper", "--name", "Lê An")
    application = Application.open(own)
    application.accounts.open("an.le", "hash", code)
    token = application.accounts.log_in("an.le", "hash")
    assert token
    assert "người giữ kho" in told(own, capsys, "accounts", "list")[1]
    (row,) = json.loads(told(own, capsys, "accounts", "list", "--json")[1])
    assert (row["name"], row["roles"], row["ready"]) == ("an.le", ["keeper"], True)
    status, code, _ = told(own, capsys, "accounts", "reset", "an.le")
    assert status == 0
    assert application.accounts.sessions.find(token) is None
    assert application.accounts.resets.redeem("an.le", "new", code)
    kept = application.kept_of("account:an.le")
    assert "new" not in str(kept)
    assert told(own, capsys, "accounts", "remove", "an.le")[0] == 0
    assert application.accounts.all() == []
    assert not application.desk.roles.of("account:an.le")
    application.close()
    status, _, err = told(own, capsys, "accounts", "reset", "an.le")
    assert status == 1
    assert "cchc accounts list" in err


@pytest.mark.parametrize(
    "args",
    [
        ("roles", "grant", "citizen"),
        ("roles", "grant"),
        ("roles", "revoke", "x"),
        ("roles", "revoke", "-1"),
        ("roles", "revoke", "9" * 40),
        ("notice", "stop", "0"),
        ("notice", "stop", "abc"),
        ("audit", "--last", "0"),
        ("answers", "withdraw", "không"),
        ("explain",),
    ],
)
def test_wrong_use_is_one_vietnamese_line(
    home: Path, capsys: pytest.CaptureFixture[str], args: tuple[str, ...]
) -> None:
    status, out, err = told(home, capsys, *args)
    assert status == 2
    assert out == ""
    assert err.startswith("Lỗi: ")
    assert err.count("\n") == 1


def test_a_document_is_replaced_ended_withdrawn_and_all_of_it_undone(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, number in (("cu", "12"), ("moi", "15")):
        path = tmp_path / f"{name}.txt"
        path.write_text(PLAN.replace("12/", f"{number}/") + name, encoding="utf-8")
        told(own, capsys, "add", str(path))
    told(own, capsys, "documents", "edit", "cu", "number=12/KH-UBND")
    status, _, err = told(own, capsys, "documents", "replace", "cu", "moi")
    assert (status, "số hiệu" in err) == (1, True)  # the new one has no number yet
    told(own, capsys, "documents", "edit", "moi", "number=15/KH-UBND")

    def validity() -> str:
        return str(
            json.loads(told(own, capsys, "documents", "show", "cu", "--json")[1])["validity"]
        )

    before = validity()
    assert told(own, capsys, "documents", "replace", "cu", "moi")[0] == 0
    assert validity() == "replaced"
    assert told(own, capsys, "audit", "undo", "5")[0] == 0
    assert validity() == before
    assert told(own, capsys, "documents", "end", "cu", "31/12/2020")[0] == 0
    assert validity() == "ended"
    assert told(own, capsys, "documents", "end", "cu", "hôm qua")[0] == 2
    assert "audit undo 8" in told(own, capsys, "documents", "withdraw", "cu")[1]
    assert told(own, capsys, "documents", "show", "cu")[0] == 1
    assert told(own, capsys, "documents", "withdraw", "cu")[0] == 1
    assert told(own, capsys, "audit", "undo", "8")[0] == 0
    assert validity() == "ended"
    status, _, err = told(own, capsys, "audit", "undo", "1")
    assert status == 1
    assert "dựa trên thay đổi này" in err
    assert told(own, capsys, "audit", "undo", "99")[0] == 1


def test_every_change_of_a_document_is_in_the_audit_list(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "nuoi-ong.txt").write_text(PLAN, encoding="utf-8")
    assert told(own, capsys, "audit", "--json")[1].strip() == "[]"  # what ships is no change
    told(own, capsys, "add", str(tmp_path / "nuoi-ong.txt"))
    told(own, capsys, "add", str(tmp_path / "nuoi-ong.txt"))  # unchanged
    told(own, capsys, "documents", "edit", "nuoi-ong", "number=12/KH-UBND")
    told(own, capsys, "remove", "nuoi-ong", "khong-co")
    _, out, _ = told(own, capsys, "audit", "--subject", "nuoi-ong", "--json")
    changes = json.loads(out)
    assert [change["action"] for change in changes] == [
        "document_removed",
        "document_corrected",
        "document_stored",
    ]
    assert changes[1]["detail"] == "number=12/KH-UBND"
    assert {change["actor"] for change in changes} == {"cchc"}
    status, out, _ = told(own, capsys, "audit")
    assert status == 0
    assert "rút văn bản" in out
    assert "khong-co" not in out


def test_a_notice_is_seen_before_it_is_sent(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    application = Application.open(own)
    application.desk.notices.subscribe("telegram:1")
    application.close()
    file = tmp_path / "tin.txt"
    file.write_text("Nghỉ lễ ngày 2/9.", encoding="utf-8")
    status, out, err = told(own, capsys, "notice", "send", str(file))
    assert status == 0
    assert "Nghỉ lễ ngày 2/9." in out
    assert "1 người" in err
    _, out, _ = told(own, capsys, "notice", "list")
    assert "Nghỉ lễ" not in out
    told(own, capsys, "notice", "send", str(file), "--yes")
    _, out, _ = told(own, capsys, "notice", "list")
    assert "Nghỉ lễ" in out
    assert told(own, capsys, "notice", "stop", "1")[0] == 0
    assert told(own, capsys, "notice", "stop", "1")[0] == 1
    file.write_text("  ", encoding="utf-8")
    assert told(own, capsys, "notice", "send", str(file))[0] == 2
    file.write_bytes(b"\xff\xfe\x00")
    status, _, err = told(own, capsys, "notice", "send", str(file))
    assert status == 1
    assert "UTF-8" in err


def test_kept_answers_are_listed_and_withdrawn(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    application = Application.open(own)
    standings = {e.id: application.standing(e, date.today()) for e in application.entries()}
    document = next(e for e, standing in standings.items() if standing == "in_force")
    application.desk.curated.keep("Mấy giờ mở cửa?", "Từ 8 giờ.", "Lê An", document)
    application.close()
    _, out, _ = told(own, capsys, "answers", "list")
    assert "Mấy giờ mở cửa?" in out
    assert "Lê An" in out
    status, out, _ = told(own, capsys, "ask", "may gio mo cua", "--json")
    assert status == 0
    assert json.loads(out)["facts"][0]["text"] == "Từ 8 giờ."
    assert told(own, capsys, "answers", "withdraw", "1")[0] == 0
    assert told(own, capsys, "answers", "withdraw", "1")[0] == 1


def test_the_playground_says_why(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = told(own, capsys, "explain", "par index la gi", "--json")
    assert status == 0
    found = json.loads(out)
    assert found["answers"]
    best = found["candidates"][0]
    assert best["confidence"] >= found["threshold"]
    assert "index" in best["matched"]
    assert set(best["matched"]).isdisjoint(best["missing"])
    status, out, _ = told(own, capsys, "explain", "sao hỏa cách trái đất bao xa")
    assert status == 1
    assert "ngưỡng" in out

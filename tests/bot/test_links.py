"""What a deep link carries comes back whole, within what the messengers allow."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli import run
from bot.links import LONGEST, link_of_document, link_of_question, question_of_link

ALLOWED = re.compile(r"[A-Za-z0-9_-]{1,64}")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))
def test_a_question_comes_back(question: str) -> None:
    link = link_of_question(question)
    if link is None:
        assert not question.strip() or len(question.encode()) > 46
    else:
        assert ALLOWED.fullmatch(link)
        assert question_of_link(link) == question


def test_a_long_question_has_no_link() -> None:
    assert link_of_question("hỏi " * 20) is None


@given(st.text(max_size=100))
def test_any_parameter_is_read_or_refused(parameter: str) -> None:
    assert question_of_link(parameter) is None or parameter.startswith("q_")


@pytest.mark.parametrize("document", ["1.004222", "ke-hoach", "đ" * 300])
def test_a_document_has_a_short_link(document: str) -> None:
    link = link_of_document(document)
    assert ALLOWED.fullmatch(link)
    assert len(link) <= LONGEST
    assert link != link_of_document(f"{document}x")


def _printed(capsys: pytest.CaptureFixture[str], home: Path, *args: str) -> tuple[int, str]:
    status = run(["--home", str(home), "link", "--bot", "@tro_ly_bot", *args])
    return status, capsys.readouterr().out


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("PAPI là gì?", "PAPI là gì?"),
        ("cấp lại giấy phép lái xe mất bao lâu", "cap lai giay phep lai xe mat bao lau"),
    ],
)
def test_the_address_that_is_printed_asks_the_question(
    typed: str, asked: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "config").mkdir(parents=True)
    (home / "config/channels.toml").write_text('[server]\npublic_url = "https://cchc.vn"\n')
    status, said = _printed(capsys, home, *typed.split())
    parameter = said.split("start=")[1].split()[0]
    assert status == 0
    assert said.startswith("Telegram: https://t.me/tro_ly_bot?start=")
    assert question_of_link(parameter) == asked
    assert "https://cchc.vn/?hoi=" in said


def test_what_no_address_can_hold_is_one_sentence(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for wrong in (["hỏi"] * 30, [], ["PAPI", "--document", "papi"]):
        assert _printed(capsys, home, *wrong) == (2, "")

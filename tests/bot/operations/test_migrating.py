"""Migrations tried on a copy, and every set of them known."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.cli import run
from bot.operations import migrating
from bot.operations.errors import OperationError
from knowledge.store import FILE, KnowledgeStore

ROOT = Path(__file__).parents[3]


def test_every_set_in_the_source_is_known() -> None:
    found = {
        name
        for folder in ("bot", "knowledge", "index")
        for path in (ROOT / folder).rglob("*.py")
        for name in re.findall(r'= Migrations\("(\w+)"\)', path.read_text("utf-8"))
    }
    assert {one.name for one in migrating.SETS} == found


def test_a_rehearsal_changes_nothing_and_says_what_will_happen(home: Path) -> None:
    KnowledgeStore(home).close()  # a home of an early version: no conversations yet
    before = (home / FILE).read_bytes()
    done = migrating.rehearse(home)
    assert done.ok
    assert "bot: name_turns" in done.applied
    assert (home / FILE).read_bytes() == before
    assert migrating.pending(home / FILE) == done.applied
    assert migrating.carry_out(home).applied == done.applied
    assert migrating.pending(home / FILE) == ()
    assert migrating.rehearse(home).applied == ()


def test_the_command_says_that_a_rehearsal_was_one(
    home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    KnowledgeStore(home).close()
    assert run(["--home", str(home), "migrate", "--rehearse"]) == 0
    assert "dữ liệu thật chưa đổi" in capfd.readouterr().out
    assert run(["--home", str(home), "migrate"]) == 0
    assert "chưa đổi" not in capfd.readouterr().out


def test_a_home_without_data_is_told(home: Path) -> None:
    with pytest.raises(OperationError):
        migrating.rehearse(home)

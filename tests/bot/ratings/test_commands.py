"""The commands: cards, their list and withdrawal, reports, checking the questionnaires."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli import run
from tests.bot.ratings.conftest import CONFIG


@pytest.fixture
def home(home: Path) -> Path:
    """Return a home with two offices."""
    (home / "config").mkdir()
    (home / "config" / "ratings.toml").write_text(CONFIG, encoding="utf-8")
    return home


def test_cards_are_written_listed_and_withdrawn(
    home: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    made = ("qr", "--office", "mot", "--service", "dat", "--out", str(tmp_path / "the"), "--json")
    assert run(made) == 0
    shown = json.loads(capfd.readouterr().out)
    assert sorted(Path(name).name for name in shown["files"]) == [
        "mot-dat-a4.pdf",
        "mot-dat-a4.png",
        "mot-dat-a6.pdf",
        "mot-dat-a6.png",
    ]
    assert all(Path(name).stat().st_size > 1000 for name in shown["files"])
    assert run(["qr", "--withdraw", shown["id"]]) == 0
    assert run(["qr", "--withdraw", "xyz"]) == 1
    capfd.readouterr()
    assert run(["qr", "--list"]) == 0
    listed = capfd.readouterr().out
    assert "đã thu hồi" in listed
    assert shown["typed"] in listed


def test_unknown_offices_and_services_are_named(
    home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["qr", "--office", "ba", "--service", "dat"]) == 2
    assert "mot, hai" in capfd.readouterr().err
    assert run(["qr", "--office", "mot"]) == 2
    assert run(["qr", "--office", "mot", "--service", "bay"]) == 2
    assert "dat, khaisinh" in capfd.readouterr().err


def test_a_report_goes_to_every_kind_of_file(
    home: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["ratings", "generate", "--count", "500", "--days", "20"]) == 0
    assert run(["ratings", "generate"]) == 1, "not beside ratings that are there"
    files = {ending: tmp_path / f"bao-cao.{ending}" for ending in ("xlsx", "csv", "docx", "png")}
    options = [part for ending, path in files.items() for part in (f"--{ending}", str(path))]
    capfd.readouterr()
    assert run(["report", "--json", *options]) == 0
    shown = json.loads(capfd.readouterr().out)
    assert 400 < shown["figures"]["answered"] <= 500
    assert all(path.stat().st_size > 500 for path in files.values())
    assert run(["report", "--from", "2026-02-01", "--to", "2026-01-01"]) == 2


def test_a_wrong_questionnaire_is_named(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["survey", "check"]) == 0
    assert "mac-dinh" in capfd.readouterr().out
    (home / "config" / "surveys").mkdir()
    (home / "config" / "surveys" / "mac-dinh.yaml").write_text("title: x", encoding="utf-8")
    assert run(["survey", "check"]) == 2
    assert "surveys/mac-dinh.yaml" in capfd.readouterr().err

"""The commands: cards, their list and withdrawal, reports, checking the questionnaires."""

from __future__ import annotations

import json
from importlib.resources import files
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


def test_a_card_may_be_for_a_procedure(
    home: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    made = ("qr", "--office", "mot", "--service", "1.014061", "--out", str(tmp_path), "--json")
    assert run(made) == 0
    assert len(json.loads(capfd.readouterr().out)["files"]) == 4
    assert run([*made[:4], "9.999999"]) == 2
    assert run([*made[:5], "--days", "0"]) == 2
    assert "--days phải là số từ 1 đến 3650" in capfd.readouterr().err


def test_a_questionnaire_that_no_service_uses_is_named(
    home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = home / "config" / "surveys"
    folder.mkdir()
    default = files("config").joinpath("surveys", "mac-dinh.yaml").read_text("utf-8")
    for name, services in (("a", "[dat]"), ("b", "[Hộ tịch]"), ("c", "[1.014061]"), ("d", "[mây]")):
        text = default.replace("services: []", f"services: {services}")
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    assert run(["survey", "check"]) == 0
    out = capfd.readouterr().out
    assert out.count("Chưa có dịch vụ, lĩnh vực nào tên") == 2
    assert "tên mây" in out


def test_a_report_goes_to_every_kind_of_file(
    home: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["ratings", "generate", "--count", "500", "--days", "20"]) == 0
    assert run(["ratings", "generate"]) == 1, "not beside ratings that are there"
    paths = {ending: tmp_path / f"bao-cao.{ending}" for ending in ("xlsx", "csv", "docx", "png")}
    options = [part for ending, path in paths.items() for part in (f"--{ending}", str(path))]
    capfd.readouterr()
    assert run(["report", "--json", *options]) == 0
    shown = json.loads(capfd.readouterr().out)
    assert 400 < shown["figures"]["answered"] <= 500
    assert all(path.stat().st_size > 500 for path in paths.values())
    assert run(["report", "--from", "2026-02-01", "--to", "2026-01-01"]) == 2


def test_a_wrong_questionnaire_is_named(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["survey", "check"]) == 0
    assert "mac-dinh" in capfd.readouterr().out
    (home / "config" / "surveys").mkdir()
    (home / "config" / "surveys" / "mac-dinh.yaml").write_text("title: x", encoding="utf-8")
    assert run(["survey", "check"]) == 2
    assert "surveys/mac-dinh.yaml" in capfd.readouterr().err

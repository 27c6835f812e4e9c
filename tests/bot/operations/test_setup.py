"""`cchc init`: what it writes is read back, secrets have a closed file, nothing is overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from bot import environment
from bot.cli import cli, run
from bot.operations.setup import Wishes, files_for, write
from config.channels import load_channels
from config.office import load_office
from config.settings import load_settings


def init(home: Path, *args: str, given: str | None = None) -> Result:
    return CliRunner().invoke(
        cli, ["--home", str(home), "init", *args], input=given, standalone_mode=False
    )


def test_options_alone_write_a_configuration(home: Path) -> None:
    done = init(
        home,
        *("--office", 'Sở Nội vụ "A"', "--place", "da nang", "--port", "9090", "--yes"),
        *("--public-url", "https://cchc.example.vn/", "--channel", "web", "--channel", "telegram"),
        *("--phone", "0236 3881 888"),
    )
    assert done.return_value == 0, done.output
    settings, channels = load_settings(home / "config"), load_channels(home / "config")
    assert settings.place == "Đà Nẵng"
    office = load_office(home / "config")
    assert (office.name, office.phone) == ('Sở Nội vụ "A"', "0236 3881 888")
    assert (channels.server.port, channels.server.public_url) == (9090, "https://cchc.example.vn")
    assert channels.telegram.webhook
    assert channels.web.enabled
    secrets = home / "cchc.env"
    assert secrets.stat().st_mode & 0o777 == 0o600
    lines = secrets.read_text("utf-8").splitlines()
    assert "CCHC_TELEGRAM_TOKEN=" in lines
    assert "# CCHC_ZALO_BOT_TOKEN=" in lines
    assert environment.read(home) == {}


def test_the_questions_can_be_answered_one_by_one(home: Path) -> None:
    done = init(home, given="Sở Nội vụ\n\nHuế\n8090\n\nweb, zalo_bot\n")
    assert done.return_value == 0, done.output
    assert load_settings(home / "config").place == "Huế"
    assert load_channels(home / "config").server.port == 8090


def test_a_wrong_answer_is_asked_for_again_and_costs_no_other(home: Path) -> None:
    answers = ("Sở", "", "Atlantis", "Huế", "70000", "8090", "cchc.vn", "", "fax", "web, telegram")
    done = init(home, given="\n".join(answers) + "\n")
    assert done.return_value == 0, done.output
    for wrong in ("Atlantis", "70000", "cchc.vn"):
        assert f"“{wrong}”" in done.output
    channels = load_channels(home / "config")
    assert (channels.server.port, channels.server.public_url) == (8090, "")
    assert load_office(home / "config").name == "Sở"


def test_nothing_is_overwritten_unasked_and_tokens_never(home: Path) -> None:
    assert init(home, "--yes", "--office", "Một").return_value == 0
    (home / "cchc.env").write_text("CCHC_TELEGRAM_TOKEN=123:abc\n", encoding="utf-8")
    assert init(home, "--yes", "--office", "Hai").return_value == 1
    assert init(home, "--office", "Hai", given="n\n").return_value == 1
    assert load_office(home / "config").name == "Một"
    assert init(home, "--yes", "--office", "Hai", "--overwrite").return_value == 0
    assert load_office(home / "config").name == "Hai"
    assert environment.read(home) == {"CCHC_TELEGRAM_TOKEN": "123:abc"}


@pytest.mark.parametrize(
    "args",
    [
        ("--place", "Atlantis"),
        ("--port", "70000"),
        ("--public-url", "cchc.vn"),
        ("--channel", "fax"),
    ],
)
def test_wrong_wishes_are_one_sentence(
    home: Path, args: tuple[str, ...], capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["--home", str(home), "init", "--yes", *args]) == 2
    assert capfd.readouterr().err.count("\n") == 1
    assert not list(home.iterdir())


@given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=10))
def test_whatever_an_office_is_called_the_configuration_is_valid(
    tmp_path_factory: pytest.TempPathFactory, office: str, phone: str, place: str
) -> None:
    home = tmp_path_factory.mktemp("named")
    said = [text.encode("utf-8", "ignore").decode() for text in (office, phone, place)]
    write(home, files_for(Wishes(*said, 8080, "", ("web",))))


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("A=b", {"A": "b"}),
        ('export A = "b c"', {"A": "b c"}),
        ("A='x=y'", {"A": "x=y"}),
        ("# A=b", {}),
        ("A=", {}),
        ("no variable", {}),
    ],
)
def test_an_environment_file_is_read_as_systemd_does(line: str, found: dict[str, str]) -> None:
    assert environment.parse(line) == found


def test_the_environment_goes_before_the_file(home: Path) -> None:
    (home / "cchc.env").write_text("A=file\nB=file\n", encoding="utf-8")
    environ = {"A": "shell"}
    environment.load(home, environ)
    assert environ == {"A": "shell", "B": "file"}

"""`cchc retention`, `cchc export-user`, `cchc forget-user` as an administrator meets them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import run
from config.settings import load_settings
from tests.bot.program import copied


@pytest.fixture
def own(bundled_home: Path, home: Path) -> Path:
    copied(bundled_home, home)
    return home


def test_every_period_is_told_in_words(own: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["--home", str(own), "retention"]) == 0
    out, err = capfd.readouterr()
    assert err == ""
    lines = out.splitlines()
    periods = list(load_settings().retention.values())
    assert len(lines) == len(periods)
    for line, days in zip(lines, periods, strict=True):
        assert f"(giữ {days} ngày): xóa 0" in line


@pytest.mark.parametrize("command", ["export-user", "forget-user"])
@pytest.mark.parametrize(("user", "said"), [("123456", "kênh"), ("viber:1", "“viber”")])
def test_a_channel_that_does_not_exist_is_told(
    own: Path, command: str, user: str, said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["--home", str(own), command, user]) == 2
    err = capfd.readouterr().err
    assert said in err
    assert "telegram" in err

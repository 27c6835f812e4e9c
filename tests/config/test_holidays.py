"""Days off that are announced, as an official writes them down."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from config.errors import ConfigError
from config.holidays import FILE, load_holidays
from config.procedures import FILE as PROCEDURES
from config.procedures import load_procedures


def written(folder: Path, text: str) -> Path:
    (folder / FILE).write_text(text, encoding="utf-8")
    return folder


def test_an_official_adds_days(tmp_path: Path) -> None:
    own = written(
        tmp_path, "[[off]]\ndate = 2027-02-11\nnote = 'x'\n[[working]]\ndate = 2027-02-20\n"
    )
    days = load_holidays(own)
    assert days.off == {date(2027, 2, 11)}
    assert days.working == {date(2027, 2, 20)}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[[off]]\ndate = '2027-02-11'\n", r"off\[1\]\.date"),
        ("[[off]]\nngay = 2027-02-11\n", r"off\[1\]\.date"),
        ("off = 3\n", "off"),
        ("[[nghi]]\ndate = 2027-02-11\n", "nghi"),
        ("[[off]]\ndate = 2027-02-11\n[[working]]\ndate = 2027-02-11\n", "2027-02-11"),
    ],
)
def test_what_is_no_day_is_named(text: str, key: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=key):
        load_holidays(written(tmp_path, text))


def test_the_phrases_on_procedures_are_checked(tmp_path: Path) -> None:
    assert "Hộ tịch" in load_procedures().fields
    (tmp_path / PROCEDURES).write_text("[modes]\nonline = 3\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"modes\.online"):
        load_procedures(tmp_path)

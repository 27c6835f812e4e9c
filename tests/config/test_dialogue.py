"""The phrases that ship are right, and mistakes are named by file and key."""

from __future__ import annotations

import unicodedata
from dataclasses import asdict
from pathlib import Path

import pytest

from config.dialogue import FILE, load_dialogue
from config.errors import ConfigError


def test_the_phrases_that_ship_are_lower_case_and_nfc() -> None:
    for name, phrases in asdict(load_dialogue()).items():
        assert phrases, name
        for phrase in phrases:
            assert phrase == unicodedata.normalize("NFC", phrase.lower().strip())


def test_an_official_may_add_phrases(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('closers = ["hen"]', encoding="utf-8")
    assert "hen" in load_dialogue(tmp_path).closers
    assert set(load_dialogue().closers) < set(load_dialogue(tmp_path).closers)


@pytest.mark.parametrize(
    ("text", "key"),
    [("leaning = 3", "leaning"), ('mood = ["vui"]', "mood"), ('names = [""]', "names")],
)
def test_a_mistake_names_file_and_key(tmp_path: Path, text: str, key: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=f"{FILE}: mục “{key}”"):
        load_dialogue(tmp_path)

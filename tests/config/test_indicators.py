"""The vocabulary of targets: what ships is right, what an official writes is checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.errors import ConfigError
from config.indicators import FILE, load_indicators


def test_the_shipped_file_is_read() -> None:
    vocabulary = load_indicators()
    assert vocabulary.name_of("par_index") == "PAR Index"
    assert vocabulary.name_of("hai_long") == "Mức độ hài lòng"
    assert vocabulary.name_of("không có") == "không có"


def test_an_official_adds_an_index(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(
        '[[index]]\nkey = "chi_so_x"\nname = "Chỉ số X"\nforms = ["chỉ số X"]\n', encoding="utf-8"
    )
    vocabulary = load_indicators(tmp_path)
    assert vocabulary.name_of("chi_so_x") == "Chỉ số X"
    assert vocabulary.name_of("pci") == "PCI"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[[index]]\nkey = "x"\nname = "X"\nforms = ["PAPI"]\n', "forms"),
        ('[[index]]\nkey = "pci"\nname = "X"\nforms = ["X"]\n', "key"),
        ('[[index]]\nkey = "x"\nname = "X"\n', "forms"),
        ('[[measure]]\nkey = "x"\nname = "X"\nall = ["|"]\n', "all"),
        ('[[field]]\nname = "x"\nforms = ["đất đai"]\n', "forms"),
        ("[count]\nunit = []\n", "unit"),
        ("[other]\nx = 1\n", "other"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        load_indicators(tmp_path)
    assert FILE in str(raised.value)
    assert named in str(raised.value)

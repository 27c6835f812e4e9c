"""The table of syllables is made from a folder of texts."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from index.syllables import SyllableModel
from index.training.syllables import SOURCES, main


def write(path: Path, *rows: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """Return a folder in which every field that is counted says "đăng ký" once."""
    for name, fields in SOURCES:
        write(tmp_path / name, dict.fromkeys(fields, "Đăng ký"), {"other": "hộ tịch"})
    return tmp_path


def test_every_field_of_every_source_is_counted(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "syllables.npz"
    assert main(["--shared", str(shared), "--out", str(out)]) == 0
    model = SyllableModel.load(out)
    fields = sum(len(fields) for _, fields in SOURCES)
    assert model.singles == {"đăng": fields, "ký": fields}
    assert model.pairs == {("đăng", "ký"): fields}
    assert str(out) in capsys.readouterr().out


def test_the_same_texts_give_the_same_file(shared: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one.npz", tmp_path / "other.npz"
    for out in (one, other):
        main(["--shared", str(shared), "--out", str(out)])
    assert one.read_bytes() == other.read_bytes()


def test_a_missing_folder_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "syllables.npz"
    assert main(["--shared", str(tmp_path / "none"), "--out", str(out)]) == 1
    assert "train/law_articles.jsonl.gz" in capsys.readouterr().err
    assert not out.exists()


def test_a_cut_file_is_told_and_nothing_is_written(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = shared / SOURCES[1][0]
    file.write_bytes(file.read_bytes()[:-12])
    out = tmp_path / "syllables.npz"
    assert main(["--shared", str(shared), "--out", str(out)]) == 1
    assert file.name in capsys.readouterr().err
    assert not out.exists()

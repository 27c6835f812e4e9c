"""Another encoder in the settings of a home, through the command line."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.cli import run
from bot.common import OVERRIDES
from index import build
from index.sentence_transformer_encoder import SentenceTransformerEncoder
from tests.bot.program import ROOT
from tests.made import TinyEncoder

QUESTION = "Nghị định 118/2025 thay nghị định nào?"
ANSWER = "Nghị định 61/2018/NĐ-CP"

models = pytest.mark.models


def choose(home: Path, encoder: str) -> None:
    """Write the setting into a home."""
    (home / OVERRIDES).mkdir(exist_ok=True)
    line = f"[search]\nencoder = {json.dumps(encoder)}\n"
    (home / OVERRIDES / "settings.toml").write_text(line, encoding="utf-8")


def made_with(home: Path) -> str:
    """Return the digest of the encoder that the home's index was made with."""
    index = build.load(home)
    assert index is not None
    return index.encoder


def refused(home: Path, encoder: str, capfd: pytest.CaptureFixture[str]) -> str:
    """Return the one line that a question gets in a home with an encoder that cannot be used."""
    choose(home, encoder)
    assert run(["ask", QUESTION]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith("Lỗi: Tệp cấu hình settings.toml: mục “search.encoder” ")
    assert err.count("\n") == 1
    return err


@models
def test_another_encoder_answers_and_each_change_makes_the_index_anew(
    home: Path,
    tiny_model: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    # The shipped model takes half a minute for the bundled pages.
    monkeypatch.setattr("index.encoders.OnnxEncoder", lambda threads: TinyEncoder("shipped"))
    shutil.copytree(tiny_model, home / "models" / "tiny")
    named = "sentence-transformers:models/tiny"
    digests = []
    for encoder in ("embedded", named, "embedded", named):
        choose(home, encoder)
        assert run(["ask", QUESTION]) == 0
        assert ANSWER in capfd.readouterr().out
        digests.append(made_with(home))
    own = SentenceTransformerEncoder.open(str(tiny_model), threads=1).digest
    assert digests == ["shipped", own, "shipped", own]


@models
def test_searches_are_measured_with_the_encoder_of_the_home(
    home: Path, tiny_model: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    files = {
        "corpus": [{"id": "a", "title": "Đăng ký kết hôn", "text": "Nộp tờ khai."}],
        "queries": [{"id": "1", "text": "kết hôn"}],
    }
    for name, rows in files.items():
        lines = "\n".join(json.dumps(row) for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("1\ta\t1\n", encoding="utf-8")
    options = ["--corpus", "corpus.jsonl", "--queries", "queries.jsonl", "--qrels", "qrels.tsv"]
    paths = [part if part.startswith("--") else str(tmp_path / part) for part in options]
    choose(home, f"sentence-transformers:{tiny_model}")
    assert run(["eval", "search", *paths, "--mode", "dense", "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["recall@1"] == 1.0
    choose(home, "sentence-transformers:khong/co/mo/hinh")
    assert run(["eval", "search", *paths]) == 2


@models
@pytest.mark.parametrize("model", ["/khong/co/mo/hinh", "không có", "rong"])
def test_a_model_that_cannot_be_opened_is_one_sentence(
    home: Path, model: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (home / "rong").mkdir()
    said = refused(home, f"sentence-transformers:{model}", capfd)
    assert f"không mở được mô hình “{model}”; hãy ghi tên một mô hình" in said


@models
def test_a_hub_that_does_not_answer_is_not_asked_twice(
    home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    asked = []

    def unreachable(name: str, **_: Any) -> None:
        asked.append(name)
        raise OSError("Name or service not known")

    monkeypatch.setattr("huggingface_hub.model_info", unreachable)
    said = refused(home, "sentence-transformers:khong-co-mo-hinh-nay", capfd)
    assert "(lần đầu cần có mạng)" in said
    assert asked == ["sentence-transformers/khong-co-mo-hinh-nay"]


@models
def test_code_that_comes_with_a_model_is_not_run(
    home: Path, tiny_model: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    model = shutil.copytree(tiny_model, home / "la")
    (model / "la.py").write_text("raise SystemExit('run')", encoding="utf-8")
    modules = [{"idx": 0, "name": "0", "path": "", "type": "la.Module"}]
    (model / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    assert "không mở được mô hình" in refused(home, "sentence-transformers:la", capfd)


def test_without_the_extra_the_sentence_says_what_to_install(
    home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    said = refused(home, "sentence-transformers:co-quan/mo-hinh", capfd)
    assert said.endswith("hãy chạy: pip install 'tro-ly-cchc[models]'.\n")


@models
def test_the_shipped_encoder_needs_no_torch() -> None:
    loaded = "import bot.application, index.encoders, sys; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, check=False).returncode == 0

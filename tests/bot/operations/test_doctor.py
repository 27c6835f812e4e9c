"""`cchc doctor`: each trouble is found and told with what to do."""

from __future__ import annotations

import json
import os
import shutil
import socket
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import cli
from bot.operations import doctor
from bot.pausing import Switch
from config.channels import load_channels
from index.fidelity import SUMS, broken_files
from knowledge.store import FILE, KnowledgeStore

TOKEN = "123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"


def channels(home: Path, **tables: str):  # type: ignore[no-untyped-def]
    (home / "config").mkdir(exist_ok=True)
    text = "\n".join(f"[{name}]\n{lines}" for name, lines in tables.items())
    (home / "config" / "channels.toml").write_text(text, encoding="utf-8")
    return load_channels(home / "config")


def test_a_full_disk_and_a_foreign_time_zone_are_told(home: Path) -> None:
    assert not doctor.disk(home, 499_000_000).ok
    assert "1.500 MB" in doctor.disk(home, 1_500_000_000).message
    assert not doctor.time_zone(timedelta(0)).ok
    assert doctor.time_zone(timedelta(hours=7)).ok


def test_rights_that_let_others_read_are_told(home: Path) -> None:
    home.chmod(0o755)
    (found,) = doctor.rights(home)
    assert not found.ok
    assert f"chmod go-rwx {home}" in found.message
    home.chmod(0o700)
    (found,) = doctor.rights(home)
    assert found.ok
    (home / "cchc.env").write_text("", encoding="utf-8")
    (home / "cchc.env").chmod(0o644)
    (found,) = doctor.rights(home)
    assert "cchc.env" in found.message


def test_secrets_that_cannot_be_right_are_named_and_not_shown(home: Path) -> None:
    off = channels(home, web="enabled = false")
    assert [f.ok for f in doctor.environment(off, {"CCHC_TELEGRAM_TOKEN": TOKEN})] == [True]
    wrong = list(doctor.environment(off, {"CCHC_TELEGRAM_TOKEN": "abc-bi-mat"}))
    assert "CCHC_TELEGRAM_TOKEN" in wrong[0].message
    assert not any("bi-mat" in finding.message for finding in wrong)
    part = list(doctor.environment(off, {"CCHC_ZALO_OA_APP_ID": "123456"}))
    assert "CCHC_ZALO_OA_WEBHOOK_KEY" in part[0].message
    assert not any(finding.ok for finding in doctor.environment(off, {}))


def test_a_taken_port_is_told_unless_it_is_our_own(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        ours = channels(home, server=f"port = {number}")
        assert not doctor.port(home, ours).ok
        store = KnowledgeStore(home)
        assert store.version == 0
        assert doctor.port(home, ours).ok
        store.close()
    assert doctor.port(home, ours).ok


def test_the_shipped_encoder_is_the_released_one() -> None:
    assert broken_files() == []


def test_another_encoder_file_is_found(tmp_path: Path) -> None:
    (tmp_path / SUMS).write_text(f"{'0' * 64}  model.onnx\n{'1' * 64}  tokenizer.json\n")
    (tmp_path / "model.onnx").write_bytes(b"other")
    assert broken_files(tmp_path) == ["model.onnx", "tokenizer.json"]


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
def test_the_command_tells_all_troubles_at_once(bundled_home: Path, home: Path) -> None:
    shutil.copytree(bundled_home, home, dirs_exist_ok=True)
    home.chmod(0o700)
    Switch(home, "").pause()
    shutil.rmtree(home / "index")
    (home / "cchc.env").write_text("CCHC_TELEGRAM_TOKEN=sai\n", encoding="utf-8")
    (home / "cchc.env").chmod(0o600)
    done = CliRunner().invoke(cli, ["--home", str(home), "doctor", "--json"], standalone_mode=False)
    found = {finding["subject"]: finding for finding in json.loads(done.stdout)}
    assert done.return_value == 1
    wrong = {name for name, finding in found.items() if not finding["ok"]}
    assert {"paused", "environment"} <= wrong
    assert wrong <= {"paused", "environment", "time_zone", "disk", "port"}
    assert {"python", "rights", "encoder", "config", "store", "index"} <= set(found)


def test_a_home_that_is_not_there_is_not_made_by_looking(home: Path) -> None:
    missing = home / "none"
    done = CliRunner().invoke(cli, ["--home", str(missing), "doctor"], standalone_mode=False)
    assert "cchc init" in done.stdout
    assert not missing.exists()
    assert not (missing / FILE).exists()

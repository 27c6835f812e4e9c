"""Backup and restoring: everything comes back, nothing else does, nothing is lost on the way."""

from __future__ import annotations

import gzip
import io
import json
import re
import sqlite3
import tarfile
import threading
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.cli import run
from bot.inbox import Delivery, Inbox
from bot.operations import restoring
from bot.operations.backup import write_backup
from bot.operations.copying import in_use
from bot.operations.errors import OperationError
from bot.operations.restoring import check_backup, restore
from bot.pseudonyms import Pseudonyms
from config.office import VIETNAM
from knowledge.store import FILE, KnowledgeStore

ENV = "CCHC_TELEGRAM_TOKEN=123456:bi-mat\n"


@pytest.fixture
def full(home: Path) -> Path:
    """Return a home with a delivery, a secret, a configuration and a token."""
    store = KnowledgeStore(home)
    Inbox(store.db).accept("telegram", Delivery("1", "một"))
    store.close()
    Pseudonyms.load(home)
    (home / "config" / "everyday").mkdir(parents=True)
    (home / "config" / "settings.toml").write_text('[office]\nname = "Sở"\n', encoding="utf-8")
    (home / "config" / "everyday" / "riêng.toml").write_text("# từ\n", encoding="utf-8")
    (home / "index").mkdir()
    (home / "index" / "CURRENT").write_text("x", encoding="utf-8")
    (home / "cchc.env").write_text(ENV, encoding="utf-8")
    return home


def deliveries(home: Path) -> list[str]:
    with closing(sqlite3.connect(home / FILE)) as db:
        return [str(row[0]) for row in db.execute("SELECT id FROM deliveries ORDER BY id")]


def test_everything_comes_back_in_another_place(full: Path, tmp_path: Path) -> None:
    made = write_backup(full, tmp_path / "a.tar.gz")
    assert made.path.stat().st_mode & 0o777 == 0o600
    there = tmp_path / "there"
    restore(made.path, there)
    assert deliveries(there) == ["1"]
    assert Pseudonyms.load(there).of("a:1") == Pseudonyms.load(full).of("a:1")
    assert (there / "config" / "everyday" / "riêng.toml").read_text("utf-8") == "# từ\n"
    assert sorted(path.name for path in there.iterdir()) == ["config", "secret.key", FILE]
    assert (there / FILE).stat().st_mode & 0o777 == 0o600
    assert there.stat().st_mode & 0o777 == 0o700
    KnowledgeStore(there).close()


def test_in_a_folder_a_backup_is_called_by_the_time_in_vietnam(full: Path, tmp_path: Path) -> None:
    before = datetime.now(VIETNAM).replace(microsecond=0)
    name = write_backup(full, tmp_path).path.name
    written = datetime.strptime(name, "cchc-%Y%m%d-%H%M%S.tar.gz").replace(tzinfo=VIETNAM)
    assert before <= written <= datetime.now(VIETNAM)


def test_no_token_is_in_a_backup(full: Path, tmp_path: Path) -> None:
    made = write_backup(full, tmp_path / "a.tar.gz")
    assert b"bi-mat" not in gzip.decompress(made.path.read_bytes())


def test_what_is_written_meanwhile_harms_no_backup(full: Path, tmp_path: Path) -> None:
    stop, written = threading.Event(), []

    def write() -> None:
        with closing(sqlite3.connect(full / FILE, timeout=30)) as db:
            while not stop.is_set():
                number = str(len(written) + 2).zfill(6)
                with db:
                    row = ["telegram", number, "x" * 500, "2026-05-04T00:00:00+00:00"]
                    db.execute("INSERT INTO deliveries VALUES (?, ?, ?, ?)", row)
                written.append(number)

    writing = threading.Thread(target=write)
    writing.start()
    try:
        for number in range(3):
            before = list(written)
            made = write_backup(full, tmp_path / f"{number}.tar.gz")
            restore(made.path, tmp_path / f"home-{number}")
            assert set(before) <= set(deliveries(tmp_path / f"home-{number}"))
    finally:
        stop.set()
        writing.join()
    assert not list(tmp_path.glob(".*"))


def test_a_home_with_data_is_not_replaced_unasked(full: Path, tmp_path: Path) -> None:
    made = write_backup(full, tmp_path / "a.tar.gz")
    with pytest.raises(OperationError, match="--replace"):
        restore(made.path, full)


@pytest.mark.parametrize("at_once", [True, False])
def test_a_replaced_home_is_kept_and_its_tokens_go_on(
    full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: bool
) -> None:
    made = write_backup(full, tmp_path / "a.tar.gz")
    with closing(sqlite3.connect(full / FILE)) as db, db:
        db.execute("DELETE FROM deliveries")
    if not at_once:
        monkeypatch.setattr(restoring, "_exchanged", lambda one, other: False)
    done = restore(made.path, full, replace=True)
    assert deliveries(full) == ["1"]
    assert (full / "cchc.env").read_text("utf-8") == ENV
    assert done.before is not None
    assert deliveries(done.before) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "a.tar.gz",
        "home",
        done.before.name,
    ]


def test_a_home_in_use_is_left_alone(full: Path, tmp_path: Path) -> None:
    made = write_backup(full, tmp_path / "a.tar.gz")
    store = KnowledgeStore(full)
    assert store.version == 0
    assert in_use(full / FILE)
    with pytest.raises(OperationError, match="đang được dùng"):
        restore(made.path, full, replace=True)
    store.close()
    assert not in_use(full / FILE)
    restore(made.path, full, replace=True)


def altered(source: Path, target: Path, members: dict[str, tarfile.TarInfo | bytes]) -> Path:
    """Write the backup `source` anew with members replaced or added, the list fitted to them."""
    with tarfile.open(source) as old:
        content: dict[str, Any] = {}
        for member in old.getmembers():
            file = old.extractfile(member)
            assert file is not None
            content[member.name] = file.read()
    manifest = json.loads(content.pop("manifest.json"))
    content.update(members)
    manifest["files"].update({name: "0" * 64 for name in members if name not in content})
    with tarfile.open(target, "w:gz") as new:
        listed = {
            **manifest["files"],
            **{name: manifest["files"].get(name, "") for name in members},
        }
        said = json.dumps({**manifest, "files": listed}).encode()
        for name, value in {"manifest.json": said, **content}.items():
            if isinstance(value, tarfile.TarInfo):
                new.addfile(value)
            else:
                info = tarfile.TarInfo(name)
                info.size = len(value)
                new.addfile(info, io.BytesIO(value))
    return target


def link(name: str) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = tarfile.SYMTYPE, "/etc"
    return info


@pytest.mark.parametrize(
    "members",
    [
        {"../evil": b"x"},
        {"config/../../evil": b"x"},
        {"/tmp/evil": b"x"},
        {"config\\..\\evil": b"x"},
        {"cchc.env": b"x"},
        {"config/link": link("config/link")},
        {"config/settings.toml": b"changed"},
        {FILE: b"no database"},
        {"secret.key": b"another"},
    ],
    ids=lambda members: next(iter(members)),
)
def test_what_no_backup_may_hold_is_refused(
    full: Path, tmp_path: Path, members: dict[str, tarfile.TarInfo | bytes]
) -> None:
    made = write_backup(full, tmp_path / "a.tar.gz")
    evil = altered(made.path, tmp_path / "evil.tar.gz", members)
    target = tmp_path / "deep" / "target"
    with pytest.raises(OperationError):
        restore(evil, target)
    assert not target.exists()
    assert not list(tmp_path.rglob("evil"))
    assert not Path("/tmp/evil").exists()


def test_every_shortened_backup_is_refused(full: Path, tmp_path: Path) -> None:
    made = write_backup(full, tmp_path / "a.tar.gz").path.read_bytes()
    short = tmp_path / "short.tar.gz"
    for number, end in enumerate([0, 1, 20, len(made) // 3, len(made) // 2, len(made) - 200]):
        short.write_bytes(made[:end])
        folder = tmp_path / f"unpacked-{number}"
        folder.mkdir()
        with pytest.raises(OperationError):
            check_backup(short, folder)


def test_a_broken_database_is_not_backed_up_over_the_good_one(full: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.tar.gz"
    good = write_backup(full, target).path.read_bytes()
    for log in full.glob(f"{FILE}-*"):
        log.unlink()
    data = bytearray((full / FILE).read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    (full / FILE).write_bytes(bytes(data))
    with pytest.raises((OperationError, sqlite3.DatabaseError)):
        write_backup(full, target)
    assert target.read_bytes() == good
    assert not list(tmp_path.glob(".*"))


def test_the_commands_say_what_they_did(
    full: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = str(tmp_path / "a.tar.gz")
    assert run(["--home", str(full), "backup", file]) == 0
    assert run(["restore", file, "--check"]) == 0
    assert run(["--home", str(full), "restore", file]) == 2
    assert run(["--home", str(tmp_path / "none"), "backup", file]) == 2
    out, err = capfd.readouterr()
    assert "Đã sao lưu" in out
    assert "nguyên vẹn" in out
    assert re.search(r"lập lúc \d{1,2}:\d\d \d{1,2}/\d{1,2}/\d{4}\.", out)
    assert "--replace" in err
    assert "chưa có dữ liệu" in err

"""What goes wrong in practice, through the real program: one sentence, a status, nothing lost."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from bot.application import Application
from bot.message import Message
from index import build
from knowledge.readers.legacy_tables import TCVN3
from knowledge.store import FILE, KnowledgeStore
from tests.bot.program import AS_NOBODY, ROOT, copied, ran, started, write_plans
from tests.knowledge.readers.files import packed, pdf

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
GOOD = "Kế hoạch nuôi ong lấy mật của hợp tác xã\nHợp tác xã nuôi 4321 đàn ong.\n"
OLD_FONT = "Ủy ban nhân dân xã tiếp nhận hồ sơ của công dân, trả kết quả đúng hẹn ở bộ phận một cửa"
GARBLED = "Cá»\x99ng hÃ²a xÃ£ há»\x99i chá»§ nghÄ©a "

BAD_FILES = {
    "trong.txt": (b"", "trống"),
    "nhi-phan.txt": (bytes(range(256)) * 8, "nhị phân"),
    "khoa.pdf": (pdf([["Kế hoạch"]], encrypted=True), "đặt mật khẩu"),
    "quet.pdf": (pdf([[], [], []]), "OCR"),
    "hong.pdf": (b"%PDF-1.7\n" + b"x" * 99, "PDF bị hỏng"),
    "khoa.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "đặt mật khẩu"),
    "that-ra-la-chu.docx": (GOOD.encode(), "Word bị hỏng"),
    "hong.docx": (packed({"word/document.xml": b"<w:document/>"})[:-40], "Word bị hỏng"),
    "anh.txt": (b"\x89PNG\r\n\x1a\n" + bytes(64), "Không nhận ra loại tệp"),
    "to.txt": (b"ong " * 300_000, "quá lớn"),
    "bang-ma.txt": ("été déjà très naïf où ça français".encode("latin-1"), "UTF-8"),
    "phong-chu.txt": ((GARBLED * 3).encode(), "Unikey"),
}


@pytest.fixture
def own(bundled_home: Path, home: Path) -> Path:
    copied(bundled_home, home)
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text("[files]\nmax_mb = 1\n", encoding="utf-8")
    return home


def in_step(home: Path) -> bool:
    """Say whether the index was made from the documents as they are."""
    with closing(KnowledgeStore(home)) as store:
        index = build.load(home)
        return index is not None and index.version == store.version and not store.check()


def stored(home: Path) -> set[str]:
    with closing(sqlite3.connect(home / FILE)) as db:
        return {row[0] for row in db.execute("SELECT id FROM documents")}


def test_bad_files_are_named_with_their_reasons_and_all_others_added(
    own: Path, tmp_path: Path
) -> None:
    for name, (content, _) in BAD_FILES.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "tot.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "co.txt").write_bytes(
        "".join(
            {new: old for old, new in TCVN3.items()}.get(c, c) for c in OLD_FONT.lower()
        ).encode("latin-1")
    )
    names = [*BAD_FILES, "khong-co.txt", "tot.txt", "co.txt"]
    status, out, err = ran(own, "add", "--json", *(str(tmp_path / name) for name in names))
    report = json.loads(out)
    assert status == 1
    assert {item["document"] for item in report["added"]} == {"tot", "co"}
    reasons = {Path(item["file"]).name: item["reason"] for item in report["rejected"]}
    assert set(reasons) == {*BAD_FILES, "khong-co.txt"}
    for name, (_, words) in BAD_FILES.items():
        assert words in reasons[name]
        assert reasons[name].count(".") >= 1
        assert "\n" not in reasons[name]
    assert "Traceback" not in err
    assert {"tot", "co"} <= stored(own)
    assert in_step(own)
    status, out, _ = ran(own, "ask", "--json", "hợp tác xã nuôi bao nhiêu đàn ong lấy mật")
    assert status == 0
    assert "4321 đàn ong" in json.loads(out)["quotes"][0]["text"]


def test_a_file_in_a_closed_folder_does_not_keep_the_others_out(tmp_path: Path) -> None:
    closed = tmp_path / "kin"
    closed.mkdir(0o700)
    names = (str(closed / "kin.txt"), str(tmp_path / "tot.txt"))
    script = (
        "import os, sys; from pathlib import Path; from bot.commands.add import expand;"
        " os.geteuid() or os.setuid(65534); print(*expand(tuple(sys.argv[1:]))[0], sep='\\n')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *names], cwd=ROOT, capture_output=True, text=True
    )
    assert done.stdout.splitlines() == list(names), done.stderr


def test_bad_questions_are_refused_one_by_one_and_the_others_answered(own: Path) -> None:
    good = "Nghị định 118/2025 thay nghị định nào?"
    lines = ["", "🙏🙏", "a" * 10_000, "\x00\x07", "\u200b\u202e", good, f"\u200b{good}\x00"]
    given = "\n".join(lines).encode() + b"\n\xff\xfe\n"
    status, out, err = ran(own, "ask", "--json", "--file", "-", given=given)
    replies = [json.loads(line) for line in out.split("\n") if line]
    assert (status, err) == (0, "")
    assert [reply["status"] for reply in replies] == [
        *["refused"] * 5,
        *["answered"] * 2,
        "refused",
    ]
    for reply, words in zip(
        replies,
        ["chưa nhập", "bằng lời", "quá 1.000 ký tự", "chưa nhập", "chưa nhập"],
        strict=False,
    ):
        assert words in reply["text"]
        assert "\n" not in reply["text"]


@pytest.fixture
def foreign() -> Iterator[Path]:
    """A folder that the user of the program can see and not write."""
    if os.geteuid() == 0 and not all(p.stat().st_mode & 0o001 for p in (ROOT, *ROOT.parents)):
        pytest.skip("run by root from a folder that nobody else may enter")
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o555)
    yield folder
    for path in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        path.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="this system keeps other permissions")
@pytest.mark.parametrize("below", ["", "moi"])
def test_a_home_that_cannot_be_written_is_one_sentence(foreign: Path, below: str) -> None:
    status, out, err = ran(foreign / below, "ask", "PCI là gì", script=AS_NOBODY)
    assert err.startswith("Lỗi: Không ghi được vào thư mục dữ liệu")
    assert len(err.splitlines()) == 1
    assert (status, out) == (2, "")


def test_a_home_that_became_read_only_is_one_sentence(own: Path, foreign: Path) -> None:
    foreign.chmod(0o755)
    copied(own, foreign)
    for path in (*foreign.rglob("*"), foreign):
        path.chmod(0o555 if path.is_dir() else 0o444)
    status, _, err = ran(foreign, "add", __file__, script=AS_NOBODY)
    assert err.startswith("Lỗi: Không ghi được vào thư mục dữ liệu")
    assert len(err.splitlines()) == 1
    assert status == 2


def test_a_home_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "tep"
    file.write_text("chữ", encoding="utf-8")
    status, out, err = ran(file, "ask", "PCI là gì")
    assert (status, out) == (2, "")
    assert err.startswith("Lỗi: Không ghi được vào thư mục dữ liệu")
    assert len(err.splitlines()) == 1
    assert file.read_text(encoding="utf-8") == "chữ"


def test_a_broken_store_asks_for_the_backup(home: Path) -> None:
    (home / FILE).write_bytes(b"no database" * 999)
    status, _, err = ran(home, "ask", "PCI là gì")
    assert status == 2
    assert "bản sao lưu" in err
    assert len(err.splitlines()) == 1
    status, out, _ = ran(home, "check")
    assert status == 1
    assert "bản sao lưu" in out


def test_a_broken_index_is_made_anew(own: Path) -> None:
    folder = own / build.FOLDER / str(build.current(own))
    for path in folder.rglob("*.*"):
        path.write_bytes(b"x")
    status, out, err = ran(own, "ask", "Nghị định 118/2025 thay nghị định nào?")
    assert (status, err) == (0, "")
    assert "61/2018/NĐ-CP" in out
    assert in_step(own)


def test_two_processes_that_add_at_once_both_succeed(own: Path, tmp_path: Path) -> None:
    halves = [write_plans(tmp_path / name, 12) for name in ("mot", "hai")]
    for path in halves[1]:
        path.rename(path.with_name(f"hai-{path.name}"))
    texts = {p.stem: p for p in (*(tmp_path / "mot").iterdir(), *(tmp_path / "hai").iterdir())}
    for name, path in texts.items():
        path.write_text(f"{path.read_text(encoding='utf-8')}Bản {name}.\n", encoding="utf-8")
    with (
        started(own, "add", "--json", str(tmp_path / "mot")) as first,
        started(own, "add", "--json", str(tmp_path / "hai")) as second,
    ):
        ended = [process.communicate(timeout=60) for process in (first, second)]
    assert [first.returncode, second.returncode] == [0, 0], ended
    assert [len(json.loads(out)["added"]) for out, _ in ended] == [12, 12]
    assert set(texts) <= stored(own)
    assert in_step(own)


def test_a_killed_add_goes_on_where_it_stopped(own: Path, tmp_path: Path) -> None:
    before = stored(own)
    paths = write_plans(tmp_path / "tep", 400)
    with started(own, "add", *map(str, paths)) as running:
        deadline = time.monotonic() + 40
        while len(stored(own)) < len(before) + 3 and time.monotonic() < deadline:
            if running.poll() is not None:
                break
            time.sleep(0.02)
        os.kill(running.pid, signal.SIGKILL)
        running.communicate()
    kept = stored(own)
    assert len(kept) >= len(before) + 3
    some = [path for path in paths if path.stem in kept][:3]
    rest = [path for path in paths if path.stem not in kept][:9]
    status, out, _ = ran(own, "add", "--json", *map(str, [*some, *rest]))
    report = json.loads(out)
    assert status == 0
    assert len(report["unchanged"]) == len(some)
    assert len(report["added"]) == len(rest)
    assert kept | {path.stem for path in rest} == stored(own)
    assert in_step(own)


@pytest.mark.parametrize(
    "text", ["9" * 5000, "/nhactoi thôi " + "9" * 20, "/nhactoi thôi " + "9" * 5000]
)
def test_numbers_beyond_all_lists_are_words_like_others(
    bundled_home: Path, home: Path, text: str
) -> None:
    application = Application.open(copied(bundled_home, home))
    for _ in range(2):
        assert application.reply(Message("telegram:1", text, date(2026, 5, 4))).text
    application.close()

"""Files with traps: each ends in one sentence, in a process of its own, and leaves nothing."""

from __future__ import annotations

import gzip
import tempfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.zalo.files import is_of_host
from bot.keeping import reading
from bot.keeping.reading import LONGEST_NAME, read_named, read_sent, safe_name
from knowledge.readers import errors
from tests.knowledge.readers.files import WORD, packed, pdf, pdf_of

MB = 1_000_000
WORDS = "<w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body>"
TEXT = f'<w:document xmlns:w="{WORD}">{WORDS}</w:document>'
OUTSIDE = f'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>{TEXT}'
LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a "haha haha haha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise("abcdefghx"))
    + f"]>{TEXT}"
)
TRAPS = {
    "bom.docx": packed({"word/document.xml": b"<w>" + b"0" * (300 * MB)}),
    "bom.jsonl.gz": gzip.compress(b"0" * (300 * MB)),
    "thuc-the.docx": packed({"word/document.xml": OUTSIDE.encode()}),
    "cuoi.docx": packed({"word/document.xml": LAUGHS.encode()}),
    "macro.docm": packed({"word/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 100}),
    "chuong-trinh.pdf": b"MZ\x90\x00" + bytes(range(256)) * 40,
    "khoa.pdf": pdf([["Bí mật"]], encrypted=True),
    "quet.pdf": pdf_of([""] * 3),
    "dai.pdf": pdf_of([""] * 10_000),
    "long.json": b"[" * 100_000,
    "rong.txt": b"",
    "anh.docx": b"\x89PNG\r\n\x1a\n" + bytes(2000),
}


@pytest.mark.parametrize("name", TRAPS)
def test_a_trap_ends_in_one_sentence(name: str) -> None:
    read = read_sent(name, TRAPS[name], 50 * MB)
    assert read.reading == ""
    assert "root:" not in read.refusal
    assert read.refusal.endswith(".")
    assert "\n" not in read.refusal


def test_a_file_that_is_too_large_is_not_written_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "ReaderProcess", None)  # what would read it
    assert "quá lớn" in read_sent("lon.txt", b"x" * 1001, 1000).refusal


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SECONDS", 0.0)
    assert read_sent("cham.txt", b"Trang" * 100, MB).refusal in (errors.TOO_SLOW, errors.TOO_HEAVY)


def test_nothing_of_a_file_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    assert read_sent("../../ke-hoach.txt", "Kế hoạch nuôi ong lấy mật.".encode(), MB).reading
    assert read_sent("bom.docx", TRAPS["bom.docx"], 50 * MB).refusal
    assert list(folder.iterdir()) == []


def test_a_name_on_this_machine_is_read_or_said(tmp_path: Path) -> None:
    path = tmp_path / "ke-hoach.txt"
    path.write_text("Kế hoạch nuôi ong lấy mật.", encoding="utf-8")
    assert read_named(path, MB).reading
    assert read_named(tmp_path, MB).refusal == errors.MISSING
    assert "quá lớn" in read_named(path, 3).refusal


@given(st.text(max_size=400))
def test_every_name_becomes_one_that_can_be_a_file(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert "/" not in safe
    assert "\\" not in safe
    assert safe.strip(". ")
    assert len(safe.encode()) < 255
    assert len(safe) <= LONGEST_NAME + 11


@pytest.mark.parametrize(
    ("url", "ours"),
    [
        ("https://f1.example.vn/a.pdf", True),
        ("https://example.vn/a.pdf", True),
        ("http://f1.example.vn/a.pdf", False),
        ("https://f1.example.vn.evil.com/a.pdf", False),
        ("https://evilexample.vn/a.pdf", False),
        ("https://f1.example.vn@evil.com/a.pdf", False),
        ("https://evil.com#.example.vn", False),
        ("https://evil.com\\.example.vn", False),
        ("https://f1.example.vn:8443/a.pdf", False),
        ("https://[::1]/a.pdf", False),
        ("https://[bad/a.pdf", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_only_hosts_of_the_messenger_are_asked(url: str, ours: bool) -> None:
    assert is_of_host(url, ("example.vn",)) is ours
    assert is_of_host(url, ()) is False

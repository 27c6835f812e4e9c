"""Every file that cannot be read gives one clear sentence, and never another exception."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import tarfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.readers import SUPPORTED, ReadError, read_file

from .files import LIMIT, packed, pdf

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
BODY = b"<w:document/>"


def refused(path: Path, content: bytes | None = None, limit: int = LIMIT) -> str:
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ReadError) as caught:
        read_file(path, limit)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "; hãy " in sentence
    return sentence


def a_tar() -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:gz") as archive:
        archive.addfile(tarfile.TarInfo("rong.txt"))
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("rong.txt", b"", "trống hoặc không có chữ"),
        ("trang.txt", b" \r\n\t\n ", "trống hoặc không có chữ"),
        ("dau.txt", "… — 12/3 …\n".encode(), "trống hoặc không có chữ"),
        ("bom.txt", b"\xef\xbb\xbf", "trống hoặc không có chữ"),
        ("rong.html", b"<html><body></body></html>", "trống hoặc không có chữ"),
        ("rong.md", b"---\nnumber: 1/KH\n---\n", "trống hoặc không có chữ"),
        ("rong.jsonl.gz", gzip.compress(b""), "trống hoặc không có chữ"),
        ("nhi-phan.txt", bytes(range(256)) * 8, "nhị phân"),
        ("anh.txt", b"\x89PNG\r\n\x1a\n" + bytes(64), "Không nhận ra loại tệp"),
        ("bang.xlsx", packed({"xl/workbook.xml": BODY}), "Không nhận ra loại tệp"),
        ("la.xyz", "Kế hoạch cải cách hành chính".encode(), "Không nhận ra loại tệp"),
        ("chu.rtf", rb"{\rtf1 Ke hoach}", "Không nhận ra loại tệp"),
        ("cu.doc", OLE + "WordDocument".encode("utf-16-le"), "Word kiểu cũ"),
        ("khoa.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "Word được đặt mật khẩu"),
        ("hong.docx", packed({"word/document.xml": BODY})[:-40], "Word bị hỏng"),
        ("la.docx", packed({"word/document.xml": BODY}), "Word bị hỏng"),
        ("chu.docx", "Đây chỉ là chữ".encode(), "Word bị hỏng"),
        ("khoa.pdf", pdf([["Kế hoạch"]], encrypted=True), "PDF được đặt mật khẩu"),
        ("hong.pdf", b"%PDF-1.7\n" + b"x" * 99, "PDF bị hỏng"),
        ("chu.pdf", "Đây chỉ là chữ".encode(), "PDF bị hỏng"),
        ("quet.pdf", pdf([[], [], []]), "OCR"),
        ("ky.pdf", pdf([["Người ký: Văn phòng"], [], [], []]), "OCR"),
        ("sai.json", b'{"ma_thu_tuc": ', "JSON sai cú pháp"),
        ("sau.json", b"[" * 200_000 + b"true", "JSON sai cú pháp"),
        ("la.json", b'[{"name": "x"}, 7]', "JSON không đúng dạng"),
        ("la.jsonl", b'{"name": "x"}\n{"name": "y"}\n', "JSON không đúng dạng"),
        ("sai.jsonl", b"mot dong\nhai dong\n", "Dòng không phải JSON"),
        ("hong.jsonl.gz", gzip.compress(b'{"id": 1}\n' * 999)[:-9], ".gz bị hỏng"),
        ("la.jsonl.gz", gzip.compress("Đây chỉ là chữ".encode("utf-16")), "bảng mã"),
        ("la.tar.gz", a_tar(), "JSON"),
        ("phap.txt", "été déjà très naïf où ça français".encode("latin-1"), "UTF-8"),
        ("cut.txt", b"\xff\xfea", "UTF-8"),
        ("loi.txt", ("Cá»\x99ng hÃ²a xÃ£ há»\x99i chá»§ nghÄ©a " * 3).encode(), "Unikey"),
    ],
    ids=lambda value: "…" if isinstance(value, bytes) else None,
)
def test_each_kind_of_bad_file_has_its_sentence(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    assert words in refused(tmp_path / name, content)


def test_missing_file(tmp_path: Path) -> None:
    assert "Không tìm thấy tệp" in refused(tmp_path / "khong-co.txt")


def test_directory(tmp_path: Path) -> None:
    assert "thư mục" in refused(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ong.txt")
    assert "không phải tệp thông thường" in refused(tmp_path / "ong.txt")


def test_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(_: Path) -> bytes:
        raise PermissionError

    # Tests may run as root, whom no permission stops.
    monkeypatch.setattr(Path, "read_bytes", deny)
    assert "quyền đọc" in refused(tmp_path / "cam.txt", b"a")


def test_path_that_no_file_can_have() -> None:
    assert "Không mở được" in refused(Path("a\0b"))
    assert "Không mở được" in refused(Path("a" * 5000))


@pytest.mark.parametrize(("limit", "shown"), [(1_000_000, "1 MB"), (500_000, "0,5 MB")])
def test_large_file_names_the_limit(tmp_path: Path, limit: int, shown: str) -> None:
    sentence = refused(tmp_path / "lon.txt", b"a" * (limit + 1), limit)
    assert "quá lớn" in sentence
    assert f"tối đa {shown}" in sentence


def test_archive_that_unpacks_to_far_too_much(tmp_path: Path) -> None:
    bomb = packed({"word/document.xml": b"<w:document>" + b" " * 500_000})
    assert "bung ra quá lớn" in refused(tmp_path / "bom.docx", bomb, 10_000)
    rows = gzip.compress(b'{"id": "1", "text": "mot"}\n' + b" " * 500_000)
    assert "bung ra quá lớn" in refused(tmp_path / "bom.jsonl.gz", rows, 10_000)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    head=st.sampled_from(
        [b"", b"%PDF-1.4\n", b"PK\x03\x04", b"\x1f\x8b\x08", b"<html>", b"{", b"---\n"]
    ),
    rest=st.binary(max_size=200),
    suffix=st.sampled_from([*sorted(SUPPORTED), ""]),
)
def test_no_content_raises_anything_else(
    tmp_path: Path, head: bytes, rest: bytes, suffix: str
) -> None:
    path = tmp_path / f"tep{suffix}"
    path.write_bytes(head + rest)
    documents = []
    with contextlib.suppress(ReadError):
        documents = read_file(path, LIMIT).documents
    assert all(block.text.strip() for document in documents for block in document.blocks)

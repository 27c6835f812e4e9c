"""Files read in another process: the same result, and limits that hold."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.document import Block, BlockKind, RawDocument
from knowledge.readers import errors, read_file
from knowledge.readers.apart import ReaderProcess
from knowledge.readers.errors import ReadError
from knowledge.readers.result import ReadResult
from knowledge.readers.wire import dump, load
from tests.knowledge.readers.files import LIMIT, packed, pdf
from tests.made import vietnamese

PAGE = "---\nnumber: 1/KH-UBND\n---\n# Kế hoạch\n\n- Năm 2023: 80%\n"
RECORDS = "".join(
    f'{{"id": "{name}", "title": "Nuôi ong", "text": "Nội dung đầy đủ."}}\nhỏng\n' for name in "ab"
)


def test_one_process_reads_what_reading_here_gives(tmp_path: Path) -> None:
    (tmp_path / "kế hoạch.md").write_text(PAGE, encoding="utf-8")
    (tmp_path / "thu-tuc.jsonl").write_text(RECORDS, encoding="utf-8")
    (tmp_path / "tệp.pdf").write_bytes(pdf([["Kế hoạch cải cách hành chính của tỉnh"]]))
    with ReaderProcess() as reader:
        for path in sorted(path for path in tmp_path.iterdir() if path.is_file()):
            assert reader.read(path, LIMIT) == read_file(path, LIMIT)
        with pytest.raises(ReadError, match="Không tìm thấy"):
            reader.read(tmp_path / "none.txt", LIMIT)
        # An error ends nothing.
        assert reader.read(tmp_path / "kế hoạch.md", LIMIT).documents


def test_a_file_that_takes_too_long_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lớn.txt"
    path.write_text("Kế hoạch cải cách hành chính\n" * 400_000, encoding="utf-8")
    with ReaderProcess(seconds=0.05) as reader, pytest.raises(ReadError) as refused:
        reader.read(path, 50_000_000)
    assert str(refused.value) == errors.TOO_SLOW


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory as Linux has them")
def test_a_file_that_takes_too_much_memory_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    heavy, light = tmp_path / "nặng.txt", tmp_path / "nhẹ.txt"
    heavy.write_text("Kế hoạch\n" * 4_000_000, encoding="utf-8")
    light.write_text("Kế hoạch nuôi ong\n", encoding="utf-8")
    with ReaderProcess(memory=250_000_000) as reader:
        with pytest.raises(ReadError) as refused:
            reader.read(heavy, 100_000_000)
        assert reader.read(light, LIMIT).documents
    assert str(refused.value) == errors.TOO_HEAVY


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks into /proc")
def test_the_process_knows_no_secrets_and_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CCHC_TELEGRAM_TOKEN", "bi-mat-cua-bot")
    path = tmp_path / "a.txt"
    path.write_text("Kế hoạch nuôi ong", encoding="utf-8")
    with ReaderProcess() as reader:
        reader.read(path, LIMIT)
        assert reader._process is not None
        process = reader._process.pid
        assert b"bi-mat-cua-bot" not in Path(f"/proc/{process}/environ").read_bytes()
    assert not Path(f"/proc/{process}").exists()


def test_an_external_entity_brings_no_file(tmp_path: Path) -> None:
    (tmp_path / "bi-mat.txt").write_text("MAT-KHAU-CUA-MAY", encoding="utf-8")
    from docx import Document

    document = Document()
    document.add_paragraph("Kế hoạch cải cách hành chính MARK của tỉnh")
    document.save(str(tmp_path / "a.docx"))
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.docx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = parts["word/document.xml"]
    declaration, _, rest = body.partition(b"?>")
    entity = f'<!DOCTYPE x [<!ENTITY out SYSTEM "file://{tmp_path}/bi-mat.txt">]>'.encode()
    parts["word/document.xml"] = declaration + b"?>" + entity + rest.replace(b"MARK", b"&out;")
    (tmp_path / "b.docx").write_bytes(packed(parts))
    with ReaderProcess() as reader:
        try:
            said = str(reader.read(tmp_path / "b.docx", LIMIT))
        except (ReadError, RuntimeError):
            said = ""
    assert "MAT-KHAU" not in said


_blocks = st.builds(Block, vietnamese, st.sampled_from(list(BlockKind)), st.integers(0, 9))
_documents = st.builds(
    RawDocument,
    vietnamese,
    vietnamese,
    st.lists(_blocks, max_size=3).map(tuple),
    st.none() | vietnamese,
    st.dictionaries(vietnamese, vietnamese, max_size=2),
)


@given(st.lists(_documents, max_size=3), st.lists(st.tuples(vietnamese, vietnamese), max_size=2))
def test_what_is_said_arrives_as_it_was(
    documents: list[RawDocument], left: list[tuple[str, str]]
) -> None:
    result = ReadResult(documents, left)
    line = dump(result)
    assert line.isascii()
    assert "\n" not in line
    assert load(line) == result

"""Files of records: texts and procedures side by side, bad ones refused alone."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from knowledge.readers import ReadError, ReadResult, read_file

from .files import LIMIT

PROCEDURE = {"ma_thu_tuc": "9.000001", "ten_thu_tuc": "Cấp thẻ", "co_quan_thuc_hien": "UBND xã"}
TEXT = {"id": "a1", "title": "Tin  của xã", "text": "Dòng một.\n\nDòng hai.\nLượt xem: 5 | Bản in"}


def read(path: Path, *records: Any) -> ReadResult:
    lines = (r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in records)
    content = "\n".join(lines).encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return read_file(path, LIMIT)


@pytest.mark.parametrize("name", ["hai.jsonl", "hai.jsonl.gz", "hai.json"])
def test_lines_of_records(tmp_path: Path, name: str) -> None:
    result = read(tmp_path / name, PROCEDURE, TEXT)
    assert [document.key for document in result.documents] == ["9.000001", "a1"]
    assert result.rejected == []


def test_text_row(tmp_path: Path) -> None:
    row = TEXT | {"url": "https://vi.du/1", "number": "5/KH-UBND", "kind": "news", "year": 2024}
    document = read(tmp_path / "tin.jsonl", row).documents[0]
    assert [block.text for block in document.blocks] == ["Dòng một.", "Dòng hai."]
    assert document.title == "Tin của xã"
    assert document.source == "https://vi.du/1"
    assert document.front_matter == {"url": "https://vi.du/1", "number": "5/KH-UBND"}


def test_official_kind_of_a_text_row_stays(tmp_path: Path) -> None:
    document = read(tmp_path / "tin.jsonl", TEXT | {"kind": "Kế hoạch"}).documents[0]
    assert document.front_matter == {"kind": "Kế hoạch"}


def test_row_without_id_is_named_by_its_place(tmp_path: Path) -> None:
    document = read(tmp_path / "tin.jsonl", "", {"text": "Một câu."}).documents[0]
    assert (document.key, document.source, document.title) == ("tin dòng 2", "tin.jsonl", None)


def test_bad_lines_are_refused_alone_and_say_where(tmp_path: Path) -> None:
    result = read(
        tmp_path / "b.jsonl", TEXT, "{hỏng", "", '"chuỗi"', TEXT | {"text": " "}, {"id": "x"},
        {"ma_thu_tuc": "9.1"}, {"ma_thu_tuc": "9.2", "ten_thu_tuc": "Chỉ có tên"}, PROCEDURE,
    )  # fmt: skip
    assert [document.key for document in result.documents] == ["a1", "9.000001"]
    assert [label for label, _ in result.rejected] == [
        f"b.jsonl dòng {n}" for n in (2, 4, 5, 6, 7, 8)
    ]
    reasons = [reason for _, reason in result.rejected]
    assert "Dòng không phải JSON" in reasons[0]
    assert all("JSON không đúng dạng" in reasons[i] for i in (1, 3, 4))
    assert all("không có nội dung chữ" in reasons[i] for i in (2, 5))


def test_list_in_a_json_file_numbers_its_entries(tmp_path: Path) -> None:
    path = tmp_path / "ds.json"
    path.write_text(json.dumps([PROCEDURE, 5, TEXT], ensure_ascii=False), encoding="utf-8")
    result = read_file(path, LIMIT)
    assert len(result.documents) == 2
    assert [label for label, _ in result.rejected] == ["ds.json mục 2"]


def test_single_record_written_over_many_lines(tmp_path: Path) -> None:
    path = tmp_path / "mot.json"
    path.write_text(json.dumps(PROCEDURE, ensure_ascii=False, indent=2), encoding="utf-8-sig")
    assert read_file(path, LIMIT).documents[0].title == "Cấp thẻ"


def test_file_of_bad_records_only_is_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="không có nội dung chữ"):
        read(tmp_path / "a.jsonl", TEXT | {"text": ""}, TEXT | {"text": "…"})

"""Readers of files that hold many documents: .json, .jsonl and .jsonl.gz.

A record is a procedure of the portal or a general text; a bad one is refused alone.
"""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from knowledge.document import Block, Metadata, RawDocument
from knowledge.readers import errors
from knowledge.readers.clean import clean, clean_lines, has_words
from knowledge.readers.errors import ReadError, in_megabytes
from knowledge.readers.furniture import without_furniture
from knowledge.readers.legacy import to_unicode
from knowledge.readers.plain import key as stem
from knowledge.readers.procedures import is_procedure, read_procedure
from knowledge.readers.result import ReadResult

_MOST_UNPACKED = 20


def read_json(text: str, path: Path) -> ReadResult:
    """Read a JSON file that holds one record or a list of them.

    Raises:
        ReadError: the file is no JSON, or no record of it can be read.
    """
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReadError(errors.BROKEN_JSON) from error
    records = content if isinstance(content, list) else [content]
    return _result(((f"mục {i}", record) for i, record in enumerate(records, 1)), path)


def read_json_lines(lines: Iterable[str], path: Path) -> ReadResult:
    """Read a file with a record a line; lines that are no JSON are refused one by one.

    Raises:
        ReadError: no record of the file can be read.
    """
    return _result(_parsed(lines), path)


def unpacked_lines(data: bytes, max_bytes: int) -> Iterator[str]:
    """Yield the lines of a gzip file without ever holding it unpacked.

    Args:
        data: the packed file.
        max_bytes: size allowed for a file; it may unpack to twenty times that.

    Raises:
        ReadError: the file is broken, unpacks to too much or is not UTF-8.
    """
    left = _MOST_UNPACKED * max_bytes
    try:
        with gzip.open(io.BytesIO(data)) as unpacked:
            while line := unpacked.readline(left + 1):
                left -= len(line)
                if left < 0:
                    limit = in_megabytes(_MOST_UNPACKED * max_bytes)
                    raise ReadError(errors.ARCHIVE_BOMB.format(limit=limit))
                yield line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(errors.ENCODING) from error
    except (OSError, EOFError, zlib.error) as error:
        raise ReadError(errors.BROKEN_GZIP) from error


def _parsed(lines: Iterable[str]) -> Iterator[tuple[str, Any]]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield f"dòng {number}", json.loads(line)
            except (ValueError, RecursionError):
                yield f"dòng {number}", ReadError(errors.BROKEN_LINE)


def _result(records: Iterable[tuple[str, Any]], path: Path) -> ReadResult:
    result = ReadResult([], [])
    for place, record in records:
        try:
            result.documents.append(_read(record, place, path))
        except ReadError as error:
            result.rejected.append((f"{path.name} {place}", str(error)))
    if not result.documents and not result.rejected:
        raise ReadError(errors.EMPTY)
    if not result.documents:
        reasons = [reason for _, reason in result.rejected]
        raise ReadError(reasons[0] if len(set(reasons)) == 1 else errors.JSON_SHAPE)
    return result


def _read(record: Any, place: str, path: Path) -> RawDocument:
    if isinstance(record, ReadError):
        raise record
    if not isinstance(record, dict):
        raise ReadError(errors.JSON_SHAPE)
    if is_procedure(record):
        return read_procedure(record, path.name)
    return _read_text(record, place, path)


def _read_text(record: Mapping[str, Any], place: str, path: Path) -> RawDocument:
    text, title = record.get("text"), record.get("title")
    if not isinstance(text, str):
        raise ReadError(errors.JSON_SHAPE)
    blocks = without_furniture([Block(line) for line in clean_lines(to_unicode(text))])
    if not any(has_words(block.text) for block in blocks):
        raise ReadError(errors.NO_WORDS)
    name = clean(str(record.get("id") or "")) or f"{stem(path)} {place}"
    pairs = _front_matter(record)
    words = clean(to_unicode(title)) if isinstance(title, str) else ""
    return RawDocument(name, pairs.get("url", path.name), blocks, words or None, pairs)


def _front_matter(record: Mapping[str, Any]) -> dict[str, str]:
    pairs = {
        name: clean(str(value))
        for name, value in record.items()
        if name in Metadata.__dataclass_fields__ and isinstance(value, str | int)
    }
    # A kind in plain letters ("plan", "news") is a data set's own sorting, no official kind.
    if pairs.get("kind", "").isascii():
        pairs.pop("kind", None)
    return {name: value for name, value in pairs.items() if value}

"""Readers: a file in, its documents as blocks out."""

from __future__ import annotations

from pathlib import Path

from knowledge.document import RawDocument
from knowledge.readers import errors
from knowledge.readers.clean import has_words, split_lines
from knowledge.readers.decoding import decode, decode_page
from knowledge.readers.errors import ReadError, in_megabytes
from knowledge.readers.result import ReadResult
from knowledge.readers.sniff import SUPPORTED, Format, binary_format, broken_for, text_format

__all__ = ["SUPPORTED", "ReadError", "ReadResult", "read_file"]

_MARKUP_WITHIN = 1024


def read_file(path: Path, max_bytes: int) -> ReadResult:
    """Read a file of any supported format.

    What it is, is told by its content first and by its name second, so that a wrongly named file
    is read where it is clear what it is.

    Args:
        path: the file.
        max_bytes: size from which a file is refused; packed files may unpack to a multiple.

    Returns:
        Its documents, one but for files of records, and the records that were refused.

    Raises:
        ReadError: the file cannot be read at all; the message is a Vietnamese sentence.
    """
    data = _content(path, max_bytes)
    found = binary_format(data)
    if found is None:
        return _read_text(data, path)
    if found is Format.GZIP:
        from knowledge.readers.records import read_json_lines, unpacked_lines

        return read_json_lines(unpacked_lines(data, max_bytes), path)
    if found is Format.PDF:
        from knowledge.readers.pdf import read_pdf

        return _single(read_pdf(data, path))
    from knowledge.readers.docx import read_docx

    return _single(read_docx(data, path, max_bytes))


def _content(path: Path, max_bytes: int) -> bytes:
    try:
        if path.is_dir():
            raise ReadError(errors.DIRECTORY)
        size = path.stat().st_size
        if not path.is_file():
            raise ReadError(errors.NOT_A_FILE)
        if size > max_bytes:
            raise ReadError(errors.TOO_LARGE.format(limit=in_megabytes(max_bytes)))
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError(errors.MISSING) from error
    except (OSError, ValueError) as error:
        raise ReadError(errors.UNREADABLE) from error
    if not data.strip(b"\0 \t\r\n"):
        raise ReadError(errors.EMPTY)
    return data


def _read_text(data: bytes, path: Path) -> ReadResult:
    from knowledge.readers.html import read_html
    from knowledge.readers.plain import read_markdown, read_text
    from knowledge.readers.records import read_json, read_json_lines

    suffix = path.suffix.lower()
    text = _decoded(data, suffix)
    found = text_format(text, suffix)
    if found is Format.HTML:
        return _single(read_html(text, path))
    if found is Format.JSON:
        return read_json(text, path)
    if found is Format.JSON_LINES:
        return read_json_lines(split_lines(text), path)
    return _single(read_markdown(text, path) if found is Format.MARKDOWN else read_text(text, path))


def _decoded(data: bytes, suffix: str) -> str:
    try:
        text = decode_page(data) if b"<" in data[:_MARKUP_WITHIN] else decode(data)
    except ReadError as error:
        raise ReadError(broken_for(suffix) or str(error)) from error
    if not has_words(text):
        raise ReadError(errors.EMPTY)
    return text


def _single(document: RawDocument) -> ReadResult:
    return ReadResult([document], [])

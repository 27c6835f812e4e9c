"""What a file is: told by its content first, by its name where the content leaves it open."""

from __future__ import annotations

import io
import json
import re
import zipfile
from enum import StrEnum

from knowledge.readers import errors
from knowledge.readers.errors import ReadError

_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype html|<html[\s>]|<head[\s>]|<body[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_PDF_WITHIN = 1024
_WORD_PART = "word/document.xml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLE_WORD = "WordDocument".encode("utf-16-le")
_OTHERS = (
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x7fELF",
)


class Format(StrEnum):
    """Formats that are read."""

    PDF = "pdf"
    DOCX = "docx"
    GZIP = "gzip"
    JSON = "json"
    JSON_LINES = "jsonl"
    HTML = "html"
    MARKDOWN = "md"
    PLAIN = "txt"


_BY_SUFFIX = {
    ".txt": Format.PLAIN,
    ".md": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".json": Format.JSON,
    ".jsonl": Format.JSON_LINES,
}
_BROKEN = {
    ".pdf": errors.BROKEN_PDF,
    ".docx": errors.BROKEN_DOCX,
    ".gz": errors.BROKEN_GZIP,
}
SUPPORTED = frozenset({*_BY_SUFFIX, ".pdf", ".docx", ".jsonl.gz"})


def binary_format(data: bytes) -> Format | None:
    """Tell the format of a file that is not text.

    Args:
        data: the whole file.

    Returns:
        The format, or None where the file has to be looked at as text.

    Raises:
        ReadError: the file is surely something that is not read.
    """
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return Format.PDF
    if data.startswith(b"PK\x03\x04"):
        return _zip_format(data)
    if data.startswith(b"\x1f\x8b"):
        return Format.GZIP
    if data.startswith(_OLE):
        if _OLE_ENCRYPTED in data:
            raise ReadError(errors.ENCRYPTED_DOCX)
        raise ReadError(errors.OLD_WORD if _OLE_WORD in data else errors.UNKNOWN_TYPE)
    if data.startswith(_OTHERS):
        raise ReadError(errors.UNKNOWN_TYPE)
    return None


def text_format(text: str, suffix: str) -> Format:
    """Tell the format of a text.

    Args:
        text: the decoded file.
        suffix: the end of the file's name in small letters, dot included.

    Raises:
        ReadError: neither content nor name tell what it is, or they contradict each other.
    """
    if _HTML.match(text.lstrip("\ufeff")):
        return Format.HTML
    by_name = _BY_SUFFIX.get(suffix)
    if text.lstrip()[:1] in ("{", "["):
        return _json_format(text, by_name) or by_name or _refuse(suffix)
    return by_name or _refuse(suffix)


def broken_for(suffix: str) -> str | None:
    """Return the sentence for a file that is not what its name promises, if it is one."""
    return _BROKEN.get(suffix)


def _refuse(suffix: str) -> Format:
    raise ReadError(broken_for(suffix) or errors.UNKNOWN_TYPE)


def _json_format(text: str, by_name: Format | None) -> Format | None:
    # A list may stand in a .jsonl file, and records a line in a .json file.
    first, _, others = text.strip().partition("\n")
    if first.startswith("{") and (others or by_name is Format.JSON_LINES) and _is_json(first):
        return Format.JSON_LINES
    return Format.JSON if _is_json(text) else None


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _zip_format(data: bytes) -> Format:
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        # A torn archive has no list of its parts; their names stand before each part, too.
        torn = _WORD_PART.encode() in data or b"[Content_Types].xml" in data
        raise ReadError(errors.BROKEN_DOCX if torn else errors.UNKNOWN_TYPE) from error
    if _WORD_PART not in names:
        raise ReadError(errors.UNKNOWN_TYPE)
    return Format.DOCX

"""Bytes to text, for files that do not say their encoding."""

from __future__ import annotations

import codecs
import re
import unicodedata

from knowledge.readers import errors, legacy
from knowledge.readers.errors import ReadError

# UTF-32 first: its little-endian mark begins with the one of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.IGNORECASE)
_HEAD = 4096
_WINDOWS_1258 = "cp1258"
_WELL_SPELT = 0.8
_BINARY_SHARE = 0.01


def decode(data: bytes) -> str:
    """Return the text of a file.

    Tried in turn: a byte order mark, UTF-8, windows-1258 where it spells Vietnamese, the TCVN3
    and VNI font encodings. Text that is Unicode but holds font encodings is not converted here:
    see `legacy.to_unicode`.

    Args:
        data: the whole content.

    Raises:
        ReadError: the content is not text, or in no encoding that can be told.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding)
    if _is_binary(data):
        raise ReadError(errors.BINARY)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_old(data)


def decode_page(data: bytes) -> str:
    """Return a web page's text in the encoding that it declares, or as `decode` does.

    Raises:
        ReadError: as `decode`.
    """
    declared = _CHARSET.search(data, 0, _HEAD)
    if declared is None or data.startswith(tuple(mark for mark, _ in _MARKS)):
        return decode(data)
    try:
        return data.decode(declared[1].decode("ascii"))
    except (LookupError, UnicodeError):
        return decode(data)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeError as error:
        raise ReadError(errors.ENCODING) from error


def _decode_old(data: bytes) -> str:
    # The code page writes tones as characters of their own.
    text = unicodedata.normalize("NFC", data.decode(_WINDOWS_1258, errors="ignore"))
    if legacy.spelling_score(text) >= _WELL_SPELT:
        return text
    converted = legacy.from_bytes(data)
    if converted is None:
        raise ReadError(errors.ENCODING)
    return converted


def _is_binary(data: bytes) -> bool:
    controls = sum(data.count(code) for code in range(32) if code not in b"\t\n\x0b\x0c\r\x1a\x1b")
    return 0 in data or controls > _BINARY_SHARE * len(data)

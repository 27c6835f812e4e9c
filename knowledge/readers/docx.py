"""Reader of Word files (.docx)."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

from knowledge.document import RawDocument
from knowledge.readers import errors
from knowledge.readers.conversion import in_unicode
from knowledge.readers.docx_body import body_blocks, document_title
from knowledge.readers.docx_numbering import Numbering
from knowledge.readers.docx_styles import Styles
from knowledge.readers.errors import ReadError, in_megabytes
from knowledge.readers.plain import document
from knowledge.readers.titles import meaningful_title

# What a file of the allowed size may unpack to: pictures hardly shrink, text does tenfold.
_MOST_UNPACKED = 20
_MOST_TEXT = 4
_ENCRYPTED = 0x1


def read_docx(data: bytes, path: Path, max_bytes: int) -> RawDocument:
    """Read a Word file in document order, its automatic numbers made visible.

    Headers, footers, notes and deleted text of tracked changes are left out.

    Args:
        data: the whole file.
        path: the file, for the document's name.
        max_bytes: size allowed for a file; its parts may unpack to a multiple of it.

    Raises:
        ReadError: the file is broken, encrypted, unpacks to too much or holds no words.
    """
    _check_parts(data, max_bytes)
    opened = _open(data)
    try:
        styles = Styles(opened.styles.element)
        blocks = list(body_blocks(opened.element.body, Numbering.of(opened, styles), styles))
        title = document_title(blocks, opened.element.body, styles)
        title = title or meaningful_title(opened.core_properties.title)
    except (KeyError, ValueError, AttributeError, TypeError) as error:
        raise ReadError(errors.BROKEN_DOCX) from error
    title, blocks = in_unicode(title, blocks)
    return document(path, title, tuple(blocks), {})


def _check_parts(data: bytes, max_bytes: int) -> None:
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ReadError(errors.BROKEN_DOCX) from error
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise ReadError(errors.ENCRYPTED_DOCX)
    unpacked = sum(part.file_size for part in parts)
    text = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    if unpacked > _MOST_UNPACKED * max_bytes or text > _MOST_TEXT * max_bytes:
        limit = in_megabytes(_MOST_TEXT * max_bytes)
        raise ReadError(errors.ARCHIVE_BOMB.format(limit=limit))


def _open(data: bytes) -> Any:
    from docx import Document

    try:
        return Document(io.BytesIO(data))
    except Exception as error:
        # Broken packages make python-docx, zipfile, zlib and lxml fail each in its own way.
        raise ReadError(errors.BROKEN_DOCX) from error

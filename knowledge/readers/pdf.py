"""Reader of PDF files with a text layer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from knowledge.document import Block, BlockKind, RawDocument
from knowledge.readers import errors
from knowledge.readers.clean import clean_lines, split_lines
from knowledge.readers.errors import ReadError
from knowledge.readers.legacy import lines_to_unicode
from knowledge.readers.pdf_lines import join_lines, join_rows, without_margins
from knowledge.readers.pdf_page import page_text
from knowledge.readers.plain import document
from knowledge.readers.rows import is_row
from knowledge.readers.titles import meaningful_title

_MOST_PAGES = 2000
# pdfium's codes for a missing password and for a protection that it does not know.
_LOCKED = (4, 5)
# A scan may carry the few words of an electronic signature's stamp.
_FEWEST_LETTERS, _FEWEST_LETTERS_A_PAGE = 10, 50


def read_pdf(data: bytes, path: Path) -> RawDocument:
    """Read a PDF's text, lines put together to paragraphs, running heads and page numbers gone.

    Args:
        data: the whole file.
        path: the file, for the document's name.

    Raises:
        ReadError: the file is broken, locked, too long, a scan, or its text is garbled.
    """
    pages, title = _texts(data)
    letters = sum(character.isalpha() for page in pages for character in page)
    few = _FEWEST_LETTERS if len(pages) == 1 else _FEWEST_LETTERS_A_PAGE * len(pages)
    if letters < few:
        raise ReadError(errors.SCANNED_PDF)
    lines = without_margins([clean_lines(page) for page in _to_unicode(pages)])
    read = document(path, title, tuple(map(_block, join_lines(join_rows(lines)))), {})
    return replace(read, gaps=tuple(_without_words(pages)))


def _without_words(pages: list[str]) -> Iterator[str]:
    """Yield the pages that hold no letters: pictures, scanned annexes, empty ones."""
    for number, page in enumerate(pages, 1):
        if not any(character.isalpha() for character in page):
            yield f"trang {number}"


def _block(line: str) -> Block:
    return Block(line, BlockKind.ROW) if is_row(line) else Block(line)


def _texts(data: bytes) -> tuple[list[str], str | None]:
    """Return the text of each page, and the title that the file's properties state."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        opened = PdfDocument(data)
    except PdfiumError as error:
        locked = error.err_code in _LOCKED
        raise ReadError(errors.ENCRYPTED_PDF if locked else errors.BROKEN_PDF) from error
    try:
        if len(opened) > _MOST_PAGES:
            raise ReadError(errors.TOO_MANY_PAGES.format(limit=_MOST_PAGES))
        pages = [_page_text(opened, number) for number in range(len(opened))]
        return pages, meaningful_title(opened.get_metadata_dict().get("Title"))
    except PdfiumError as error:
        raise ReadError(errors.BROKEN_PDF) from error
    finally:
        opened.close()


def _page_text(opened: Any, number: int) -> str:
    page = opened[number]
    try:
        return page_text(page)
    finally:
        page.close()


def _to_unicode(pages: list[str]) -> list[str]:
    # Judged over all pages at once, since one page may hold too little evidence.
    lines = [split_lines(page) for page in pages]
    converted = iter(lines_to_unicode([line for page in lines for line in page]))
    return ["\n".join(islice(converted, len(page))) for page in lines]

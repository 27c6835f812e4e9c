"""Readers of plain text (.txt) and Markdown (.md) files."""

from __future__ import annotations

from pathlib import Path

from knowledge.document import Block, RawDocument
from knowledge.readers import errors
from knowledge.readers.clean import clean_lines, has_words, split_lines
from knowledge.readers.errors import ReadError
from knowledge.readers.front_matter import split_front_matter
from knowledge.readers.furniture import without_furniture
from knowledge.readers.legacy import to_unicode
from knowledge.readers.markdown import first_title, parse_markdown


def read_text(text: str, path: Path) -> RawDocument:
    """Read plain text: each line that has something on it is a paragraph.

    Raises:
        ReadError: there are no words, or they are garbled.
    """
    pairs, lines = _front_matter_and_lines(text)
    blocks = [Block(line) for line in clean_lines("\n".join(lines))]
    return document(path, pairs.pop("title", None), without_furniture(blocks), pairs)


def read_markdown(text: str, path: Path) -> RawDocument:
    """Read Markdown: headings, items and table rows as its marks say.

    Raises:
        ReadError: there are no words, or they are garbled.
    """
    pairs, lines = _front_matter_and_lines(text)
    blocks = parse_markdown(lines)
    title = pairs.pop("title", None) or first_title(blocks)
    return document(path, title, without_furniture(blocks), pairs)


def document(
    path: Path, title: str | None, blocks: tuple[Block, ...], pairs: dict[str, str]
) -> RawDocument:
    """Make the document of a file that holds one.

    Raises:
        ReadError: there are no words in it.
    """
    if not any(has_words(block.text) for block in blocks):
        raise ReadError(errors.EMPTY)
    return RawDocument(key(path), path.name, blocks, title, pairs)


def key(path: Path) -> str:
    """Return the name of a file without its suffixes that tell the format."""
    return path.name.removesuffix(".gz").removesuffix(".GZ").rsplit(".", 1)[0] or path.name


def _front_matter_and_lines(text: str) -> tuple[dict[str, str], list[str]]:
    return split_front_matter(split_lines(to_unicode(text)))

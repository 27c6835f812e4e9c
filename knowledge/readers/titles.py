"""Titles that files carry in their properties, most of them left behind by a program."""

from __future__ import annotations

import re

from knowledge.readers.clean import clean

_PROGRAM = re.compile(
    r"microsoft (?:word|powerpoint|excel)|untitled|document\d*\b|.*\.(?:docx?|pdf|rtf|html?)$|"
    r"(?:tài liệu|văn bản) ?\d*$|template|bản nháp",
    re.IGNORECASE,
)
_FEWEST_WORDS = 3


def meaningful_title(title: str | None) -> str | None:
    """Return a title from a file's properties if it says something, else None."""
    words = clean(title or "")
    if len(words.split()) < _FEWEST_WORDS or _PROGRAM.match(words):
        return None
    return words

"""Text as it is stored: NFC, no hidden characters, white space folded."""

from __future__ import annotations

import re
import unicodedata

# Soft hyphens, zero-width signs, direction marks, byte order marks: they have no ink.
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")


def clean(text: str) -> str:
    """Return the text as one line: NFC, without hidden characters, white space folded."""
    text = _CONTROL.sub(" ", _HIDDEN.sub("", text))
    return " ".join(unicodedata.normalize("NFC", text).split())


def clean_lines(text: str) -> list[str]:
    """Return the lines of a text that have something on them, each cleaned."""
    return [line for raw in split_lines(text) if (line := clean(raw))]


def split_lines(text: str) -> list[str]:
    """Cut a text at every kind of line end, form feeds included; nothing else is changed."""
    return _LINE_END.split(text)


def has_words(text: str) -> bool:
    """Tell whether a text holds at least one letter."""
    return any(character.isalpha() for character in text)

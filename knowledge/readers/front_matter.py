"""Metadata that a text file states about itself, between two lines of dashes at its top."""

from __future__ import annotations

import re

from knowledge.readers.clean import clean

_FENCE = "---"
_PAIR = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*)\s*:\s?(.*)")


def split_front_matter(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """Take the front matter off the lines of a file.

    Args:
        lines: the file's lines, none left out.

    Returns:
        The pairs, names in small letters with "_", values as they stand without quotation marks;
        and the lines that follow. Lines that are no complete front matter stay in the text.
    """
    start = next((i for i, line in enumerate(lines) if clean(line)), len(lines))
    if start == len(lines) or clean(lines[start]) != _FENCE:
        return {}, lines
    pairs: dict[str, str] = {}
    for number, line in enumerate(lines[start + 1 :], start + 1):
        words = clean(line)
        if words == _FENCE:
            return pairs, lines[number + 1 :]
        if not words or words.startswith("#"):
            continue
        match = _PAIR.fullmatch(words)
        if match is None:
            break
        if value := _unquoted(match[2]):
            pairs[match[1].lower().replace("-", "_")] = value
    return {}, lines


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].strip()
    return value

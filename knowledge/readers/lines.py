"""Lines that a page width broke, put together again; and what kind of line a line is."""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.document import Block, BlockKind

_ITEM = re.compile(
    r"[-–—+*•●○▪■◦·\u2756\uf0b7]+\s*\S"
    r"|\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zđ]|[ivx]{1,5})[.)]\)?\s+\S",
    re.IGNORECASE,
)
_STRUCTURE = re.compile(
    r"(?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Tiểu mục|Điều|ĐIỀU|Khoản|Điểm|Bước|BƯỚC)\s+"
    r"(?:\d|thứ\b|THỨ\b|[IVXLA-ZĐ]+\b)|(?:Phụ lục|PHỤ LỤC|Căn cứ|Nơi nhận)\b"
)
_ENDS = re.compile(r"[.;:!?…][\"”’')\]]*$")


def begins_item(line: str) -> bool:
    """Tell whether a line begins with a bullet, a number or a letter of a list."""
    return _ITEM.match(line) is not None


def begins_part(line: str) -> bool:
    """Tell whether a line begins a list item or a named part ("Điều 3", "Bước 1:")."""
    return begins_item(line) or _STRUCTURE.match(line) is not None


def ends_sentence(line: str) -> bool:
    """Tell whether a line ends with a mark that closes a sentence or opens a list."""
    return _ENDS.search(line) is not None


def join_wrapped(lines: Iterable[str]) -> list[str]:
    """Join each line that goes on with a small letter to the unfinished line before it."""
    joined: list[str] = []
    for line in lines:
        if joined and line[0].islower() and not begins_item(line) and not ends_sentence(joined[-1]):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    return joined


def as_blocks(lines: Iterable[str]) -> list[Block]:
    """Make each line a block, list items told by how they begin."""
    return [
        Block(line, BlockKind.ITEM if begins_item(line) else BlockKind.PARAGRAPH) for line in lines
    ]

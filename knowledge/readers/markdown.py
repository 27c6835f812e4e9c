"""Markdown to blocks: the marks that clerks use, read line by line."""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.document import Block, BlockKind
from knowledge.readers.clean import clean
from knowledge.readers.rows import row_text

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_UNDERLINE = re.compile(r"\s{0,3}(=+|-+)\s*$")
_RULE = re.compile(r"\s{0,3}([-*_])\s*(?:\1\s*){2,}$")
_ITEM = re.compile(r"(\s*)((?:[-*+]|\d{1,3}[.)])\s+\S.*)$")
_ROW = re.compile(r"\s*\|(.*?)\|?\s*$")
_ROW_RULE = re.compile(r"[\s|:-]+$")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_COMMENT = re.compile(r"<!--.*?-->")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
_MARKS = re.compile(r"(\*\*|__|`)(?=\S)(.+?)(?<=\S)\1")
_STRESS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?![\w*])")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>])")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(?:(?!\1).)+\1$")
_BOLD_WIDTH = 120
_INDENT = 2


class _Builder:
    """Blocks under construction; the last paragraph or item may still grow."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._open: list[str] = []
        self._kind, self._level = BlockKind.PARAGRAPH, 0

    @property
    def is_open(self) -> bool:
        return bool(self._open)

    @property
    def in_paragraph(self) -> bool:
        return self.is_open and self._kind is BlockKind.PARAGRAPH

    def start(self, text: str, kind: BlockKind = BlockKind.PARAGRAPH, level: int = 0) -> None:
        self.close()
        self._open, self._kind, self._level = [text], kind, level

    def grow(self, text: str) -> None:
        self._open.append(text)

    def close(self) -> None:
        raw = " ".join(self._open).strip()
        self._open = []
        if self._kind is BlockKind.PARAGRAPH and _BOLD.match(raw) and len(raw) <= _BOLD_WIDTH:
            self._kind = BlockKind.HEADING
        if text := _visible(raw):
            self.blocks.append(Block(text, self._kind, self._level))

    def make_heading(self, level: int) -> None:
        self._kind, self._level = BlockKind.HEADING, level
        self.close()


def parse_markdown(lines: Iterable[str]) -> list[Block]:
    """Cut Markdown into blocks.

    Emphasis marks and link addresses go, since a reader of the page does not see them; bullets
    and numbers stay. A short paragraph all in bold is a heading of unknown depth.
    """
    builder = _Builder()
    in_code = False
    for line in lines:
        if _FENCE.match(line):
            in_code = not in_code
            builder.close()
        elif in_code:
            builder.start(line)
        else:
            _take(_COMMENT.sub("", line.removeprefix(">").rstrip("\r")), builder)
    builder.close()
    return builder.blocks


def first_title(blocks: Iterable[Block]) -> str | None:
    """Return the first heading of the highest level, if there is one."""
    titles = (
        block.text for block in blocks if block.kind is BlockKind.HEADING and block.level == 1
    )
    return next(titles, None)


def _take(line: str, builder: _Builder) -> None:
    if not line.strip():
        builder.close()
    elif builder.in_paragraph and (match := _UNDERLINE.match(line)):
        builder.make_heading(1 if match[1].startswith("=") else 2)
    elif _RULE.match(line):
        builder.close()
    elif match := _HEADING.match(line):
        builder.start(match[2], BlockKind.HEADING, len(match[1]))
        builder.close()
    elif match := _ROW.match(line):
        if not _ROW_RULE.match(line):
            builder.start(_row(match[1]), BlockKind.ROW)
        builder.close()
    elif match := _ITEM.match(line):
        builder.start(match[2], BlockKind.ITEM, len(match[1].expandtabs(4)) // _INDENT + 1)
    elif builder.is_open:
        builder.grow(line.strip())
    else:
        builder.start(line)


def _row(cells: str) -> str:
    return row_text(re.split(r"(?<!\\)\|", cells))


def _visible(text: str) -> str:
    text = _LINK.sub(r"\1", text)
    text = _MARKS.sub(r"\2", text)
    text = _STRESS.sub(r"\1", text)
    return clean(_ESCAPE.sub(r"\1", text))

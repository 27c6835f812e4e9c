"""Telegram's HTML, parsed and refused as the real server does."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "s": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "tg-spoiler": "spoiler",
    "blockquote": "blockquote",
}
_PIECE = re.compile(
    r"<(/?)([a-zA-Z-]*)([^<>]*)(>?)|&(lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);|[^<&]+|&"
)
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


class MarkupError(Exception):
    """What the real server says of markup that it cannot parse."""


@dataclass
class _Parser:
    text: str = ""
    entities: list[dict[str, object]] = field(default_factory=list)
    open: list[tuple[str, str, int]] = field(default_factory=list)

    def tag(self, closes: bool, name: str, rest: str, ended: bool) -> None:
        if not ended:
            raise MarkupError("can't parse entities: Unclosed start tag")
        if closes:
            if not self.open or self.open[-1][0] != name:
                raise MarkupError("can't parse entities: Unexpected end tag")
            _, kind, start = self.open.pop()
            self._entity(kind, start)
            return
        if name not in TAGS:
            raise MarkupError(f'can\'t parse entities: Unsupported start tag "{name}"')
        kind = TAGS[name]
        if kind == "blockquote":
            if any(opened.endswith("blockquote") for _, opened, _ in self.open):
                raise MarkupError("can't parse entities: blockquote can't be nested")
            kind = "expandable_blockquote" if rest.strip() == "expandable" else kind
        self.open.append((name, kind, units(self.text)))

    def _entity(self, kind: str, start: int) -> None:
        length = units(self.text) - start
        if length:
            self.entities.append({"type": kind, "offset": start, "length": length})


def parse_html(written: str) -> tuple[str, list[dict[str, object]]]:
    """Return the text and its entities.

    Raises:
        MarkupError: the real server would refuse it.
    """
    parser = _Parser()
    for piece in _PIECE.finditer(written):
        closes, name, rest, ended, entity = piece.groups()
        if piece[0].startswith("<"):
            parser.tag(bool(closes), (name or "").lower(), rest or "", bool(ended))
        elif entity:
            parser.text += _NAMED.get(entity) or _numbered(entity)
        else:
            parser.text += piece[0]
    if parser.open:
        raise MarkupError("can't parse entities: Can't find end tag corresponding to start tag")
    return parser.text, sorted(parser.entities, key=lambda entity: str(entity["offset"]))


def units(text: str) -> int:
    """Return the length in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _numbered(entity: str) -> str:
    return chr(int(entity[2:], 16) if entity[1] == "x" else int(entity[1:]))

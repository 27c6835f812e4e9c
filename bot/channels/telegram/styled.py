"""Text with bold spans that can be measured, cut and written as Telegram's HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

# Best place first: between paragraphs, lines, sentences, words.
_ENDS = tuple(re.compile(end) for end in (r"\n[ \t]*\n", r"\n", r"(?<=[.!?;:…])\s", r"\s"))
_LEAST = 0.5  # a piece that a cut leaves is not shorter than this part of the room


@dataclass(frozen=True)
class Styled:
    """A run of text in one tag.

    Attributes:
        text: as people read it.
        tag: what stands around it in HTML, "blockquote expandable"; "" for nothing.
        bold: spans of `text` in bold type, in order and apart.
    """

    text: str
    tag: str = ""
    bold: tuple[tuple[int, int], ...] = ()

    @property
    def length(self) -> int:
        """Characters as Telegram counts them."""
        return length(self.text)

    def html(self) -> str:
        """Return it as HTML that Telegram parses into exactly this text."""
        inner = "".join(
            f"<b>{_escaped(piece)}</b>" if bold else _escaped(piece)
            for piece, bold in self._pieces()
        )
        return f"<{self.tag}>{inner}</{self.tag.split()[0]}>" if self.tag else inner

    def cut(self, room: int) -> tuple[Styled, Styled]:
        """Return a first part of at most `room` characters, cut where it reads best, and the rest.

        Args:
            room: at least 2, less than the length.
        """
        most = _fitting(self.text, room)
        at = end = most
        for ends in _ENDS:
            found = [m for m in ends.finditer(self.text, 0, most + 1) if m.start() <= most]
            if found and found[-1].start() >= most * _LEAST:
                at, end = found[-1].span()
                break
        return self._part(0, at), self._part(end, len(self.text))

    def stripped(self) -> Styled:
        """Return it without white space at its ends."""
        start = len(self.text) - len(self.text.lstrip())
        return self._part(start, max(start, len(self.text.rstrip())))

    def _part(self, start: int, end: int) -> Styled:
        bold = ((max(a, start) - start, min(b, end) - start) for a, b in self.bold)
        return Styled(self.text[start:end], self.tag, tuple((a, b) for a, b in bold if a < b))

    def _pieces(self) -> Iterator[tuple[str, bool]]:
        done = 0
        for start, end in self.bold:
            yield self.text[done:start], False
            yield self.text[start:end], True
            done = end
        yield self.text[done:], False


def length(text: str) -> int:
    """Return how many UTF-16 units a text has, which is how Telegram counts."""
    return len(text) + sum(character > "\uffff" for character in text)


def shortened(text: str, most: int) -> str:
    """Return a text on one line with at most `most` of Telegram's characters."""
    line = Styled(" ".join(text.split()))
    return line.text if line.length <= most else f"{line.cut(most - 2)[0].text} …"


def _fitting(text: str, room: int) -> int:
    """Return how many characters of `text` have at most `room` UTF-16 units."""
    used = 0
    for count, character in enumerate(text):
        used += 2 if character > "\uffff" else 1
        if used > room:
            return count
    return len(text)


def _escaped(text: str) -> str:
    # Halves of characters, which JSON can carry, cannot be sent.
    return html.escape(text.encode("utf-8", "replace").decode("utf-8"), quote=False)

"""A reply on a terminal: the words of its text, laid out and, where possible, coloured."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from bot.message import Quote, Reply

WIDEST = 100
NARROWEST = 16
BAR = "│ "

_CHOICE = re.compile(r"^\s*(\d{1,2})[.)](?=\s)", re.MULTILINE)


class ReplyView:
    """Shows replies on a stream.

    Args:
        stream: where they are written.
        console: lays out and colours; None writes the bare text, for files and other programs.
    """

    def __init__(self, stream: TextIO, console: Console | None) -> None:
        self._stream = stream
        self._console = console

    @classmethod
    def for_stream(cls, stream: TextIO) -> ReplyView:
        """A view that suits the stream: laid out on a terminal, coloured unless NO_COLOR is set."""
        if not stream.isatty():
            return cls(stream, None)
        from rich.console import Console

        # Not even bold type under NO_COLOR: the variable asks for no escape codes at all.
        plain = bool(os.environ.get("NO_COLOR"))
        console = Console(file=stream, color_system=None if plain else "auto", highlight=False)
        console.width = max(NARROWEST, min(console.width, WIDEST))
        return cls(stream, console)

    def say(self, words: str) -> None:
        """Write words that are no reply: a greeting, a help text."""
        if self._console is None:
            print(words, file=self._stream, flush=True)
        else:
            self._console.print(words, markup=False, highlight=False, emoji=False)

    def show(self, reply: Reply) -> None:
        """Write a reply."""
        if self._console is None:
            print(reply.text, file=self._stream, flush=True)
            return
        for part in _parts(reply):
            for line in part.split("\n", allow_blank=True):
                self._print(line)

    def _print(self, line: Text) -> None:
        assert self._console is not None
        if line.plain.startswith(BAR):
            bar, words = line[: len(BAR)], line[len(BAR) :]
            for wrapped in words.wrap(self._console, self._console.width - len(BAR)):
                wrapped.rstrip()
                self._console.print(bar + wrapped, soft_wrap=True)
        else:
            # An address that is cut in two can be neither clicked nor copied.
            self._console.print(line, soft_wrap="://" in line.plain)


def _parts(reply: Reply) -> Iterator[Text]:
    """Yield the reply's text piece by piece: quotes with a bar, everything between as it stands."""
    rest, after_quote = reply.text, False
    for quote in reply.quotes:
        before, found, after = rest.partition(f"“{quote.text}”")
        if not found:
            continue
        yield from _between(reply, before, after_quote)
        yield _quoted(quote)
        rest, after_quote = after, True
    yield from _between(reply, rest, after_quote)


def _between(reply: Reply, words: str, after_quote: bool) -> Iterator[Text]:
    from rich.text import Text

    gap = words.endswith("\n\n")
    words = words.strip("\n")
    if not words.strip():
        return
    text = Text(words)
    if after_quote:
        # What follows a quote up to the next blank line is where it stands.
        text.stylize("dim", 0, len(words.split("\n\n")[0]))
    if reply.understood and reply.understood in words:
        at = words.index(reply.understood)
        text.stylize("dim", words.rfind("\n", 0, at) + 1, at + len(reply.understood))
    offered = {choice.id for choice in reply.choices}
    for found in _CHOICE.finditer(words):
        if found[1] in offered:
            text.stylize("bold cyan", *found.span())
    yield text
    if gap:
        yield Text("")


def _quoted(quote: Quote) -> Text:
    """Return the quote with the bar before each of its lines and what answers in bold."""
    from rich.text import Text

    text = Text(quote.text)
    for start, end in quote.answering:
        text.stylize("bold", start, end)
    lines = text.split("\n", allow_blank=True)
    return Text("\n").join(Text.assemble((BAR, "cyan"), line) for line in lines)

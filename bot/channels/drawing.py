"""A reply on a terminal: the words of its text, laid out and, where possible, coloured."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, TextIO

from bot.layout import Kind, Part, parts

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from bot.message import Quote, Reply

WIDEST = 100
NARROWEST = 16
BAR = "│ "

_NUMBER = re.compile(r"^\s*\d{1,2}[.)](?=\s)", re.MULTILINE)


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
        for part in parts(reply):
            for line in _drawn(part).split("\n", allow_blank=True):
                self._print(line)
            self._console.print()

    def hint(self, words: str) -> None:
        """Write what may be typed, quietly."""
        if self._console is None:
            print(f"\n{words}", file=self._stream, flush=True)
        else:
            self._console.print(words, style="dim", markup=False, highlight=False, emoji=False)

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


def _drawn(part: Part) -> Text:
    """Return a part with its type: quotes with a bar, sources dim, numbers of choices coloured."""
    from rich.text import Text

    if part.quote is not None:
        return _quoted(part.quote)
    text = Text(part.text)
    if part.kind in (Kind.SOURCE, Kind.UNDERSTOOD):
        text.stylize("dim")
    if part.kind is Kind.CHOICES:
        for found in _NUMBER.finditer(part.text):
            text.stylize("bold cyan", *found.span())
    return text


def _quoted(quote: Quote) -> Text:
    """Return the quote with the bar before each of its lines and what answers in bold."""
    from rich.text import Text

    text = Text(quote.text)
    for start, end in quote.answering:
        text.stylize("bold", start, end)
    lines = text.split("\n", allow_blank=True)
    return Text("\n").join(Text.assemble((BAR, "cyan"), line) for line in lines)

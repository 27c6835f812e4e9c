"""The parts of a reply's text, so that each channel draws them as well as it can."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.message import Quote, Reply


class Kind(StrEnum):
    """What a part of a reply is."""

    WORDS = "words"
    UNDERSTOOD = "understood"
    QUOTE = "quote"
    SOURCE = "source"
    CHOICES = "choices"


@dataclass(frozen=True)
class Part:
    """A run of lines of a reply's text.

    Attributes:
        kind: what it is.
        text: the lines; a quote without its quotation marks.
        quote: the quote, for one.
    """

    kind: Kind
    text: str
    quote: Quote | None = None


def parts(reply: Reply) -> list[Part]:
    """Return the parts of `reply.text` in order; blank lines between them are left out.

    Every word of the text stands in exactly one part. What follows a quote up to the next blank
    line is where it stands.
    """
    found: list[Part] = []
    rest = reply.text
    for quote in reply.quotes:
        before, mark, after = rest.partition(f"“{quote.text}”")
        if not mark:
            continue
        found += _around(reply, before, bool(found))
        found.append(Part(Kind.QUOTE, quote.text, quote))
        rest = after
    return [*found, *_around(reply, rest, bool(found))]


def _around(reply: Reply, words: str, after_quote: bool) -> Iterator[Part]:
    for number, paragraph in enumerate(_paragraphs(words)):
        source = after_quote and number == 0
        yield from _lines(reply, paragraph, Kind.SOURCE if source else Kind.WORDS)


def _paragraphs(words: str) -> list[str]:
    return [block.strip("\n") for block in re.split(r"\n[ \t]*\n", words) if block.strip()]


def _lines(reply: Reply, paragraph: str, kind: Kind) -> Iterator[Part]:
    """Part the lines of one paragraph by what they are."""
    offered = tuple(f"{choice.id}. {choice.label}".splitlines()[0] for choice in reply.choices)
    held: list[str] = []
    held_kind = kind
    for line in paragraph.split("\n"):
        own = kind
        if offered and line.startswith(offered):
            own = Kind.CHOICES
        elif reply.understood and kind is Kind.WORDS and line.rstrip().endswith(reply.understood):
            own = Kind.UNDERSTOOD
        if held and own is not held_kind:
            yield Part(held_kind, "\n".join(held))
            held = []
        held_kind = own
        held.append(line)
    if held:
        yield Part(held_kind, "\n".join(held))

"""A reply as the texts of Telegram messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.channels.telegram.keyboards import stand_whole
from bot.channels.telegram.styled import Styled
from bot.layout import Kind, Part, parts
from bot.message import Quote, Reply

LIMIT = 4096  # characters of a message, after entities are parsed
LONG = 1000  # characters from which a quote is folded; it opens at a touch
_LEAST_ROOM = 200  # a long part goes on on the same page only where this much of it fits


def pages(reply: Reply) -> list[str]:
    """Return the reply as HTML texts for one message each; none where it says nothing.

    Choices whose buttons hold them whole are not said a second time.
    """
    return [
        "".join(gap + block.html() for gap, block in page)
        for page in _packed(_spaced(_said(reply)))
    ]


def _said(reply: Reply) -> list[Part]:
    """Return the parts of a reply that its buttons do not say; all where nothing else is said."""
    found = parts(reply)
    if not stand_whole(reply):
        return found
    return [part for part in found if part.kind is not Kind.CHOICES] or found


def card(quote: Quote, below: str) -> str:
    """Return one quote, or as much of it as fits, and the lines below it as one message in HTML."""
    block, source = _quoted(quote), Styled(below)
    room = LIMIT - source.length - 1
    return f"{(block if block.length <= room else block.cut(room)[0]).html()}\n{source.html()}"


def _spaced(found: Iterable[Part]) -> Iterator[tuple[str, Styled]]:
    """Yield each part with the white space that belongs before it."""
    before: Part | None = None
    for part in found:
        block = _block(part)
        if not block.text:
            continue
        yield _gap(before, part), block
        before = part


def _gap(before: Part | None, part: Part) -> str:
    if before is None:
        return ""
    # A blockquote stands apart without an empty line, and choices belong to the words above them.
    close = Kind.QUOTE in (before.kind, part.kind) or (
        before.kind is Kind.WORDS and part.kind is Kind.CHOICES
    )
    return "\n" if close else "\n\n"


def _block(part: Part) -> Styled:
    if part.quote is not None:
        return _quoted(part.quote)
    return Styled(part.text, "i" if part.kind is Kind.UNDERSTOOD else "").stripped()


def _quoted(quote: Quote) -> Styled:
    tag = "blockquote expandable" if len(quote.text) > LONG else "blockquote"
    return Styled(quote.text, tag, _apart(quote.answering)).stripped()


def _apart(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return the spans in order, those that touch each other as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _packed(blocks: Iterable[tuple[str, Styled]]) -> Iterator[list[tuple[str, Styled]]]:
    """Yield the blocks page by page; a block that fits on no page is cut where it reads best."""
    page: list[tuple[str, Styled]] = []
    used = 0
    for before, whole in blocks:
        gap, block = before if page else "", whole
        while used + len(gap) + block.length > LIMIT:
            room = LIMIT - used - len(gap)
            if block.length > LIMIT and room > _LEAST_ROOM:
                first, rest = block.cut(room)
                page.append((gap, first.stripped()))
                block = rest.stripped()
            yield page
            page, used, gap = [], 0, ""
        if block.text:
            page.append((gap, block))
            used += len(gap) + block.length
    if page:
        yield page

"""The whole section around a quote, in pages that a phone can show."""

from __future__ import annotations

from bot.conversation import Shown
from knowledge.document import Document, Section
from knowledge.sentences import sentence_spans

PAGE = 1400  # characters of a page at most, unless a single sentence is longer


def pages_of(document: Document, passage: Shown) -> list[tuple[int, int]]:
    """Return the spans of the pages of the section around a passage.

    The section is the smallest one under a common heading that holds more than the passage
    itself. Every page is a slice of the document's text.

    Args:
        document: the one that the passage stands in.
        passage: what was quoted.

    Returns:
        (start, end) of each page in order; empty where there is nothing more to read.
    """
    for start, end in _around(document, passage):
        text = document.text[start:end]
        if len(text.strip()) > passage.end - passage.start:
            return _pages(text, start)
    return []


def page_with(pages: list[tuple[int, int]], passage: Shown) -> int:
    """Return the number of the page, from 1, that the passage begins on."""
    for number, (_, end) in enumerate(pages, 1):
        if passage.start < end:
            return number
    return len(pages)


def _around(document: Document, passage: Shown) -> list[tuple[int, int]]:
    """Return the spans of the sections that hold a passage, the innermost first."""
    inner = next((s for s in document.sections if s.start <= passage.start < s.end), None)
    if inner is None:
        return []
    spans = [(inner.start, inner.end)]
    for depth in range(len(inner.heading), 0, -1):
        run = _run(document.sections, inner, inner.heading[:depth])
        spans.append((run[0].start, run[-1].end))
    return spans


def _run(sections: tuple[Section, ...], inner: Section, path: tuple[str, ...]) -> list[Section]:
    """Return the sections without a gap around `inner` whose headings begin with `path`."""
    at = sections.index(inner)
    first = last = at
    while first > 0 and sections[first - 1].heading[: len(path)] == path:
        first -= 1
    while last + 1 < len(sections) and sections[last + 1].heading[: len(path)] == path:
        last += 1
    return list(sections[first : last + 1])


def _pages(text: str, offset: int) -> list[tuple[int, int]]:
    pages: list[tuple[int, int]] = []
    begun: int | None = None
    reached = 0
    for start, end in sentence_spans(text):
        if begun is not None and end - begun > PAGE:
            pages.append((offset + begun, offset + reached))
            begun = None
        begun = start if begun is None else begun
        reached = end
    if begun is not None:
        pages.append((offset + begun, offset + reached))
    return pages

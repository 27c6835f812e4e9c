"""The whole section around a quote, in pages that a phone can show."""

from __future__ import annotations

from bot.conversation import Shown
from knowledge.document import Document, Section
from knowledge.sentences import sentence_spans

PAGE = 1400  # characters of a page at most, unless a single sentence is longer


def section_around(document: Document, passage: Shown) -> tuple[int, int] | None:
    """Return the span of the smallest section under a common heading that says more.

    Args:
        document: the one that the passage stands in.
        passage: what was quoted.

    Returns:
        (start, end), None where there is nothing more to read.
    """
    for start, end in _around(document, passage):
        body = _without_headings(document, start, end)
        if len(body.strip()) > passage.end - passage.start:
            return start, end
    return None


def part_named(document: Document, heading: tuple[str, ...]) -> tuple[int, int] | None:
    """Return the span of the first sections in a row whose heading path begins with `heading`."""
    for section in document.sections:
        if section.heading[: len(heading)] == heading:
            run = _run(document.sections, section, heading)
            return run[0].start, run[-1].end
    return None


def pages_of(document: Document, span: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the (start, end) of the pages of a span; every page is a slice of the text."""
    return _pages(document.text[span[0] : span[1]], span[0])


def page_with(pages: list[tuple[int, int]], position: int) -> int:
    """Return the number of the page, from 1, that a position of the text stands on."""
    for number, (_, end) in enumerate(pages, 1):
        if position < end:
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


def _without_headings(document: Document, start: int, end: int) -> str:
    """Return the text of a span without the lines that only repeat its headings."""
    headings = {h for s in document.sections if start <= s.start < end for h in s.heading}
    lines = document.text[start:end].split("\n")
    return "\n".join(line for line in lines if line.strip() not in headings)


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

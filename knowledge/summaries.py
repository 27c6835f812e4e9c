"""Bundled pages are summaries: what of them speaks of the page itself is no answer."""

from __future__ import annotations

from knowledge.document import Document, Section

SOURCES = "Nguồn"  # heading of the list of sources
NOTICE = "Trang này là bản tóm tắt"  # how the opening notice begins


def speaks_of_itself(document: Document, section: Section) -> bool:
    """Say whether a section of a summary is its notice or its list of sources."""
    if not document.metadata.summarises:
        return False
    text = document.text[section.start : section.end]
    body = text.removeprefix(f"{document.title}\n")
    return section.heading[:1] == (SOURCES,) or body.startswith(NOTICE)

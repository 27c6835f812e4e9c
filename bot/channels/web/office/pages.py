"""Which pages for officials there are, in the order of the menu: a line for each module."""

from __future__ import annotations

from collections.abc import Iterator

from bot.channels.web.office import (
    audit,
    curated,
    documents,
    leaving,
    notices,
    own_account,
    pause,
    progress,
    queue,
    report,
    roles,
    search,
    start,
    uploads,
)
from bot.channels.web.office.page import Page

MODULES = (
    start,
    queue,
    curated,
    report,
    progress,
    documents,
    uploads,
    search,
    notices,
    roles,
    audit,
    pause,
    own_account,
    leaving,
)


def all_pages() -> Iterator[Page]:
    """Yield the pages of all modules."""
    for module in MODULES:
        yield from module.PAGES

"""Targets that words look for, each with how it stands."""

from __future__ import annotations

from datetime import date

from bot.context import Tools
from bot.results.report import Line, lines_of
from bot.wanted import wanted_of


def lines_asked(words: str, tools: Tools, day: date) -> list[Line]:
    """Return the targets that words look for, best first; all for no words.

    Args:
        words: as typed, or the id of a document.
        tools: where to look.
        day: the day on which they are judged.
    """
    is_document = any(document.id == words for document in tools.searcher.index.documents)
    wanted = wanted_of(
        tools.understanding.read("" if is_document else words),
        document=words if is_document else None,
    )
    return lines_of(tools.rows.targets(wanted, day), tools.standings, day)

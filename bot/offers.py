"""Numbered choices: how they are made of what was found, and how they are drawn."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from bot.message import Choice
from index.searcher import Hit

LABEL = 90  # characters of a title in a choice


def choice_of(number: int, hit: Hit, question: str) -> Choice:
    """Return the choice that asks `question` of the document of a hit.

    The same procedure often exists for several levels of administration, so a procedure's label
    names its level and its code.
    """
    metadata = hit.indexed.metadata
    title = textwrap.shorten(hit.document.title, LABEL, placeholder=" …")
    marks = ", ".join(mark for mark in (metadata.level, metadata.code) if mark)
    label = f"{title} ({marks})" if metadata.code else title
    return Choice(str(number), label, question, metadata.code, hit.document.id)


def numbered(choices: Iterable[Choice]) -> list[str]:
    """Return the lines that show choices."""
    return [f"{choice.id}. {choice.label}" for choice in choices]

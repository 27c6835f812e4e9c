"""Numbered choices: how they are made of what was found, and how they are drawn."""

from __future__ import annotations

from collections.abc import Iterable

from bot.message import Choice
from bot.one_line import one_line
from index.documents import IndexedDocument
from index.searcher import Hit

LABEL = 90  # characters of a title in a choice


def choice_of(number: int, hit: Hit, question: str) -> Choice:
    """Return the choice that asks `question` of the document of a hit."""
    return Choice(
        str(number), label_of(hit.indexed), question, hit.indexed.metadata.code, hit.document.id
    )


def label_of(document: IndexedDocument) -> str:
    """Return how a document is called in a choice.

    The same procedure often exists for several levels of administration, so a procedure's label
    names its level and its code.
    """
    metadata = document.metadata
    title = one_line(document.title, LABEL)
    marks = ", ".join(mark for mark in (metadata.level, metadata.code) if mark)
    return f"{title} ({marks})" if metadata.code else title


def numbered(choices: Iterable[Choice]) -> list[str]:
    """Return the lines that show choices."""
    return [f"{choice.id}. {choice.label}" for choice in choices]

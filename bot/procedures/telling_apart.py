"""What tells procedures apart that a question fits equally: a short label for each, a question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.message import Choice
from config.texts import ProcedureTexts
from index.searcher import Hit
from index.text import fold

LABEL = 60  # characters
# What names add in brackets: the level, told by itself, or a list too long for a label.
_BRACKETS = re.compile(r"\s*\((?:thực hiện (?:tại|ở) [^()]*|[^()]{30,})\)")
FEWEST = 2  # words that two names have in common at an end before those are left out


def told_apart(
    hits: Sequence[Hit], question: str, texts: ProcedureTexts
) -> tuple[str, tuple[Choice, ...]]:
    """Return a question and a choice for each procedure, labelled by what only it has.

    Args:
        hits: procedures, best first.
        question: what is asked of the one that is taken.
        texts: the questions and the words for a name without anything of its own.
    """
    levels = [hit.indexed.metadata.level or "" for hit in hits]
    fields = [hit.indexed.metadata.field or "" for hit in hits]
    plain = [plain_name(hit.document.title) for hit in hits]
    names = _own_words(plain)
    if len({fold(name) for name in plain}) < len(hits) and _all_differ(levels):
        heading, labels = texts.which_level, levels
    elif _all_differ(names):
        heading, labels = texts.which_case, [name or texts.usual for name in names]
    elif _all_differ(fields):
        heading, labels = texts.which_field, fields
    else:
        heading = texts.which_case
        labels = [
            " · ".join(filter(None, (name or texts.usual, level)))
            for name, level in zip(names, levels, strict=True)
        ]
    return heading, tuple(
        Choice(
            str(number),
            _short(label),
            question,
            hit.indexed.metadata.code,
            hit.document.id,
        )
        for number, (hit, label) in enumerate(zip(hits, labels, strict=True), 1)
    )


def plain_name(name: str) -> str:
    """Return the name of a procedure without its level and long remarks in brackets."""
    return _BRACKETS.sub("", name.removeprefix("Thủ tục ")).strip()


def _all_differ(values: Sequence[str]) -> bool:
    return len({fold(value) for value in values}) == len(values)


def _own_words(names: Sequence[str]) -> list[str]:
    """Return the names, long ones without the words that all of them begin or end with."""
    words = [name.split() for name in names]
    first = _shared(words)
    last = _shared([list(reversed(own[first:])) for own in words])
    if first + last < FEWEST:
        return [" ".join(own) for own in words]
    if max(len(" ".join(own)) for own in words) <= LABEL:
        return [" ".join(own) for own in words]
    return [" ".join(own[first : len(own) - last]).strip(" ,;:-–") for own in words]


def _shared(lists: Sequence[Sequence[str]]) -> int:
    """Return how many words all lists begin with."""
    count = 0
    for column in zip(*lists, strict=False):
        if len({fold(word).strip(",;:()") for word in column}) > 1:
            break
        count += 1
    return count


def _short(label: str) -> str:
    if label.startswith("(") and label.endswith(")"):
        label = label[1:-1]
    if label.count("(") != label.count(")"):
        label = label.replace("(", "").replace(")", "")
    label = label[:1].upper() + label[1:]
    if len(label) <= LABEL:
        return label
    return label[: LABEL - 1].rsplit(" ", 1)[0] + "…"

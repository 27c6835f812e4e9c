"""Keeping what a follow-up question may refer to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.context import Context
from bot.conversation import Shown, Turn
from bot.message import Choice
from index.searcher import Hit


def remember(
    context: Context,
    best: Hit | None = None,
    choices: tuple[Choice, ...] = (),
    passages: Sequence[Shown] = (),
) -> None:
    """Keep the turn: what was asked, which passages answered, what was offered.

    A follow-up that nothing answered leaves the conversation where it was.
    """
    if best is None and context.followed and context.turn is not None:
        context.keep(replace(context.turn, choices=choices))
        return
    question = context.asked
    named = [place.locality or place.name for place in question.places if place.end]
    if context.chosen is not None and context.turn is not None:
        # Who took one of several choices may want another of them next.
        choices = choices or context.turn.choices
    turn = Turn(
        context.topic or question.understood,
        tuple(dict.fromkeys(named)),
        question.years,
        best.document.id if best else None,
        best.indexed.metadata.code if best else None,
        choices,
        _name(best) if best else None,
        context.base,
        tuple(passages),
    )
    context.keep(turn)


def _name(hit: Hit) -> str:
    """Return how a document is called in a sentence: its title with its number or code."""
    metadata, title = hit.indexed.metadata, hit.document.title
    number = metadata.code or metadata.number
    return title if number is None or number in title else f"{title} ({number})"

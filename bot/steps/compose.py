"""The answer: quotes with their sources, facts, and what else may be meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.actions import offered
from bot.context import Context
from bot.conversation import Shown
from bot.dialogue import Dialogue
from bot.message import Choice, Quote, Reply, Status
from bot.offers import choice_of, numbered
from bot.quotes import asked_place_notes, lines_of, quote_of, shown
from bot.steps.asked_rows import asked_rows
from bot.steps.remember import remember
from index.searcher import Hit
from index.text import syllables

QUOTES = 3  # passages quoted at most
PASSAGES = 6  # passages that one can go on to


class Compose:
    """Makes the answer out of the hits that are sure enough.

    Args:
        dialogue: knows when a question is whether a document is in force.
    """

    def __init__(self, dialogue: Dialogue) -> None:
        self._dialogue = dialogue

    def __call__(self, context: Context) -> Reply:
        best = context.hits[0]
        quotes = _quotes(context)
        choices = _others(context)
        passages = _passages(context)
        remember(context, best, choices, passages)
        return Reply(
            Status.ANSWERED,
            "\n".join(self._lines(context, quotes[0], choices)),
            context.bare,
            quotes,
            (*_facts(best), *asked_rows(context, passages[0])),
            choices,
            offered(best.document, passages, 0, context),
        )

    def _lines(self, context: Context, quote: Quote, choices: tuple[Choice, ...]) -> Iterator[str]:
        texts, best = context.tools.texts, context.hits[0]
        if context.chosen is None and read_anew(context):
            yield from (texts.answer.understood.format(understood=context.bare), "")
        metadata = best.indexed.metadata
        if metadata.code:
            yield texts.answer.procedure.format(name=best.document.title, code=metadata.code)
        if self._is_about_validity(context):
            label = texts.validity.label(quote.validity)
            yield from (texts.answer.standing.format(title=quote.title, validity=label), "")
        words, gap, source, *rest = lines_of(quote, metadata.url, context.tools)
        yield from (words, gap, source)
        for note in asked_place_notes(context.asked, context.message.on, context.tools):
            if note not in quote.note:
                rest.insert(1 if quote.note else 0, note)
        yield from rest
        if choices:
            yield from ("", texts.answer.more, *numbered(choices))

    def _is_about_validity(self, context: Context) -> bool:
        """Say whether the question is if this very document is in force."""
        named = context.about is not None or bool(context.asked.codes)
        return named and self._dialogue.asks_validity(context.understood)


def read_anew(context: Context) -> bool:
    """Say whether what was understood is not simply what was typed, or a part of it."""
    read, typed = (" ".join(syllables(text)) for text in (context.bare, context.message.text))
    return f" {read} " not in f" {typed} "


def _quotes(context: Context) -> tuple[Quote, ...]:
    """The best passage first, then its document's next one and those of other sure hits."""
    tools, on = context.tools, context.message.on
    best = context.hits[0]
    chosen = [(best, passage) for passage in best.passages[:2]]
    others = [h for h in context.hits[1:] if h.confidence >= tools.settings.threshold]
    chosen += [(hit, hit.passages[0]) for hit in others]
    return tuple(
        quote_of(hit.document, shown(hit, passage), on, tools) for hit, passage in chosen[:QUOTES]
    )


def _passages(context: Context) -> list[Shown]:
    """Return what answers and what may answer instead, for who wants another passage."""
    sure = [hit for hit in context.hits if hit.confidence >= context.tools.settings.threshold]
    first, *others = context.hits
    chosen = [shown(first, passage) for passage in first.passages[:2]]
    chosen += [shown(hit, hit.passages[0]) for hit in others if hit in sure]
    chosen += [shown(hit, hit.passages[0]) for hit in others if hit not in sure]
    chosen += [shown(hit, p) for hit in context.hits for p in hit.passages[1:3]]
    return list(dict.fromkeys(chosen))[:PASSAGES]


def _others(context: Context) -> tuple[Choice, ...]:
    """Documents that may be meant instead; after a choice there is nothing more to choose."""
    if context.settled:
        return ()
    settings, best = context.tools.settings, context.hits[0]
    near = [h for h in context.hits[1:] if h.score >= best.score - settings.close]
    return tuple(
        choice_of(i, hit, context.text) for i, hit in enumerate(near[: settings.choices], 1)
    )


def _facts(best: Hit) -> tuple[dict[str, Any], ...]:
    metadata = best.indexed.metadata
    if not metadata.code:
        return ()
    return (
        {
            "kind": "procedure",
            "code": metadata.code,
            "name": best.document.title,
            "field": metadata.field,
            "level": metadata.level,
            "url": metadata.url,
        },
    )

"""The answer: quotes with their sources, facts, and what else may be meant."""

from __future__ import annotations

from typing import Any

from bot.context import Context
from bot.conversation import Turn
from bot.message import Choice, Quote, Reply, Status
from bot.quotes import quote_of
from bot.steps.look_up import choice_of
from index.searcher import Hit
from index.text import normalise

QUOTES = 3  # passages quoted at most


def compose(context: Context) -> Reply:
    """Return the answer out of the hits that are sure enough."""
    best = context.hits[0]
    quotes = _quotes(context)
    choices = _others(context)
    remember(context, best, choices)
    return Reply(
        Status.ANSWERED,
        _text(context, best, quotes[0], choices),
        context.understood,
        quotes,
        _facts(best),
        choices,
    )


def remember(context: Context, best: Hit | None, choices: tuple[Choice, ...]) -> None:
    """Keep what a follow-up question may refer to."""
    question = context.asked
    turn = Turn(
        question.understood,
        tuple(dict.fromkeys(place.name for place in question.places)),
        question.years,
        best.document.id if best else None,
        best.indexed.metadata.code if best else None,
        choices,
    )
    context.tools.conversations.keep(context.message.user, turn)


def _quotes(context: Context) -> tuple[Quote, ...]:
    """The best passage first, then its document's next ones and those of other sure hits."""
    tools, on = context.tools, context.message.on
    best = context.hits[0]
    chosen = [(best, best.passages[0])]
    others = [h for h in context.hits[1:] if h.confidence >= tools.settings.threshold]
    chosen += [(best, passage) for passage in best.passages[1:2]]
    chosen += [(hit, hit.passages[0]) for hit in others]
    return tuple(quote_of(hit, passage, on, tools) for hit, passage in chosen[:QUOTES])


def _others(context: Context) -> tuple[Choice, ...]:
    """Documents that may be meant instead."""
    settings = context.tools.settings
    best = context.hits[0]
    near = [h for h in context.hits[1:] if h.score >= best.score - settings.close]
    return tuple(choice_of(str(i), hit) for i, hit in enumerate(near[: settings.choices], 1))


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


def _text(context: Context, best: Hit, quote: Quote, choices: tuple[Choice, ...]) -> str:
    texts = context.tools.texts.answer
    lines: list[str] = []
    if normalise(context.understood) != normalise(context.message.text):
        lines += [texts.understood.format(understood=context.understood), ""]
    metadata = best.indexed.metadata
    if metadata.code:
        lines += [texts.procedure.format(name=best.document.title, code=metadata.code)]
    lines += [f"“{quote.text}”", "", source_line(quote, context)]
    if quote.note:
        lines.append(quote.note)
    if metadata.url:
        lines.append(texts.link.format(url=metadata.url))
    if choices:
        lines += ["", texts.more, *(f"{choice.id}. {choice.label}" for choice in choices)]
    return "\n".join(lines)


def source_line(quote: Quote, context: Context) -> str:
    """Return the line under a quote: number, title, validity."""
    texts = context.tools.texts
    validity = texts.validity.label(quote.validity)
    if quote.number and quote.number not in quote.title:
        return texts.answer.source_numbered.format(
            number=quote.number, title=quote.title, validity=validity
        )
    return texts.answer.source.format(title=quote.title, validity=validity)

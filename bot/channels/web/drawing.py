"""A reply as the page and other programs read it."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from bot.layout import Kind, Part, parts
from bot.message import Attachment, Quote, Reply
from config.texts import ValidityTexts


def drawn(reply: Reply, took_ms: float, labels: ValidityTexts) -> dict[str, Any]:
    """Return the reply as JSON: the contract of `Reply.as_json` and what a screen needs besides.

    Args:
        reply: what the assistant says.
        took_ms: how long it took.
        labels: names of the states of validity.
    """
    return {
        **reply.as_json(took_ms),
        "turn": reply.turn,
        "brief": reply.brief,
        "attachments": [_attachment(attached) for attached in reply.attachments],
        "parts": list(_parts(reply, labels)),
    }


def _attachment(attached: Attachment) -> dict[str, str]:
    content = base64.b64encode(attached.data).decode("ascii")
    return {
        "name": attached.name,
        "media_type": attached.media_type,
        "caption": attached.caption,
        "url": f"data:{attached.media_type};base64,{content}",
    }


def _parts(reply: Reply, labels: ValidityTexts) -> Iterator[dict[str, Any]]:
    quote: Quote | None = None
    for part in parts(reply):
        quote = part.quote or quote
        yield _part(part, quote, labels)


def _part(part: Part, quote: Quote | None, labels: ValidityTexts) -> dict[str, Any]:
    drawn: dict[str, Any] = {"kind": part.kind.value, "text": part.text}
    if part.quote is not None:
        drawn["pieces"] = pieces(part.quote)
    elif part.kind is Kind.SOURCE and quote is not None:
        drawn["validity"] = quote.validity
        drawn["label"] = labels.label(quote.validity)
    return drawn


def pieces(quote: Quote) -> list[dict[str, Any]]:
    """Return the quote cut where the answering words begin and end.

    JavaScript counts characters differently, so the page is given pieces and no positions.
    """
    cuts = sorted({0, len(quote.text), *(end for span in quote.answering for end in span)})
    return [
        {
            "text": quote.text[start:end],
            "answering": any(a <= start and end <= b for a, b in quote.answering),
        }
        for start, end in pairwise(cuts)
    ]

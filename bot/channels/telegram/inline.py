"""Inline mode: what somebody types after @bot in any chat becomes cards to send there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.channels.telegram.client import Bot
from bot.channels.telegram.drawing import card
from bot.channels.telegram.styled import Styled, shortened
from bot.channels.telegram.updates import NAME
from bot.message import Message, Quote, Reply
from bot.quotes import source_line
from bot.service import Service
from config.texts import Texts
from index.text import fold

#: Command → what an inline query for it begins with, without diacritics.
LOOK_UPS = {"chitieu": "chi tieu", "thoihan": "thoi han", "thutuc": "thu tuc"}
CARDS = 10
CHOICES = 3  # how many of the choices are asked where a query is asked back
TITLE, DESCRIPTION = 64, 120  # characters that a phone shows
KEPT = 60  # seconds for which Telegram may show the same cards for the same words
PARAMETER = "hoi"  # what /start gets from the button above the cards


class Inline:
    """Answers inline queries.

    Args:
        service: finds what matches.
        bot: makes the calls.
    """

    def __init__(self, service: Service, bot: Bot) -> None:
        self._service = service
        self._bot = bot
        self._newest: dict[int, InlineQuery] = {}

    async def answer(self, query: InlineQuery, today: date) -> None:
        """Answer a query; where its author types on meanwhile only the last words count.

        Every few letters are a query of their own. One at a time is looked up for each author, so
        that somebody who types fast holds up nobody else.
        """
        author = query.from_user.id
        busy = author in self._newest
        self._newest[author] = query
        if busy:
            return
        try:
            answered: InlineQuery | None = None
            while (newest := self._newest[author]) is not answered:
                await self._answer(newest, today)
                answered = newest
        finally:
            del self._newest[author]

    async def _answer(self, query: InlineQuery, today: date) -> None:
        words = query.query.strip()
        user = f"{NAME}:{query.from_user.id}"
        words = _as_look_up(words)
        replies = await self._replies(Message(user, words, today)) if words else []
        cards = _cards(replies, self._service.texts)
        texts = self._service.texts.telegram
        label = texts.inline_none if words and not cards else texts.inline_hint
        # What cannot be answered any more is one that nobody looks at any more.
        with suppress(TelegramError):
            await self._bot.answer_inline_query(
                query.id,
                cards,
                cache_time=KEPT,
                button=InlineQueryResultsButton(label, start_parameter=PARAMETER),
            )

    async def _replies(self, message: Message) -> list[Reply]:
        """Return what answers; nobody can be asked back here, so the first choices are taken."""
        reply = await self._service.reply_afresh(message)
        if reply.quotes or reply.facts:
            return [reply]
        return [
            await self._service.reply_afresh(replace(message, text=choice.question))
            for choice in reply.choices[:CHOICES]
        ]


def _as_look_up(words: str) -> str:
    """Return words that begin with what is looked for as that command: "chỉ tiêu PCI 2023"."""
    for command, beginning in LOOK_UPS.items():
        if fold(words).startswith(f"{beginning} ") and not words.endswith("?"):
            return f"/{command} {words[len(beginning) :].strip()}"
    return words


def _cards(replies: list[Reply], texts: Texts) -> list[InlineQueryResultArticle]:
    """Return the cards of all quotes and of the rows that stand in no quote, each once."""
    found: dict[str, InlineQueryResultArticle] = {}
    for reply in replies:
        for quote in _telling(reply.quotes):
            shown = card(quote, source_line(quote, texts))
            found.setdefault(shown, _article(quote.title, _told(quote), shown))
        for fact in reply.facts:
            row = _fact(fact)
            said = any(quote.document == fact.get("code") for quote in reply.quotes)
            if row and not said and not any(row[1] in quote.text for quote in reply.quotes):
                shown = Styled("\n".join(row)).html()
                found.setdefault(shown, _article(row[0], row[1], shown))
    return list(found.values())[:CARDS]


def _telling(quotes: Iterable[Quote]) -> list[Quote]:
    """Return the quotes that say more than their title and than those before them."""
    telling: list[Quote] = []
    for quote in quotes:
        words = " ".join(quote.text.split())
        again = any(
            other.document == quote.document and (words in text or text in words)
            for other in telling
            for text in [" ".join(other.text.split())]
        )
        if not again and words not in quote.title:
            telling.append(quote)
    return telling


def _article(title: str, description: str, shown: str) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        hashlib.sha256(shown.encode()).hexdigest()[:32],
        shortened(title, TITLE),
        InputTextMessageContent(
            shown, ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
        ),
        description=shortened(description, DESCRIPTION),
    )


def _told(quote: Quote) -> str:
    """Return the words of a quote that answer, or its beginning."""
    return " ".join(quote.text[start:end] for start, end in quote.answering) or quote.text


def _fact(fact: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the heading and the words of a row; None where it has not both."""
    heading = fact.get("name") or fact.get("indicator") or fact.get("task")
    words = fact.get("quote") or fact.get("code")
    return (str(heading), str(words)) if heading and words else None

"""Carries replies to chats: in order within each chat, without one chat waiting for another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from weakref import WeakValueDictionary

from telegram import (
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot.channels.telegram.client import Bot
from bot.channels.telegram.drawing import pages
from bot.channels.telegram.keyboards import keyboard
from bot.channels.telegram.retrying import TakenForSent, carried
from bot.channels.telegram.styled import shortened
from bot.channels.telegram.updates import Place
from bot.message import Attachment, Reply

PICTURES = frozenset({"image/png", "image/jpeg"})
CAPTION = 1024  # characters
TYPING_AFTER = 0.25  # seconds; what comes sooner needs no sign, and each sign is a call
TYPING_EVERY = 4.5  # seconds; Telegram shows it for five
_UNCHANGED = "message is not modified"
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Courier:
    """Sends and edits messages.

    Args:
        bot: makes the calls.
    """

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._typing: set[int] = set()
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def deliver(self, place: Place, reply: Reply, tries: int | None = None) -> None:
        """Send a reply as new messages.

        Args:
            place: where it goes.
            reply: what is said.
            tries: how often each call is made at most; without, until it goes through.

        Raises:
            TelegramError: it cannot be sent there, or not within `tries`.
        """
        async with self._turn(place.chat):
            try:
                await self._send(place, reply, pages(reply), tries)
            except ChatMigrated as moved:
                # A group that grew got another id; nothing was sent to the old one.
                place = Place(moved.new_chat_id, place.thread)
                await self._send(place, reply, pages(reply), tries)

    async def replace(self, message: Message, place: Place, reply: Reply) -> None:
        """Put a reply in the place of a message; what does not fit or cannot be edited is sent.

        Raises:
            TelegramError: neither is possible.
        """
        async with self._turn(place.chat):
            texts = pages(reply)
            markup = keyboard(reply) if len(texts) == 1 else None
            if texts and await self._edited(message, texts[0], markup):
                texts = texts[1:]
            await self._send(place, reply, texts, None)

    @asynccontextmanager
    async def typing(self, place: Place) -> AsyncIterator[None]:
        """Show the typing sign in a chat while the block runs, if it takes a moment."""
        if place.chat in self._typing:
            yield  # the sign for an earlier message stands for this one as well
            return
        self._typing.add(place.chat)
        sign = asyncio.create_task(self._show_typing(place))
        try:
            yield
        finally:
            self._typing.discard(place.chat)
            sign.cancel()

    def _turn(self, chat: int) -> asyncio.Lock:
        return self._turns.setdefault(chat, asyncio.Lock())

    async def _send(self, place: Place, reply: Reply, texts: list[str], tries: int | None) -> None:
        for number, text in enumerate(texts, 1):
            markup = keyboard(reply) if number == len(texts) else None
            await self._send_text(place, text, markup, tries)
        for attachment in reply.attachments:
            await self._send_attachment(place, attachment, tries)

    async def _send_text(
        self, place: Place, text: str, markup: InlineKeyboardMarkup | None, tries: int | None
    ) -> None:
        with suppress(TakenForSent):
            await carried(
                lambda: self._bot.send_message(
                    place.chat,
                    text,
                    ParseMode.HTML,
                    link_preview_options=_NO_PREVIEW,
                    reply_markup=markup,
                    message_thread_id=place.thread,
                    reply_parameters=_answering(place),
                ),
                repeatable=False,
                tries=tries,
            )

    async def _send_attachment(
        self, place: Place, attachment: Attachment, tries: int | None
    ) -> None:
        caption = shortened(attachment.caption, CAPTION)

        async def send() -> Message:
            file = InputFile(attachment.data, attachment.name)
            if attachment.media_type in PICTURES:
                return await self._bot.send_photo(
                    place.chat, file, caption, message_thread_id=place.thread
                )
            return await self._bot.send_document(
                place.chat, file, caption, message_thread_id=place.thread
            )

        with suppress(TakenForSent):
            await carried(send, repeatable=False, tries=tries)

    async def _edited(
        self, message: Message, text: str, markup: InlineKeyboardMarkup | None
    ) -> bool:
        """Edit a message; say whether it now holds the text."""
        try:
            await carried(
                lambda: self._bot.edit_message_text(
                    text,
                    message.chat.id,
                    message.message_id,
                    parse_mode=ParseMode.HTML,
                    link_preview_options=_NO_PREVIEW,
                    reply_markup=markup,
                ),
                repeatable=True,
            )
        except BadRequest as error:
            # Otherwise it is too old, deleted, or a picture: the reply comes as a new message.
            return _UNCHANGED in error.message.lower()
        return True

    async def _show_typing(self, place: Place) -> None:
        await asyncio.sleep(TYPING_AFTER)
        while True:
            with suppress(TelegramError):
                await self._bot.send_chat_action(
                    place.chat, ChatAction.TYPING, message_thread_id=place.thread
                )
            await asyncio.sleep(TYPING_EVERY)


def _answering(place: Place) -> ReplyParameters | None:
    if place.answering is None:
        return None
    return ReplyParameters(place.answering, allow_sending_without_reply=True)

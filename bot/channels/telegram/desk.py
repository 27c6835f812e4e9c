"""What is done with each kind of update."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import replace
from datetime import date

from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, Message, Update, User
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.channels.refusals import Refusals
from bot.channels.telegram.blocked import Blocked
from bot.channels.telegram.client import Bot
from bot.channels.telegram.courier import Courier
from bot.channels.telegram.files import Files
from bot.channels.telegram.inline import Inline
from bot.channels.telegram.keyboards import pressed
from bot.channels.telegram.updates import (
    Place,
    Question,
    person,
    private_chat,
    question_of,
    topic,
)
from bot.message import Message as Said
from bot.message import Reply
from bot.service import Service

KINDS = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")
PROMPT = 1.0  # seconds until a pressed button is answered, whether or not the reply is there
TOAST = 200  # characters of what is shown for a moment
ALBUMS = 1000  # albums that are remembered, so that five pictures get one sentence
TOO_MANY = "a message of somebody who sends too many"
UNKNOWN_BUTTON = "a button that is not ours"
REFUSED = "a reply, by Telegram"


class Desk:
    """Deals with updates.

    Args:
        service: answers.
        bot: makes the calls.
        courier: carries replies.
        blocked: who is left in peace.
        refusals: told of what is turned away.
        files: reads what keepers send.
    """

    def __init__(
        self,
        service: Service,
        bot: Bot,
        courier: Courier,
        blocked: Blocked,
        refusals: Refusals,
        files: Files,
    ) -> None:
        self._service = service
        self._bot = bot
        self._courier = courier
        self._blocked = blocked
        self._refusals = refusals
        self._files = files
        self._inline = Inline(service, bot)
        self._albums: deque[str] = deque(maxlen=ALBUMS)

    async def handle(self, update: Update) -> None:
        """Deal with one update."""
        if update.callback_query:
            await self._press(update.callback_query)
        elif update.inline_query:
            await self._inline.answer(update.inline_query, date.today())
        elif update.my_chat_member:
            await self._membership(update.my_chat_member)
        else:
            await self._hear(update)

    async def _hear(self, update: Update) -> None:
        question = question_of(update, self._bot.bot, date.today())
        if question is None:
            return
        document = update.message.document if update.message else None
        if document is not None and await self._is_of_keeper(question):
            # Each file of an album is one to be read.
            async with self._courier.typing(question.place):
                file = await self._files.read(document)
            question = replace(question, message=replace(question.message, file=file))
        elif self._is_of_answered_album(update.message):
            return
        await self._blocked.unmark(question.place.chat)
        await self._answer(question)

    async def _is_of_keeper(self, question: Question) -> bool:
        user = question.message.user
        return private_chat(user) is not None and await self._service.keeps(user)

    async def _answer(self, question: Question) -> None:
        async with self._courier.typing(question.place):
            reply = await self._service.reply(question.message)
        if reply is None:
            self._refusals.note(TOO_MANY)
        else:
            await self._say(question.place, reply)

    async def _say(self, place: Place, reply: Reply, instead_of: Message | None = None) -> None:
        if place.chat in self._blocked:
            return  # said meanwhile, while an earlier reply was under way
        try:
            if instead_of is None:
                await self._courier.deliver(place, reply)
            else:
                await self._courier.replace(instead_of, place, reply)
        except Forbidden:
            await self._blocked.mark(place.chat)
        except BadRequest:
            self._refusals.note(REFUSED)

    async def _press(self, query: CallbackQuery) -> None:
        found, message = pressed(query.data or ""), query.message
        texts = self._service.texts.telegram
        if found is None or message is None:
            self._refusals.note(UNKNOWN_BUTTON)
            await self._acknowledge(query, texts.old_button, alert=True)
        elif _is_of_other(message, query.from_user):
            await self._acknowledge(query, texts.foreign_button, alert=True)
        else:
            turn, word = found
            user = person(message.chat, query.from_user.id)
            said = Said(user, word, date.today(), turn=turn)
            seen = message if isinstance(message, Message) else None
            asked = seen.reply_to_message if seen else None
            place = Place(
                message.chat.id, topic(seen) if seen else None, asked.message_id if asked else None
            )
            await self._blocked.unmark(place.chat)
            await self._reply_to_press(query, said, place, seen)

    async def _reply_to_press(
        self, query: CallbackQuery, said: Said, place: Place, seen: Message | None
    ) -> None:
        thinking = asyncio.create_task(self._service.reply(said))
        async with self._courier.typing(place):
            await asyncio.wait({thinking}, timeout=PROMPT)
            noted = thinking.result() if thinking.done() else None
            toast = noted.text if noted and noted.brief and len(noted.text) <= TOAST else None
            acknowledging = asyncio.create_task(self._acknowledge(query, toast))
            reply = await thinking
        if reply is None:
            self._refusals.note(TOO_MANY)
        elif not reply.brief:
            await self._say(place, reply, seen)
        elif toast is None or not await acknowledging:
            # The moment for a toast is over, or it is too long for one.
            await self._say(place, reply)
        await acknowledging

    async def _acknowledge(
        self, query: CallbackQuery, text: str | None, alert: bool = False
    ) -> bool:
        """Tell the person's phone that the button was taken; say whether it heard it."""
        try:
            return await self._bot.answer_callback_query(query.id, text, show_alert=alert)
        except TelegramError:
            return False  # "query is too old": the phone has stopped waiting by itself

    async def _membership(self, change: ChatMemberUpdated) -> None:
        if change.new_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT):
            await self._blocked.mark(change.chat.id)
        else:
            await self._blocked.unmark(change.chat.id)

    def _is_of_answered_album(self, message: Message | None) -> bool:
        album = message.media_group_id if message else None
        if album is None:
            return False
        answered = album in self._albums
        self._albums.append(album)
        return answered


def _is_of_other(message: object, presser: User) -> bool:
    """Say whether a button belongs to a reply to somebody else in a group."""
    asked = message.reply_to_message if isinstance(message, Message) else None
    if asked is None or asked.from_user is None or asked.from_user.is_bot:
        return False
    return asked.from_user.id != presser.id

"""What Telegram delivers, read: who wrote what where, and whether it is meant for the bot."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

import telegram
from telegram import Chat, MessageEntity, User
from telegram.constants import ChatType

from bot.message import Message

NAME = "telegram"
# Who corrects a slip soon after writing wants the answer to what now stands there; a change to an
# older message is tidying up.
EDITED_WITHIN = timedelta(minutes=5)

_SENT = {
    "voice": "voice",
    "audio": "voice",
    "photo": "picture",
    "video": "video",
    "video_note": "video",
    "animation": "video",
    "sticker": "sticker",
    "location": "location",
    "venue": "location",
    "contact": "contact",
    "document": "file",
    "checklist": "other",
}


@dataclass(frozen=True)
class Place:
    """Where a reply goes.

    Attributes:
        chat: id of the chat; below zero for groups.
        thread: the topic within a group, if it has topics.
        answering: id of the message that is replied to, where that has to be seen.
    """

    chat: int
    thread: int | None = None
    answering: int | None = None


@dataclass(frozen=True)
class Question:
    """A message for the assistant and where its reply goes."""

    message: Message
    place: Place


def question_of(update: telegram.Update, me: User, today: date) -> Question | None:
    """Return what a person says to the bot; None for what is not meant for it.

    Args:
        update: what was delivered.
        me: the bot.
        today: the day that the answer is to hold for.
    """
    said = update.message or _corrected(update.edited_message)
    if said is None or _from_machine(said, me):
        return None
    sent, words = _sent(said), said.text or said.caption or ""
    if sent is None and not said.text:
        return None  # a notice of the chat itself: someone joined, a message was pinned
    private = said.chat.type == ChatType.PRIVATE
    if not private and not _addressed(said, me):
        return None
    answering = None if private and update.message else said.message_id
    return Question(
        Message(_author(said), _without_name(words, me), today, sent=sent),
        Place(said.chat.id, topic(said), answering),
    )


def person(chat: Chat, author: int) -> str:
    """Return what names a person in the conversations: within a group they are another one."""
    return f"{NAME}:{author}" if chat.type == ChatType.PRIVATE else f"{NAME}:{chat.id}:{author}"


def private_chat(user: str) -> int | None:
    """Return the chat of a person alone; None for a person in a group and for other channels."""
    name, _, written = user.partition(":")
    return int(written) if name == NAME and written.isascii() and written.isdigit() else None


def topic(message: telegram.Message) -> int | None:
    """Return the topic of a group that a message stands in, if the group has topics."""
    return message.message_thread_id if message.is_topic_message else None


def _corrected(edited: telegram.Message | None) -> telegram.Message | None:
    """Return a message whose words were just corrected; moving locations and the like are none."""
    if edited is None or edited.edit_date is None or edited.text is None:
        return None
    return edited if edited.edit_date - edited.date <= EDITED_WITHIN else None


def _from_machine(said: telegram.Message, me: User) -> bool:
    """Say whether no person wrote it: a bot, a channel's copy, a card of our own inline mode."""
    if said.is_automatic_forward or (said.via_bot and said.via_bot.id == me.id):
        return True
    if said.sender_chat is not None:
        return False  # an admin who writes as the group is sent under the name of a bot
    return said.from_user is None or said.from_user.is_bot


def _author(said: telegram.Message) -> str:
    author = said.sender_chat or said.from_user
    assert author is not None, "messages without an author were left out"
    return person(said.chat, author.id)


def _sent(said: telegram.Message) -> str | None:
    for kind, sent in _SENT.items():
        if getattr(said, kind):
            return sent
    return "other" if said.effective_attachment else None


def _addressed(said: telegram.Message, me: User) -> bool:
    """Say whether a message in a group is for the bot: replied to, commanded, mentioned."""
    found = said.parse_entities() if said.text else said.parse_caption_entities()
    commands = [words for entity, words in found.items() if _is_command(entity)]
    if commands:
        _, at, bot = commands[0].partition("@")
        return not at or _is_name(f"@{bot}", me)
    answered = said.reply_to_message
    if answered and answered.from_user and answered.from_user.id == me.id:
        return True
    return any(_names(entity, words, me) for entity, words in found.items())


def _is_command(entity: MessageEntity) -> bool:
    return entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0


def _names(entity: MessageEntity, words: str, me: User) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == me.id
    return entity.type == MessageEntity.MENTION and _is_name(words, me)


def _is_name(words: str, me: User) -> bool:
    return words.lower() == f"@{me.username}".lower()


def _without_name(words: str, me: User) -> str:
    """Return the words without the bot's own @name, which is no part of a question."""
    return re.sub(rf"@{re.escape(me.username or '')}\b", "", words, flags=re.IGNORECASE).strip()

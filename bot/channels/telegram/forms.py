"""Whether an update has the form that the API gives it.

The library makes objects of whatever fits its constructors and does not look at what is in them: a
text may be a number and a chat's id a word. What is used here is checked before it is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from telegram import Message, Update

Stated = tuple[object, type]  # a value, and what it has to be


def is_readable(update: Any) -> bool:
    """Say whether an update can be worked on; unknown fields and unknown kinds do no harm.

    Args:
        update: as it was decoded.
    """
    try:
        return all(_is_of(value, kind) for value, kind in _stated(Update.de_json(update, None)))
    except Exception:  # whatever the library stumbles over, or what an update lacks
        return False


def number_of(update: Any) -> int | None:
    """Return the number by which Telegram knows a decoded update, None where it has none."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if type(number) is int else None


def _is_of(value: object, kind: type) -> bool:
    return isinstance(value, kind) and not isinstance(value, bool)  # to Python a bool is an int


def _stated(update: Update) -> Iterator[Stated]:
    yield update.update_id, int
    for said in (update.message, update.edited_message):
        if said is not None:
            yield from _of_message(said)
    if pressed := update.callback_query:
        yield pressed.id, str
        yield pressed.from_user.id, int
        yield pressed.data or "", str
        if pressed.message is not None:
            yield pressed.message.chat.id, int
            yield pressed.message.message_id, int
    if asked := update.inline_query:
        yield asked.id, str
        yield asked.from_user.id, int
        yield asked.query, str
    if change := update.my_chat_member:
        yield change.chat.id, int
        yield change.new_chat_member.status, str


def _of_message(said: Message) -> Iterator[Stated]:
    yield said.message_id, int
    yield said.chat.id, int
    for author in (said.from_user, said.sender_chat):
        if author is not None:
            yield author.id, int
    for words in (said.text, said.caption, said.media_group_id):
        yield "" if words is None else words, str
    for entity in (*said.entities, *said.caption_entities):
        yield entity.type, str
        yield entity.offset, int
        yield entity.length, int

"""What Zalo delivers, read into the few things that the assistant acts on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

LONGEST_ID = 200  # characters
LONGEST_URL = 2000


class MalformedError(Exception):
    """The delivery lacks what every delivery has."""


class Kind(StrEnum):
    """What happened."""

    MESSAGE = "message"
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"


@dataclass(frozen=True)
class Event:
    """One delivery.

    Attributes:
        id: the same for every repeat of it.
        person: whom to answer.
        kind: what happened.
        text: what was typed; "" for what came instead of words.
        sent: what came instead of words, one of `bot.message.SENT`.
        guarded: whether Zalo kept back what was sent; such a person is answered in one try.
        file_name, file_url: of a file, as Zalo states them; "" where it does not.
    """

    id: str
    person: str
    kind: Kind = Kind.MESSAGE
    text: str = ""
    sent: str | None = None
    guarded: bool = False
    file_name: str = ""
    file_url: str = ""


_BOT_SENT: Mapping[str, str] = {
    "message.image.received": "picture",
    "message.sticker.received": "sticker",
    "message.voice.received": "voice",
    "message.unsupported.received": "other",
}
_OA_SENT: Mapping[str, str] = {
    "user_send_image": "picture",
    "user_send_gif": "picture",
    "user_send_sticker": "sticker",
    "user_send_audio": "voice",
    "user_send_video": "video",
    "user_send_file": "file",
    "user_send_location": "location",
    "user_send_business_card": "contact",
}


def read_bot(body: Mapping[str, Any]) -> Event | None:
    """Read a delivery of the Bot Platform.

    Args:
        body: as it came, in its envelope or bare.

    Returns:
        The event; None for what is not for the assistant: bots, groups, events it does not know.

    Raises:
        MalformedError: it is no delivery.
    """
    body = _table(body, "result") if "result" in body else body
    name, message = _name(body), _table(body, "message")
    chat, sender = _table(message, "chat"), _table(message, "from")
    if sender.get("is_bot") is True or chat.get("chat_type", "PRIVATE") != "PRIVATE":
        return None
    delivery, person = _id(message, "message_id"), _id(chat, "id")
    if name == "message.text.received":
        return Event(delivery, person, text=_text(message))
    if name in _BOT_SENT:
        sent = _BOT_SENT[name]
        return Event(delivery, person, sent=sent, guarded=sent == "other")
    return None


def read_oa(body: Mapping[str, Any]) -> Event | None:
    """Read a delivery of an Official Account.

    Returns:
        The event; None for what is not for the assistant: echoes of its own messages, notices
        that something was seen, events it does not know.

    Raises:
        MalformedError: it is no delivery.
    """
    name = _name(body)
    if name in (Kind.FOLLOW, Kind.UNFOLLOW):
        # These two name the person in a field of its own, and have no message with an id.
        person = _id(_table(body, "follower" if "follower" in body else "sender"), "id")
        at = _clean(str(body.get("timestamp", "")))[:LONGEST_ID]
        return Event(f"{name}:{person}:{at}", person, Kind(name))
    text = name in ("user_send_text", "user_send_link")
    if not text and name not in _OA_SENT:
        return None
    message = _table(body, "message")
    delivery, person = _id(message, "msg_id"), _id(_table(body, "sender"), "id")
    if text:
        return Event(delivery, person, text=_text(message))
    file, url = _file(message)
    return Event(delivery, person, sent=_OA_SENT[name], file_name=file, file_url=url)


def _file(message: Mapping[str, Any]) -> tuple[str, str]:
    """Return name and address of the file that a message carries, "" where they are not stated."""
    attachments = message.get("attachments")
    first = attachments[0] if isinstance(attachments, list) and attachments else None
    payload = first.get("payload") if isinstance(first, dict) else None
    stated = payload if isinstance(payload, dict) else {}
    name, url = (_clean(str(stated.get(key) or ""))[:LONGEST_URL] for key in ("name", "url"))
    return name, url


def _table(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = data.get(key)
    if not isinstance(value, dict):
        raise MalformedError(key)
    return value


def _name(body: Mapping[str, Any]) -> str:
    name = body.get("event_name")
    if not isinstance(name, str):
        raise MalformedError("event_name")
    return name


def _id(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    value = str(value) if isinstance(value, int) else value
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_ID or _clean(value) != value:
        raise MalformedError(key)
    return value


def _text(message: Mapping[str, Any]) -> str:
    text = message.get("text", "")
    return _clean(text) if isinstance(text, str) else ""


def _clean(text: str) -> str:
    """Drop halves of letters, which JSON can hold and UTF-8 cannot."""
    return text.encode("utf-8", "ignore").decode("utf-8")

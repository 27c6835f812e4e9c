"""What the messengers and the one-stop software post, in the form that they give it."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

_PERSON = {"id": 11, "is_bot": False, "first_name": "Hoa", "language_code": "vi"}
_PRIVATE = {"id": 11, "type": "private", "first_name": "Hoa"}
_GROUP = {"id": -100, "type": "supergroup", "title": "Phường", "is_forum": True}
_AT = 1_790_000_000
_SAID = {"message_id": 5, "date": _AT, "chat": _PRIVATE, "from": _PERSON, "text": "PCI là gì?"}
_BOT = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "cchc_bot"}
_FILE = {"file_id": "a", "file_unique_id": "b", "file_size": 9}
_IN_GROUP = {
    **_SAID,
    "chat": _GROUP,
    "message_thread_id": 3,
    "is_topic_message": True,
    "text": "@cchc_bot PCI là gì?",
    "entities": [{"type": "mention", "offset": 0, "length": 9}],
    "reply_to_message": {**_SAID, "from": _BOT},
}

TELEGRAM: list[dict[str, Any]] = [
    {"update_id": 7, "message": _SAID},
    {"update_id": 8, "edited_message": {**_SAID, "edit_date": _AT + 20}},
    {"update_id": 9, "message": _IN_GROUP},
    {"update_id": 10, "message": {**_SAID, "text": None, "document": _FILE, "caption": "tệp"}},
    {
        "update_id": 11,
        "callback_query": {
            "id": "1",
            "from": _PERSON,
            "chat_instance": "1",
            "data": "t1:đúng",
            "message": {**_SAID, "from": _BOT, "reply_to_message": _SAID},
        },
    },
    {"update_id": 12, "inline_query": {"id": "1", "from": _PERSON, "query": "pci", "offset": ""}},
    {
        "update_id": 13,
        "my_chat_member": {
            "chat": _PRIVATE,
            "from": _PERSON,
            "date": _AT,
            "old_chat_member": {"user": _BOT, "status": "member"},
            "new_chat_member": {"user": _BOT, "status": "kicked", "until_date": 0},
        },
    },
]

#: What Telegram gives back for what the bot calls; True for all others.
RESULTS: dict[str, Any] = {
    "getMe": {**_BOT, "can_join_groups": True},
    "sendMessage": {**_SAID, "from": _BOT},
    "editMessageText": {**_SAID, "from": _BOT},
}

_CHAT = {
    "event_name": "message.text.received",
    "message": {
        "message_id": "m1",
        "from": {"id": "p1", "display_name": "Hoa", "is_bot": False},
        "chat": {"id": "p1", "chat_type": "PRIVATE"},
        "text": "PCI là gì?",
        "date": _AT,
    },
}
ZALO_BOT: list[dict[str, Any]] = [
    {"ok": True, "result": _CHAT},
    _CHAT,
    {**_CHAT, "event_name": "message.image.received"},
    {**_CHAT, "event_name": "message.unsupported.received"},
]

_NOW = str(int(time.time() * 1000))
ZALO_OA: list[dict[str, Any]] = [
    {
        "app_id": "1",
        "event_name": "user_send_text",
        "timestamp": _NOW,
        "sender": {"id": "p1"},
        "recipient": {"id": "oa"},
        "message": {"msg_id": "m1", "text": "PCI là gì?"},
    },
    {
        "event_name": "user_send_image",
        "timestamp": _NOW,
        "sender": {"id": "p1"},
        "message": {"msg_id": "m2", "attachments": [{"type": "image", "payload": {"url": "a"}}]},
    },
    {"event_name": "follow", "timestamp": _NOW, "follower": {"id": "p1"}, "oa_id": "oa"},
    {"event_name": "unfollow", "timestamp": _NOW, "follower": {"id": "p1"}},
]

_CASE = {
    "case": "H47-1",
    "office": "ttpvhcc",
    "service": "chung",
    "event": "completed",
    "at": datetime.now(UTC).isoformat(timespec="seconds"),
    "user": "telegram:11",
}
EVENTS: list[dict[str, Any]] = [
    _CASE,
    {**_CASE, "event": "received", "case": "H47-2"},
    {**_CASE, "event": "cancelled", "user": None},
]

_ASKED = {"text": "PAR Index là gì?", "session": "s1"}
QUESTIONS: list[dict[str, Any]] = [
    _ASKED,
    {**_ASKED, "turn": "t1", "place": "Quảng Nam", "id": "1"},
]

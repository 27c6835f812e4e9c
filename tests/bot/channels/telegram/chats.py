"""The methods of the API that send, edit and answer."""

from __future__ import annotations

import time
from typing import Any

from tests.bot.channels.telegram.http import Upload
from tests.bot.channels.telegram.markup import units
from tests.bot.channels.telegram.messages import RefusalError, Sent, buttons_of, text_of

ME = {"id": 12345, "is_bot": True, "first_name": "Trợ lý", "username": "tro_ly_bot"}


class Chats:
    """What the bot did in its chats.

    Attributes:
        sent: all messages of the bot, oldest first.
        toasts: what each pressed button was answered; None before.
        cards: what each inline query was answered.
        blocked: chats that the bot may not write to.
    """

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.toasts: dict[str, str | None] = {}
        self.cards: dict[str, list[dict[str, Any]]] = {}
        self.blocked: set[int] = set()
        self._next = 1000

    def number(self) -> int:
        """Return a number that was not used before."""
        self._next += 1
        return self._next

    def to(self, chat: int) -> list[Sent]:
        """Return the bot's messages in a chat."""
        return [message for message in self.sent if message.chat == chat]

    async def _sendMessage(self, chat_id: int, text: str, **arguments: Any) -> Any:
        self._check_chat(chat_id)
        shown, entities = text_of(text, arguments.get("parse_mode"), 4096)
        return self._keep(Sent(chat_id, 0, shown, entities, buttons_of(arguments), arguments))

    async def _sendPhoto(self, chat_id: int, photo: Upload, **arguments: Any) -> Any:
        return self._file(chat_id, photo, arguments)

    async def _sendDocument(self, chat_id: int, document: Upload, **arguments: Any) -> Any:
        return self._file(chat_id, document, arguments)

    async def _sendChatAction(self, chat_id: int, action: str, **_: Any) -> bool:
        assert action == "typing"
        self._check_chat(chat_id)
        return True

    async def _editMessageText(
        self, chat_id: int, message_id: int, text: str, **arguments: Any
    ) -> Any:
        self._check_chat(chat_id)
        found = [m for m in self.sent if (m.chat, m.id) == (chat_id, message_id)]
        if not found:
            raise RefusalError(400, "Bad Request: message to edit not found")
        message = found[0]
        if message.file:
            raise RefusalError(400, "Bad Request: there is no text in the message to edit")
        shown, entities = text_of(text, arguments.get("parse_mode"), 4096)
        buttons = buttons_of(arguments)
        if (shown, entities, buttons) == (message.text, message.entities, message.buttons):
            raise RefusalError(
                400,
                "Bad Request: message is not modified: specified new message content and reply"
                " markup are exactly the same as a current content and reply markup of the message",
            )
        message.text, message.entities, message.buttons = shown, entities, buttons
        message.edits += 1
        return self.as_message(message)

    async def _answerCallbackQuery(
        self, callback_query_id: str, text: str | None = None, **_: Any
    ) -> bool:
        if callback_query_id not in self.toasts or self.toasts[callback_query_id] is not None:
            raise RefusalError(400, "Bad Request: query is too old and response timeout expired")
        if text and units(text) > 200:
            raise RefusalError(400, "Bad Request: MESSAGE_TOO_LONG")
        self.toasts[callback_query_id] = text or ""
        return True

    async def _answerInlineQuery(
        self, inline_query_id: str, results: list[dict[str, Any]], **_: Any
    ) -> bool:
        if len(results) > 50 or len({result["id"] for result in results}) < len(results):
            raise RefusalError(400, "Bad Request: RESULT_ID_DUPLICATE")
        for result in results:
            content = result["input_message_content"]
            if len(result["id"].encode()) > 64:
                raise RefusalError(400, "Bad Request: RESULT_ID_INVALID")
            content["shown"], _ = text_of(content["message_text"], content["parse_mode"], 4096)
        self.cards[inline_query_id] = results
        return True

    def as_message(self, message: Sent) -> dict[str, Any]:
        """Return a message of the bot as the API shows it."""
        kind = "private" if message.chat > 0 else "supergroup"
        chat: dict[str, Any] = {"id": message.chat, "type": kind}
        chat |= {"title": "Nhóm"} if message.chat < 0 else {"first_name": "Người"}
        shown: dict[str, Any] = {
            "message_id": message.id,
            "date": int(time.time()),
            "chat": chat,
            "from": ME,
        }
        if message.file is None:
            shown |= {"text": message.text, "entities": message.entities}
        return shown

    def _file(self, chat_id: int, file: Upload, arguments: dict[str, Any]) -> Any:
        self._check_chat(chat_id)
        caption, entities = text_of(arguments.get("caption", " "), None, 1024)
        return self._keep(Sent(chat_id, 0, caption, entities, [], arguments, file))

    def _keep(self, message: Sent) -> dict[str, Any]:
        message.id = self.number()
        self.sent.append(message)
        return self.as_message(message)

    def _check_chat(self, chat: int) -> None:
        if chat in self.blocked:
            raise RefusalError(403, "Forbidden: bot was blocked by the user")

"""People who write to the bot, and the updates that come of it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from tests.bot.channels.telegram.chats import ME
from tests.bot.channels.telegram.messages import Sent
from tests.bot.channels.telegram.server import BotApi

GROUP = -1001234


@dataclass(frozen=True)
class Person:
    """Somebody with Telegram.

    Attributes:
        api: where the bot is told.
        id: also the id of the private chat.
        name: first name.
    """

    api: BotApi
    id: int
    name: str = "Hoa"

    @property
    def user(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": "vi"}

    async def says(self, text: str, **more: Any) -> dict[str, Any]:
        """Write to the bot in private; return the message."""
        return await self._push("message", self.message(text=text, **more))

    async def says_in_group(self, text: str, **more: Any) -> dict[str, Any]:
        """Write in a group that the bot is in."""
        return await self._push("message", self.message(GROUP, text=text, **more))

    async def sends(self, **content: Any) -> None:
        """Send something else than words."""
        await self._push("message", self.message(**content))

    async def sends_file(self, name: str, data: bytes, **more: Any) -> None:
        """Send a document."""
        file = f"file_{self.api.number()}"
        self.api.files[file] = data
        document = {
            "file_id": file,
            "file_unique_id": file,
            "file_name": name,
            "file_size": len(data),
        }
        await self.sends(document=document, **more)

    async def edits(self, message: dict[str, Any], text: str, after: int = 20) -> None:
        """Change a message some seconds after it was sent."""
        await self._push(
            "edited_message", {**message, "text": text, "edit_date": message["date"] + after}
        )

    async def presses(self, message: Sent, label: str, **more: Any) -> str:
        """Press a button under a message of the bot; return the id of the query."""
        return await self.presses_data(message.button(label), message, **more)

    async def presses_data(self, data: str, message: Sent | None, **more: Any) -> str:
        """Press a button that carries `data`."""
        number = str(self.api.number())
        self.api.toasts[number] = None
        query: dict[str, Any] = {
            "id": number,
            "from": self.user,
            "chat_instance": "1",
            "data": data,
        }
        if message is not None:
            query["message"] = {**self.api.as_message(message), **more}
        await self._push("callback_query", query)
        return number

    async def types_inline(self, words: str) -> str:
        """Type behind @bot in some chat; return the id of the query."""
        number = str(self.api.number())
        await self._push(
            "inline_query", {"id": number, "from": self.user, "query": words, "offset": ""}
        )
        return number

    async def becomes(self, status: str) -> None:
        """Block the bot ("kicked") or let it in again ("member")."""
        old = {"status": "member", "user": ME}
        new: dict[str, Any] = {"status": status, "user": ME}
        if status == "kicked":
            new["until_date"] = 0
        await self._push(
            "my_chat_member",
            {
                "chat": self._chat(None),
                "from": self.user,
                "date": int(time.time()),
                "old_chat_member": old,
                "new_chat_member": new,
            },
        )

    def message(self, group: int | None = None, **content: Any) -> dict[str, Any]:
        """Return a message of this person; commands and mentions are marked as Telegram does."""
        made = {
            "message_id": self.api.number(),
            "date": int(time.time()),
            "chat": self._chat(group),
            "from": self.user,
            **content,
        }
        entities = _entities(content.get("text") or content.get("caption") or "")
        if entities:
            made["entities" if "text" in content else "caption_entities"] = entities
        return made

    def _chat(self, group: int | None) -> dict[str, Any]:
        if group is None:
            return {"id": self.id, "type": "private", "first_name": self.name}
        return {"id": group, "type": "supergroup", "title": "Nhóm của phường"}

    async def _push(self, kind: str, content: dict[str, Any]) -> dict[str, Any]:
        await self.api.push({"update_id": self.api.number(), kind: content})
        return content


def _entities(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    offset = 0
    for word in text.split(" "):
        kind = {"/": "bot_command", "@": "mention"}.get(word[:1])
        if kind and len(word) > 1:
            found.append({"type": kind, "offset": offset, "length": len(word.rstrip(",.?!"))})
        offset += len(word) + 1
    return found

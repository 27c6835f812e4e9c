"""A Bot API server on this machine, as strict as the real one and as moody as the net."""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.bot.channels.telegram.http import Answer, Call, HttpServer, Upload
from tests.bot.channels.telegram.markup import MarkupError, parse_html, units
from tests.bot.channels.telegram.specification import MismatchError, Specification

TOKEN = "12345:made-up"
ME = {"id": 12345, "is_bot": True, "first_name": "Trợ lý", "username": "tro_ly_bot"}
ALL = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")


class RefusalError(Exception):
    """The server refuses a call.

    Args:
        code: HTTP status and error code.
        description: what is wrong.
        parameters: what comes with it, as "retry_after".
    """

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.answer = {"ok": False, "error_code": code, "description": description}
        if parameters:
            self.answer["parameters"] = parameters
        self.code = code


@dataclass(frozen=True)
class Trouble:
    """What goes wrong with one call.

    Attributes:
        refused: it is refused with this.
        slow: seconds before it is answered.
        cut: "before" or "after" the work is done the line is cut.
    """

    refused: RefusalError | None = None
    slow: float = 0.0
    cut: str = ""


@dataclass
class Sent:
    """A message in a chat."""

    chat: int
    id: int
    text: str
    entities: list[dict[str, Any]] = field(default_factory=list)
    buttons: list[list[dict[str, str]]] = field(default_factory=list)
    arguments: dict[str, Any] = field(default_factory=dict)
    file: Upload | None = None
    edits: int = 0

    def button(self, label: str) -> str:
        """Return what the button with a label carries."""
        found = {one["text"]: one["callback_data"] for row in self.buttons for one in row}
        return found[label]

    def styled(self, kind: str) -> list[str]:
        """Return the runs of text of one kind."""
        raw = self.text.encode("utf-16-le")
        return [
            raw[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
            for e in self.entities
            if e["type"] == kind
        ]


class BotApi:
    """The server of one bot.

    Attributes:
        wrong: what a call or a result had that the specification does not allow; stays empty.
        sent: all messages of the bot, oldest first.
        calls: (method, arguments) of all calls that were worked on, without getUpdates.
    """

    def __init__(self) -> None:
        self.specification = Specification.found()
        self.wrong: list[str] = []
        self.sent: list[Sent] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.refused: list[str] = []
        self.toasts: dict[str, str | None] = {}
        self.cards: dict[str, list[dict[str, Any]]] = {}
        self.blocked: set[int] = set()
        self.webhook: dict[str, Any] = {}
        self.offset = 0
        self._updates: deque[dict[str, Any]] = deque()
        self._news = asyncio.Condition()
        self._poll = 0
        self._allowed: list[str] = list(ALL)
        self._troubles: dict[str, deque[Trouble]] = {}
        self._next = 1000
        self._http = HttpServer(self._answer)

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self._http.port}"

    async def start(self) -> None:
        """Begin to listen."""
        await self._http.start()

    async def stop(self) -> None:
        """Be gone."""
        await self._http.stop()

    def number(self) -> int:
        """Return a number that was not used before."""
        self._next += 1
        return self._next

    def trouble(self, method: str, *troubles: Trouble) -> None:
        """Let the next calls of a method go wrong, one trouble each."""
        self._troubles.setdefault(method, deque()).extend(troubles)

    def calm(self) -> None:
        """Let nothing go wrong any more."""
        self._troubles.clear()

    def is_fetched(self) -> bool:
        """Say whether all updates were fetched and acknowledged."""
        return not self._updates or self._updates[-1]["update_id"] < self.offset

    async def push(self, update: dict[str, Any], *, strict: bool = True) -> None:
        """Let something happen that the bot is told: by its webhook, or when it asks."""
        if strict and self.specification:
            self.specification.check_update(update)
        kind = next((name for name in update if name != "update_id"), "")
        if strict and kind not in self._allowed:
            return
        if self.webhook:
            await self._deliver(update)
            return
        async with self._news:
            self._updates.append(update)
            self._news.notify_all()

    async def until(self, met: Any, seconds: float = 10.0) -> None:
        """Wait until `met()` holds."""
        end = time.monotonic() + seconds
        while not met():
            assert time.monotonic() < end, f"waited in vain; sent: {[s.text for s in self.sent]}"
            await asyncio.sleep(0.005)

    async def said(self, count: int = 1, seconds: float = 10.0) -> Sent:
        """Wait for the bot's message of this number and return it."""
        await self.until(lambda: len(self.sent) >= count, seconds)
        return self.sent[count - 1]

    def to(self, chat: int) -> list[Sent]:
        """Return the bot's messages in a chat."""
        return [message for message in self.sent if message.chat == chat]

    async def _deliver(self, update: dict[str, Any]) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.get("secret_token", "")}
        async with httpx.AsyncClient() as client:
            for _ in range(20):
                answer = await client.post(
                    self.webhook["url"],
                    headers={**headers, "Content-Type": "application/json"},
                    content=json.dumps(update).encode(),
                )
                if answer.is_success:
                    return
                await asyncio.sleep(0.05)

    async def _answer(self, call: Call) -> Answer:
        head, _, method = call.path.strip("/").rpartition("/")
        if head != f"bot{TOKEN}":
            return Answer(401, RefusalError(401, "Unauthorized").answer)
        trouble = (self._troubles.get(method) or deque([Trouble()])).popleft()
        if trouble.cut == "before":
            return Answer(200, None)
        try:
            if trouble.refused:
                raise trouble.refused
            result = await self._work(method, call)
        except RefusalError as refused:
            self.refused.append(f"{method}: {refused}")
            return Answer(refused.code, refused.answer)
        except MismatchError as mismatch:
            self.wrong.append(str(mismatch))
            return Answer(400, RefusalError(400, f"Bad Request: {mismatch}").answer)
        if trouble.slow:
            await asyncio.sleep(trouble.slow)
        return Answer(200, None if trouble.cut == "after" else {"ok": True, "result": result})

    async def _work(self, method: str, call: Call) -> Any:
        arguments = self._arguments(method, call)
        if method != "getUpdates":
            self.calls.append((method, arguments))
        work = getattr(self, f"_{method}", None)
        if work is None:
            raise MismatchError(f"this server has no {method}")
        with _as_refusals():
            result = await work(**arguments)
        if self.specification and method != "getUpdates":
            self.specification.check_result(method, result)
        return result

    def _arguments(self, method: str, call: Call) -> dict[str, Any]:
        if self.specification:
            return self.specification.arguments(method, call.fields)
        return {name: _guessed(name, value) for name, value in call.fields.items()}

    async def _getMe(self) -> Any:
        return {**ME, "can_join_groups": True, "supports_inline_queries": True}

    async def _setMyCommands(self, commands: list[dict[str, str]]) -> bool:
        for command in commands:
            name = command["command"]
            if not (0 < len(name) <= 32 and name.isascii() and name.islower()):
                raise RefusalError(400, "Bad Request: BOT_COMMAND_INVALID")
        return True

    async def _setWebhook(self, url: str, **arguments: Any) -> bool:
        if not url.startswith(("https://", "http://127.0.0.1:")):
            raise RefusalError(400, "Bad Request: bad webhook: An HTTPS URL must be provided")
        self.webhook = {"url": url, **arguments}
        self._allowed = arguments.get("allowed_updates", self._allowed)
        while self._updates:
            await self._deliver(self._updates.popleft())
        return True

    async def _deleteWebhook(self, **_: Any) -> bool:
        self.webhook = {}
        return True

    async def _getUpdates(
        self,
        offset: int = 0,
        timeout: float = 0,
        limit: int = 100,
        allowed_updates: list[str] | None = None,
    ) -> Any:
        if self.webhook:
            raise RefusalError(409, "Conflict: can't use getUpdates method while webhook is active")
        self._poll += 1
        own, end = self._poll, time.monotonic() + min(timeout, 50)
        if allowed_updates is not None:
            self._allowed = allowed_updates
        self.offset = max(self.offset, offset)
        async with self._news:
            self._news.notify_all()
            while self._updates and self._updates[0].get("update_id", 0) < offset:
                self._updates.popleft()
            while not self._updates and (left := end - time.monotonic()) > 0:
                try:
                    await asyncio.wait_for(self._news.wait(), left)
                except TimeoutError:
                    break
                if own != self._poll:
                    raise RefusalError(409, "Conflict: terminated by other getUpdates request")
            return list(self._updates)[:limit]

    async def _sendMessage(self, chat_id: int, text: str, **arguments: Any) -> Any:
        self._check_chat(chat_id)
        shown, entities = _text(text, arguments.get("parse_mode"), 4096)
        return self._keep(Sent(chat_id, 0, shown, entities, _buttons(arguments), arguments))

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
        shown, entities = _text(text, arguments.get("parse_mode"), 4096)
        buttons = _buttons(arguments)
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
            content["shown"], _ = _text(content["message_text"], content["parse_mode"], 4096)
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
        caption, entities = _text(arguments.get("caption", " "), None, 1024)
        return self._keep(Sent(chat_id, 0, caption, entities, [], arguments, file))

    def _keep(self, message: Sent) -> dict[str, Any]:
        message.id = self.number()
        self.sent.append(message)
        return self.as_message(message)

    def _check_chat(self, chat: int) -> None:
        if chat in self.blocked:
            raise RefusalError(403, "Forbidden: bot was blocked by the user")


@contextmanager
def _as_refusals() -> Iterator[None]:
    try:
        yield
    except MarkupError as error:
        raise RefusalError(400, f"Bad Request: {error}") from error


def _text(written: str, mode: str | None, most: int) -> tuple[str, list[dict[str, Any]]]:
    shown, entities = parse_html(written) if mode == "HTML" else (written, [])
    if units(shown) > most:
        raise RefusalError(400, "Bad Request: message is too long")
    if most > 1024 and not shown.strip():
        raise RefusalError(400, "Bad Request: message text is empty")
    return shown, entities


def _buttons(arguments: dict[str, Any]) -> list[list[dict[str, str]]]:
    rows = (arguments.get("reply_markup") or {}).get("inline_keyboard", [])
    for row in rows:
        for button in row:
            if not 1 <= len(button["callback_data"].encode()) <= 64:
                raise RefusalError(400, "Bad Request: BUTTON_DATA_INVALID")
    return [list(row) for row in rows]


def _guessed(name: str, value: str | Upload) -> Any:
    """Decode an argument without the specification: all but texts is written as JSON."""
    if isinstance(value, Upload) or name in ("text", "caption", "callback_query_id", "url"):
        return value
    try:
        return json.loads(value) if name != "inline_query_id" else value
    except ValueError:
        return value

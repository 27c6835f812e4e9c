"""A Bot API server on this machine, as strict as the real one and as moody as the net."""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from tests.bot.channels.telegram.chats import ME, Chats
from tests.bot.channels.telegram.http import Answer, Call, HttpServer, Upload
from tests.bot.channels.telegram.markup import MarkupError
from tests.bot.channels.telegram.messages import RefusalError, Sent, Trouble
from tests.bot.channels.telegram.specification import MismatchError, Specification

TOKEN = "12345:made-up"
ALL = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")


class BotApi(Chats):
    """The server of one bot.

    Attributes:
        wrong: what a call or a result had that the specification does not allow; stays empty.
        calls: (method, arguments) of all calls that were worked on, without getUpdates.
    """

    def __init__(self) -> None:
        super().__init__()
        self.specification = Specification.found()
        self.wrong: list[str] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.refused: list[str] = []
        self.webhook: dict[str, Any] = {}
        self.files: dict[str, bytes] = {}  # what people sent, by its file_id
        self.paths: dict[str, str] = {}  # where a file is said to lie, if that is somewhere else
        self.downloads: list[str] = []
        self.offset = 0
        self._updates: deque[dict[str, Any]] = deque()
        self._news = asyncio.Condition()
        self._poll = 0
        self._allowed: list[str] = list(ALL)
        self._troubles: dict[str, deque[Trouble]] = {}
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
        if call.path.startswith("/file/"):
            return self._download(call.path)
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

    def _download(self, path: str) -> Answer:
        name = path.removeprefix(f"/file/bot{TOKEN}/documents/")
        self.downloads.append(name)
        if name not in self.files:
            return Answer(404, RefusalError(404, "Not Found").answer)
        return Answer(200, self.files[name])

    async def _getFile(self, file_id: str) -> Any:
        if file_id not in self.files:
            raise RefusalError(
                400, "Bad Request: wrong file_id or the file is temporarily unavailable"
            )
        if len(self.files[file_id]) > 20 * 1024 * 1024:
            raise RefusalError(400, "Bad Request: file is too big")
        path = self.paths.get(file_id, f"documents/{file_id}")
        return {"file_id": file_id, "file_unique_id": file_id, "file_path": path}

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


@contextmanager
def _as_refusals() -> Iterator[None]:
    try:
        yield
    except MarkupError as error:
        raise RefusalError(400, f"Bad Request: {error}") from error


def _guessed(name: str, value: str | Upload) -> Any:
    """Decode an argument without the specification: all but texts is written as JSON."""
    if isinstance(value, Upload) or name in ("text", "caption", "callback_query_id", "url"):
        return value
    try:
        return json.loads(value) if name != "inline_query_id" else value
    except ValueError:
        return value

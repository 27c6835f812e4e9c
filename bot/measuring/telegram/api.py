"""As much of Telegram's API as measuring needs, and nothing that takes time of its own."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any
from urllib.parse import parse_qsl

ME = {"id": 1, "is_bot": True, "first_name": "Đo", "username": "do_bot"}
LONGEST_POLL = 50.0  # seconds


class MeasuringApi:
    """Answers the calls of one bot and notes when each chat got its first message.

    Attributes:
        port: where it listens on this machine.
        webhook: what the bot wants to be called at; empty while it polls.
        answered: chat to the time (`time.perf_counter`) at which its message came.
    """

    def __init__(self) -> None:
        self.port = 0
        self.webhook: dict[str, str] = {}
        self.answered: dict[int, float] = {}
        self._updates: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._coming: dict[int, asyncio.Event] = {}
        self._lines: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Begin to listen on a free port."""
        self._server = await asyncio.start_server(self._line, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Close every line."""
        if self._server is not None:
            self._server.close()
        lines = [*self._lines]
        for line in lines:
            line.cancel()
        await asyncio.gather(*lines, return_exceptions=True)

    def push(self, update: dict[str, Any]) -> None:
        """Have an update ready for the next question of a polling bot."""
        self._updates.put_nowait(update)

    async def message_to(self, chat: int, seconds: float) -> float | None:
        """Return when the message to a chat came; None where none comes within `seconds`."""
        # One for each chat: thousands that wake with each message leave no time for messages.
        coming = self._coming.setdefault(chat, asyncio.Event())
        if chat not in self.answered:
            try:
                await asyncio.wait_for(coming.wait(), seconds)
            except TimeoutError:
                return None
            finally:
                del self._coming[chat]
        return self.answered[chat]

    async def _line(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._lines.add(task)
        try:
            while (call := await _call(reader)) is not None:
                method, arguments = call
                result = await self._result(method, arguments)
                body = json.dumps({"ok": True, "result": result}).encode()
                head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n"
                writer.write(head.encode() + body)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the bot closed the line, or the measuring is over
        finally:
            self._lines.discard(task)
            writer.close()

    async def _result(self, method: str, arguments: dict[str, str]) -> Any:
        if method == "getMe":
            return ME
        if method == "getUpdates":
            return await self._news(min(float(arguments.get("timeout", "0")), LONGEST_POLL))
        if method == "setWebhook":
            self.webhook = arguments
        if method == "sendMessage":
            chat = int(arguments["chat_id"])
            self.answered.setdefault(chat, time.perf_counter())
            if chat in self._coming:
                self._coming[chat].set()
            return {"message_id": 1, "date": 1, "chat": {"id": chat, "type": "private"}}
        return True

    async def _news(self, seconds: float) -> list[dict[str, Any]]:
        try:
            found = [await asyncio.wait_for(self._updates.get(), seconds)]
        except TimeoutError:
            return []
        while not self._updates.empty():
            found.append(self._updates.get_nowait())
        return found


async def _call(reader: asyncio.StreamReader) -> tuple[str, dict[str, str]] | None:
    """Return method and arguments of the next call, None at the end of the line."""
    first = await reader.readline()
    if not first:
        return None
    length = 0
    while header := (await reader.readline()).strip():
        name, _, value = header.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    body = (await reader.readexactly(length)).decode()
    return first.split()[1].decode().rpartition("/")[2], dict(parse_qsl(body))

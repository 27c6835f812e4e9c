"""A small HTTP server of our own, because a server that can cut a line has to hold it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Upload:
    """A file that came with a call."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True)
class Call:
    """One call: its path and what it carries, undecoded texts and files by name."""

    path: str
    fields: dict[str, str | Upload]


@dataclass(frozen=True)
class Answer:
    """What is sent back, bytes as they are; None for `body` cuts the line."""

    status: int
    body: Any | None


class HttpServer:
    """Serves calls on a port of this machine.

    Args:
        answer: makes the answer to a call.
    """

    def __init__(self, answer: Callable[[Call], Awaitable[Answer]]) -> None:
        self._answer = answer
        self._server: asyncio.Server | None = None
        self._lines: set[asyncio.Task[None]] = set()
        self.port = 0

    async def start(self) -> None:
        """Begin to listen, on the same port as before if there was one."""
        self._server = await asyncio.start_server(self._line, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Close all lines."""
        if self._server is not None:
            self._server.close()
        lines = [*self._lines]
        for line in lines:
            line.cancel()
        await asyncio.gather(*lines, return_exceptions=True)

    async def _line(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._lines.add(task)
        try:
            while (call := await _call(reader)) is not None:
                answer = await self._answer(call)
                if answer.body is None:
                    writer.transport.abort()
                    return
                said = answer.body
                body = said if isinstance(said, bytes) else json.dumps(said).encode()
                head = f"HTTP/1.1 {answer.status} X\r\nContent-Type: application/json\r\n"
                writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._lines.discard(task)
            writer.close()
            with suppress(ConnectionError, asyncio.CancelledError):
                await writer.wait_closed()


async def _call(reader: asyncio.StreamReader) -> Call | None:
    line = await reader.readline()
    if not line:
        return None
    path = urlsplit(line.split()[1].decode())
    headers: dict[str, str] = {}
    while header := (await reader.readline()).decode().strip():
        name, _, value = header.partition(":")
        headers[name.lower()] = value.strip()
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    fields: dict[str, str | Upload] = dict(parse_qsl(path.query, keep_blank_values=True))
    kind = headers.get("content-type", "")
    if kind.startswith("multipart/form-data"):
        fields |= _parts(kind, body)
    elif kind == "application/json":
        given = json.loads(body).items()
        fields |= {n: v if isinstance(v, str) else json.dumps(v) for n, v in given}
    else:
        fields |= dict(parse_qsl(body.decode(), keep_blank_values=True))
    return Call(path.path, fields)


def _parts(kind: str, body: bytes) -> dict[str, str | Upload]:
    parsed = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
    found: dict[str, str | Upload] = {}
    for part in parsed.iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        data = part.get_payload(decode=True)
        assert isinstance(data, bytes)
        file = part.get_filename()
        found[name] = Upload(file, part.get_content_type(), data) if file else data.decode()
    return found

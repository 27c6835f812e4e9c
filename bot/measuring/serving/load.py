"""Asking at a given rate, whether or not the answers come: what people do, who know of no others.

Latencies count from the moment a question was due, so that a server that makes the asker wait does
not make its figures better (coordinated omission).
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from uvicorn.loops.auto import auto_loop_factory

from bot.measuring.program import environment

PATIENCE = 30.0  # seconds that an answer is waited for
LOST = 0  # in place of an HTTP status where no answer came


@dataclass(frozen=True)
class Asked:
    """What became of one question.

    Attributes:
        seconds: from when it was due to the end of its answer.
        status: HTTP status, `LOST` without one.
        told_when: whether a `Retry-After` came with it.
    """

    seconds: float
    status: int
    told_when: bool


def ask_at_rate(port: int, questions: Sequence[str], rate: float, name: str) -> list[Asked]:
    """Ask in a process of its own, each question as another person, and return what became of it.

    Args:
        port: of the server on this machine.
        questions: one after the other.
        rate: how many a second.
        name: begins the names of the people, so that two runs do not share them.
    """
    order = json.dumps({"port": port, "questions": questions, "rate": rate, "name": name})
    done = subprocess.run(
        [sys.executable, "-m", __name__],
        input=order,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment(),
        check=True,
    )
    return [Asked(*one) for one in json.loads(done.stdout)]


def main() -> None:
    """Ask what standard input says and write what became of it to standard output."""
    order = json.load(sys.stdin)
    asking = _Asking(order["port"], order["name"])
    # As the server: what the asker takes of the machine is not left for the answers.
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        asked = runner.run(asking.all(order["questions"], order["rate"]))
    json.dump([astuple(one) for one in asked], sys.stdout)


class _Asking:
    """Asks over lines that stay open; plain sockets, which take least of the machine."""

    def __init__(self, port: int, name: str) -> None:
        self._port = port
        self._name = name
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def all(self, questions: Sequence[str], rate: float) -> list[Asked]:
        """Ask all and close the lines."""
        began = time.perf_counter()
        tasks: list[asyncio.Task[Asked]] = []
        for number, question in enumerate(questions):
            due = began + number / rate
            await asyncio.sleep(due - time.perf_counter())
            tasks.append(asyncio.create_task(self._one(number, question, due)))
        asked = [await task for task in tasks]
        for _, writer in self._idle:
            writer.close()
        return asked

    async def _one(self, number: int, question: str, due: float) -> Asked:
        body = json.dumps({"text": question, "session": f"{self._name}{number}"}).encode()
        head = (
            "POST /api/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        ).encode()
        try:
            async with asyncio.timeout(PATIENCE):
                status, told_when = await self._sent(head + body)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError):
            status, told_when = LOST, False
        return Asked(time.perf_counter() - due, status, told_when)

    async def _sent(self, request: bytes) -> tuple[int, bool]:
        while self._idle:
            try:
                return await self._over(*self._idle.pop(), request)
            except (OSError, asyncio.IncompleteReadError):
                continue  # a line that the server had closed, having been idle
        return await self._over(*await asyncio.open_connection("127.0.0.1", self._port), request)

    async def _over(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes
    ) -> tuple[int, bool]:
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = head.partition(b"content-length:")[2].partition(b"\r\n")[0]
        await reader.readexactly(int(length))
        self._idle.append((reader, writer))
        return int(head.split(None, 2)[1]), b"\r\nretry-after:" in head


if __name__ == "__main__":
    main()

"""Questions one at a time by polling, and many a second by webhook, each from another person."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import socket
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import numpy as np

from bot.common import OVERRIDES
from bot.measuring.benchmark import BenchmarkError, Row, copied
from bot.measuring.telegram.api import MeasuringApi
from bot.measuring.telegram.office import serve

PATIENCE = 60.0  # seconds after which a reply is given up for lost
FIRST = 3  # questions before the measuring begins, so that all is loaded
LINES = 40  # over which updates are delivered at a time, as Telegram does by default
TRIES = 5  # of a delivery
HEADER = "X-Telegram-Bot-Api-Secret-Token"


def run_telegram(
    home: Path, questions: Sequence[str], singly: int, rate: int, seconds: int
) -> list[Row]:
    """Measure over a copy of `home`, with the channel in a process of its own.

    Telegram itself takes 30 messages a second of a bot; the channel's own limit is lifted for the
    measuring, so that what is measured is the assistant.

    Args:
        home: folder of the documents.
        questions: what is asked in turn, at least one.
        singly: how many are asked one at a time.
        rate: how many a second are asked beside each other.
        seconds: for how long.

    Returns:
        Latencies from the delivery of an update to the arrival of the reply at the API.

    Raises:
        HomeError, ConfigError: the home cannot be used.
        BenchmarkError: the channel did not start.
    """
    with copied(home) as copy:
        one = asyncio.run(_singly(copy, questions, singly))
        many = asyncio.run(_together(copy, questions, rate, seconds))
    return [
        Row("Telegram, từng câu một", _figures(one)),
        Row(f"Telegram, {rate} câu một giây trong {seconds} giây", _figures(many)),
    ]


def _figures(taken: Sequence[float | None]) -> dict[str, float]:
    """Return the figures of latencies in seconds, None for a reply that never came."""
    answered = [1000 * latency for latency in taken if latency is not None]
    p50, p95 = np.percentile(answered, [50, 95]).tolist() if answered else (0.0, 0.0)
    lost = float(len(taken) - len(answered))
    return {"p50_ms": round(p50, 2), "p95_ms": round(p95, 2), "lost_messages": lost}


async def _singly(home: Path, questions: Sequence[str], count: int) -> list[float | None]:
    taken: list[float | None] = []
    async with _running(home, webhook=False) as api:
        for number in range(1, FIRST + count + 1):
            began = time.perf_counter()
            api.push(_update(number, questions))
            came = await api.message_to(number, PATIENCE)
            taken.append(None if came is None else came - began)
    return taken[FIRST:]


async def _together(
    home: Path, questions: Sequence[str], rate: int, seconds: int
) -> list[float | None]:
    limits = httpx.Limits(max_connections=LINES, max_keepalive_connections=LINES)
    client = httpx.AsyncClient(limits=limits, timeout=PATIENCE)
    async with _running(home, webhook=True) as api, client:

        async def ask(number: int, at: float) -> float | None:
            await asyncio.sleep(at - time.perf_counter())
            began = max(at, 0.0) or time.perf_counter()
            headers = {HEADER: api.webhook["secret_token"], "Content-Type": "application/json"}
            body = json.dumps(_update(number, questions))
            await _delivered(client, api.webhook["url"], body, headers)
            came = await api.message_to(number, PATIENCE)
            return None if came is None else came - began

        # Numbers beyond those of the questions asked singly: each delivery is taken once.
        numbers = range(1_000_000, 1_000_000 + FIRST + rate * seconds)
        for number in numbers[:FIRST]:
            await ask(number, 0.0)
        began = time.perf_counter()
        asked = (ask(number, began + i / rate) for i, number in enumerate(numbers[FIRST:]))
        return await asyncio.gather(*asked)


async def _delivered(
    client: httpx.AsyncClient, url: str, body: str, headers: dict[str, str]
) -> None:
    """Deliver an update as Telegram does: again and again until it is taken."""
    for _ in range(TRIES):
        try:
            response = await client.post(url, content=body, headers=headers)
        except httpx.TransportError:
            continue
        if response.status_code == 200:
            return
        await asyncio.sleep(1)


@asynccontextmanager
async def _running(home: Path, webhook: bool) -> AsyncIterator[MeasuringApi]:
    """Run the channel over `home` in a process of its own, with an API server beside it."""
    api = MeasuringApi()
    await api.start()
    port = _free_port()
    _configure(home, api.port, port, webhook)
    context = multiprocessing.get_context("spawn")
    ready, done = context.Event(), context.Event()
    office = context.Process(target=serve, args=(home, port, ready, done), daemon=True)
    office.start()
    try:
        if not await asyncio.to_thread(ready.wait, PATIENCE):
            raise BenchmarkError("Kênh Telegram không chạy được trong một phút.")
        yield api
    finally:
        done.set()
        await asyncio.to_thread(office.join, PATIENCE)
        await api.stop()


def _configure(home: Path, api: int, own: int, webhook: bool) -> None:
    folder = home / OVERRIDES
    folder.mkdir(exist_ok=True)
    (folder / "channels.toml").write_text(
        f'[server]\npublic_url = "http://127.0.0.1:{own}"\n'
        f'[telegram]\napi_url = "http://127.0.0.1:{api}"\nwebhook = {str(webhook).lower()}\n'
        "per_second = 10000\n",
        encoding="utf-8",
    )


def _update(number: int, questions: Sequence[str]) -> dict[str, Any]:
    person = {"id": number, "is_bot": False, "first_name": "Người đo"}
    message = {
        "message_id": number,
        "date": int(time.time()),
        "chat": {"id": number, "type": "private", "first_name": "Người đo"},
        "from": person,
        "text": questions[number % len(questions)],
    }
    return {"update_id": number, "message": message}


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])

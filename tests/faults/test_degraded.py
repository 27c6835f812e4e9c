"""A service whose vectors are gone answers by words at once, says so, and repairs itself."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from starlette.types import ASGIApp

import bot.service
import index.keeper
from bot.common import OVERRIDES
from bot.message import Message, Status
from bot.server import Server
from bot.service import Service
from config.settings import Settings
from index import build
from index.encoder import MODEL, OnnxEncoder
from tests.bot.program import copied

QUESTION = "PAR Index là gì?"
PATIENCE = 60.0  # seconds for a repair on a busy machine


@pytest.fixture
def broken(bundled_home: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(bot.service, "LOOK", 0.1)
    copied(bundled_home, home)
    folder = home / build.FOLDER / (build.current(home) or "")
    (folder / "dense.faiss").write_bytes(b"cut")
    return home


class Watcher:
    """Somebody who asks a service and watches it."""

    def __init__(self, service: Service) -> None:
        self.service = service
        server = Server(service, (), service.channels.server, print)
        server._ready = True
        self._app: ASGIApp = server.application()

    async def answered(self) -> bool:
        reply = await self.service.reply(Message("test:1", QUESTION, date(2026, 5, 4)))
        return reply is not None and reply.status is Status.ANSWERED

    async def sees(self, path: str) -> str:
        transport = httpx.ASGITransport(self._app, client=("127.0.0.1", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://local") as client:
            response = await client.get(path)
            assert response.status_code == 200
            return response.text

    async def is_degraded(self) -> bool:
        return "degraded" in await self.sees("/readyz")

    async def counts(self, figure: str) -> bool:
        return figure in (await self.sees("/metrics")).splitlines()

    async def until_repaired(self) -> None:
        async with asyncio.timeout(PATIENCE):
            while await self.is_degraded():
                await asyncio.sleep(0.1)


@pytest_asyncio.fixture
async def watcher(broken: Path) -> AsyncIterator[Watcher]:
    service = await Service.open(broken)
    yield Watcher(service)
    await service.close()


async def test_broken_vectors_are_done_without_and_come_back_by_themselves(
    watcher: Watcher,
) -> None:
    assert await watcher.is_degraded()
    assert await watcher.counts("cchc_search_degraded 1")
    assert await watcher.answered()
    await watcher.until_repaired()
    assert await watcher.counts("cchc_search_degraded 0")
    assert await watcher.answered()


async def test_an_index_that_goes_while_it_serves_is_made_anew(
    bundled_home: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.service, "LOOK", 0.1)
    service = await Service.open(copied(bundled_home, home))
    watcher = Watcher(service)
    assert not await watcher.is_degraded()
    shutil.rmtree(home / build.FOLDER)
    assert await watcher.answered()
    assert not await watcher.is_degraded(), "what is in memory serves on"
    async with asyncio.timeout(PATIENCE):
        while build.load(home) is None:
            await asyncio.sleep(0.1)
    await service.close()


async def test_a_model_that_cannot_be_opened_does_not_stop_the_service(
    bundled_home: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied(bundled_home, home)
    (home / OVERRIDES).mkdir(exist_ok=True)
    line = '[search]\nencoder = "sentence-transformers:khong/co"\n'
    (home / OVERRIDES / "settings.toml").write_text(line, encoding="utf-8")
    monkeypatch.setattr("index.encoders.find_spec", lambda _: None)  # the extra may be installed
    service = await Service.open(home)
    watcher = Watcher(service)
    assert await watcher.is_degraded()
    assert await watcher.answered()
    assert await watcher.is_degraded()
    await service.close()


@pytest.mark.parametrize("file", ["model.onnx", "tokenizer.json"])
async def test_a_model_that_is_gone_is_done_without_until_it_is_back(
    bundled_home: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    monkeypatch.setattr(bot.service, "LOOK", 0.1)
    monkeypatch.setattr(index.keeper, "PAUSE", 0.2)
    for path in MODEL.glob("*.*"):
        (tmp_path / path.name).symlink_to(path)
    (tmp_path / file).unlink()

    def opened(settings: Settings, _: Path) -> OnnxEncoder:
        return OnnxEncoder(tmp_path, settings.threads)

    monkeypatch.setattr("bot.common.open_encoder", opened)
    service = await Service.open(copied(bundled_home, home))
    watcher = Watcher(service)
    assert await watcher.is_degraded()
    assert await watcher.answered()
    (tmp_path / file).symlink_to(MODEL / file)
    await watcher.until_repaired()
    assert await watcher.answered()
    await service.close()

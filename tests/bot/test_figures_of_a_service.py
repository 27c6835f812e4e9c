"""`/metrics` of a real service shows what was promised; neither it nor the log tells of people."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from bot.application import Application
from bot.inbox import Delivery
from bot.message import Message, Reply
from bot.server import Server
from bot.service import Service
from tests.bot.program import copied

ON = date(2026, 5, 4)
PRIVATE = ("Nguyễn Thị Bí Mật", "0912345678", "079123456789", "telegram:7350501", "7350501")


@pytest_asyncio.fixture
async def service(bundled_home: Path, home: Path) -> AsyncIterator[Service]:
    opened = await Service.open(copied(bundled_home, home))
    yield opened
    await opened.close()


async def shown(service: Service) -> list[str]:
    app = Server(service, (), service.channels.server, print).application()
    transport = httpx.ASGITransport(app, client=("127.0.0.1", 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://local") as client:
        return (await client.get("/metrics")).text.splitlines()


async def said(service: Service, text: str, user: str = "telegram:1") -> Reply:
    reply = await service.reply(Message(user, text, ON))
    assert reply is not None
    return reply


async def test_everything_that_is_promised_is_counted(service: Service) -> None:
    await said(service, "PAR Index là gì?", "web:1")
    await said(service, "xin chào", "zalo_oa:1")
    await said(service, "/danhgia")
    await said(service, "5")
    await service.accept("telegram", Delivery("1", "{}"))
    logging.getLogger("bot.postman").error("not sent")
    lines = await shown(service)
    for line in (
        'cchc_questions_total{channel="web",status="answered"} 1',
        'cchc_questions_total{channel="zalo_oa",status="smalltalk"} 1',
        'cchc_reply_seconds_count{channel="web"} 1',
        'cchc_ratings_total{stars="5"} 1',
        'cchc_deliveries_total{channel="telegram",kind="new"} 1',
        'cchc_logged_errors_total{logger="bot.postman"} 1',
        "cchc_queue_length 0",
        "cchc_search_degraded 0",
        "cchc_paused 0",
    ):
        assert line in lines
    (age,) = (line for line in lines if line.startswith("cchc_index_age_seconds "))
    assert float(age.split()[1]) > 0


async def test_what_goes_wrong_is_counted_and_logged_without_who_asked_what(
    service: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    question = f"Tôi là {PRIVATE[0]}, điện thoại {PRIVATE[1]}, căn cước {PRIVATE[2]}, cần gì?"
    await said(service, question, PRIVATE[3])

    def trips(_: Application, message: Message) -> Reply:
        raise RuntimeError(message.text)

    monkeypatch.setattr(Application, "reply", trips)
    reply = await said(service, question, PRIVATE[3])
    assert reply.text == service.texts.errors.reply
    logged = caplog.text + "".join(str(record.args) for record in caplog.records)
    assert not [private for private in PRIVATE if private in logged]
    lines = await shown(service)
    assert 'cchc_errors_total{channel="telegram",kind="RuntimeError"} 1' in lines
    assert not [private for private in PRIVATE if private in "\n".join(lines)]

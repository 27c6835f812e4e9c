"""Many people at once: fair, bounded, and every delivery once."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

import bot.service
from bot.application import Application
from bot.inbox import Delivery
from bot.message import Message, Status
from bot.pausing import Switch
from bot.service import Service
from bot.workers.remote import WorkerError

ON = date(2026, 5, 4)


@pytest.fixture
async def service(bundled_home: Path, tmp_path: Path) -> AsyncIterator[Service]:
    home = tmp_path / "copy"
    shutil.copytree(bundled_home, home)
    opened = await Service.open(home)
    yield opened
    await opened.close()


async def test_questions_of_several_people_are_answered(service: Service) -> None:
    asked = [Message(f"test:{i}", "PAR Index là gì?", ON) for i in range(5)]
    replies = await asyncio.gather(*(service.reply(message) for message in asked))
    assert [reply.status for reply in replies if reply] == [Status.ANSWERED] * 5


async def test_a_burst_is_told_once_and_delays_nobody_else(service: Service) -> None:
    burst = [service.reply(Message("test:1", "PAR Index là gì?", ON)) for _ in range(500)]
    work = asyncio.gather(*burst)
    await asyncio.sleep(0)
    other = await service.reply(Message("test:2", "SIPAS là gì?", ON))
    assert other is not None
    assert other.status is Status.ANSWERED
    said = [reply for reply in await work if reply is not None]
    told = [reply for reply in said if reply.text == service.texts.guard.too_many]
    assert len(told) == 1
    assert len(said) - 1 == service.channels.limits.waiting


async def test_who_is_heard_in_between_is_not_told_again_in_the_same_minute(
    service: Service,
) -> None:
    said = []
    for _ in range(2):
        burst = range(service.channels.limits.waiting + 1)
        said += await asyncio.gather(
            *(service.reply(Message("test:1", "xin chào", ON)) for _ in burst)
        )
    told = [reply for reply in said if reply and reply.text == service.texts.guard.too_many]
    assert len(told) == 1


async def test_who_waits_a_minute_is_heard_again(service: Service) -> None:
    now = [0.0]
    service._clock = lambda: now[0]
    for _ in range(service.channels.limits.per_minute):
        assert (await service.reply(Message("test:1", "xin chào", ON))) is not None
    told = await service.reply(Message("test:1", "xin chào", ON))
    assert told is not None
    assert told.text == service.texts.guard.too_many
    assert await service.reply(Message("test:1", "xin chào", ON)) is None
    now[0] = 61.0
    again = await service.reply(Message("test:1", "xin chào", ON))
    assert again is not None
    assert again.text != service.texts.guard.too_many


async def test_trouble_is_one_sentence_and_stays_out_of_the_log(
    service: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("hồ sơ của bà Nguyễn Thị A")

    monkeypatch.setattr(Application, "reply", broken)
    reply = await service.reply(Message("telegram:1", "PAR Index là gì?", ON))
    assert reply is not None
    assert reply.text == service.texts.errors.reply
    assert "Nguyễn" not in caplog.text
    assert "ValueError" in caplog.text


async def test_a_delivery_is_taken_once_and_kept_until_it_is_worked_off(
    service: Service,
) -> None:
    first, second = Delivery("7", '{"a": 1}'), Delivery("8", '{"b": 2}')
    assert await service.accept("telegram", first)
    assert not await service.accept("telegram", first)
    assert await service.accept("zalo", first)
    assert await service.accept("telegram", second)
    assert await service.pending("telegram") == [first, second]
    await service.finish("telegram", "7")
    assert await service.pending("telegram") == [second]
    assert not await service.accept("telegram", first)


async def test_the_switch_turns_answering_off_without_a_restart(service: Service) -> None:
    switch = Switch(service.application.home, "")
    switch.pause("Đang bảo trì.")
    question = Message("test:1", "PAR Index là gì?", ON)
    paused, afresh = await service.reply(question), await service.reply_afresh(question)
    greeted = await service.reply(Message("test:2", "/start", ON))
    switch.resume()
    answered = await service.reply(question)
    assert paused is not None
    assert paused.text == afresh.text == "Đang bảo trì."
    assert greeted is not None
    assert greeted.text != "Đang bảo trì."
    assert answered is not None
    assert answered.status is Status.ANSWERED


async def test_what_happens_is_counted(service: Service) -> None:
    await service.reply(Message("telegram:1", "PAR Index là gì?", ON))
    await service.accept("telegram", Delivery("7", "{}"))
    text = service.metrics.text()
    assert 'cchc_questions_total{channel="telegram",status="answered"} 1' in text
    assert 'cchc_deliveries_total{channel="telegram",kind="new"} 1' in text
    assert "cchc_queue_length 0" in text
    assert "cchc_index_age_seconds" in text


@pytest.mark.parametrize("failure", [WorkerError("OSError"), EOFError(), OSError()])
async def test_a_failed_look_for_a_new_index_is_not_the_last(
    bundled_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    monkeypatch.setattr(bot.service, "LOOK", 0.01)
    shutil.copytree(bundled_home, tmp_path / "copy")
    opened = await Service.open(tmp_path / "copy")
    looks: list[object] = []

    def fail(one: object) -> None:
        looks.append(one)
        raise failure

    monkeypatch.setattr(Application, "tools", fail)
    async with asyncio.timeout(10):
        while len(looks) < 5:
            await asyncio.sleep(0.01)
    await opened.close()


async def test_old_data_goes_by_itself(service: Service) -> None:
    def aged() -> None:
        db = service.application.store.db
        with db.atomic():
            db.execute("UPDATE unanswered SET asked_at = '2020-01-01T00:00:00+00:00'")

    def kept(opened: Service) -> int:
        rows = opened.application.store.db.execute("SELECT count(*) FROM unanswered")
        return int(rows.fetchone()[0])

    await service.reply(Message("test:1", "lãi suất vay mua ô tô điện là bao nhiêu", ON))
    assert await service.with_application(kept, service) == 1
    await service.with_application(aged)
    home = service.application.home
    reopened = await Service.open(home)
    for _ in range(100):
        if not await reopened.with_application(kept, reopened):
            break
        await asyncio.sleep(0.01)
    else:
        pytest.fail("nothing was deleted")
    await reopened.close()

"""A bot of the Bot Platform over real HTTP, against a local platform."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse

from bot.channels.channel import ChannelError
from bot.channels.zalo.bot_platform import ZaloBotChannel
from bot.channels.zalo.client import Client
from bot.message import Reply, Status
from tests.bot.channels.zalo.bot_server import ApiError, BotPlatform
from tests.bot.channels.zalo.office import ACTIONS, LONG, messages_of, open_service
from tests.bot.channels.zalo.serving import serving, until

SECRET = "X-Bot-Api-Secret-Token"
Start = Callable[..., Awaitable[ZaloBotChannel]]


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture
async def platform(stack: AsyncExitStack) -> BotPlatform:
    server = BotPlatform()
    server.url = await stack.enter_async_context(serving(server.app))  # type: ignore[attr-defined]
    return server


def _settings(platform: BotPlatform, webhook: bool) -> str:
    return (
        '[server]\npublic_url = "https://office.example.vn"\n'
        f'[zalo_bot]\napi_url = "{platform.url}"\nwebhook = {str(webhook).lower()}\n'  # type: ignore[attr-defined]
    )


@pytest.fixture
def start(stack: AsyncExitStack, platform: BotPlatform, home: Path) -> Start:
    """Return what starts a channel over a new service on the same home."""

    async def started(webhook: bool = False, token: str = "", **options: Any) -> ZaloBotChannel:
        service = options.pop("service", None)
        if service is None:
            service = await open_service(home, _settings(platform, webhook))
            stack.push_async_callback(service.close)
        token = token or platform.token
        client = Client(delays=(0.01,) * 4, secret=token)
        channel = ZaloBotChannel(service, token, client, poll_seconds=0.3, pause=0.01)
        stack.push_async_callback(channel.stop)
        channel.line = await channel.start()  # type: ignore[attr-defined]
        return channel

    return started


class Caller:
    """Posts to a channel's webhook as Zalo does."""

    def __init__(self, address: str, platform: BotPlatform, http: httpx.AsyncClient) -> None:
        assert platform.webhook
        self.http = http
        path = platform.webhook["url"].removeprefix("https://office.example.vn")
        self.url, self.secret = address + path, platform.webhook["secret"]

    async def __call__(self, update: Any, **changed: Any) -> int:
        content = {"content": json.dumps({"ok": True, "result": update})} | changed
        headers = {SECRET: self.secret, "Content-Type": "application/json"}
        headers |= content.pop("headers", {})
        return (await self.http.post(self.url, headers=headers, **content)).status_code


@pytest.fixture
async def call(stack: AsyncExitStack, start: Start, platform: BotPlatform) -> Caller:
    channel = await start(webhook=True)
    app = Starlette(routes=list(channel.routes))
    http = await stack.enter_async_context(httpx.AsyncClient(timeout=20, verify=False))
    caller = Caller(await stack.enter_async_context(serving(app)), platform, http)
    caller.channel = channel  # type: ignore[attr-defined]
    return caller


def asked(channel: ZaloBotChannel) -> list[str]:
    return [message.text for message in messages_of(channel._service)]


async def test_a_question_is_answered_by_polling(start: Start, platform: BotPlatform) -> None:
    channel = await start()
    platform.offer(platform.message("PCI là gì?", "ab12"))
    await until(lambda: platform.sent)
    assert platform.sent == [("ab12", "Bạn hỏi: PCI là gì?")]
    assert messages_of(channel._service)[0].user == "zalo_bot:ab12"
    assert platform.strange == []


async def test_polling_waits_through_silence(start: Start, platform: BotPlatform) -> None:
    await start()
    await until(lambda: platform.calls.count("getUpdates") >= 3)
    platform.offer(platform.message("còn đó không"))
    await until(lambda: platform.sent)


async def test_an_update_that_comes_again_counts_once(start: Start, platform: BotPlatform) -> None:
    channel = await start()
    platform.repeats = 3
    platform.offer(platform.message("một"))
    platform.offer(platform.message("hai"))
    await until(lambda: len(platform.sent) == 2)
    await asyncio.sleep(0.1)
    assert sorted(asked(channel)) == ["hai", "một"]
    assert len(platform.sent) == 2


async def test_polling_takes_over_from_a_webhook(start: Start, platform: BotPlatform) -> None:
    platform.webhook = {"url": "https://old.example.vn", "secret": "x" * 10}
    await start()
    platform.offer(platform.message("chào"))
    await until(lambda: platform.sent)
    assert platform.webhook is None


async def test_a_long_reply_comes_in_parts_and_in_order(
    start: Start, platform: BotPlatform
) -> None:
    await start()
    platform.offer(platform.message("dài"))
    await until(lambda: len(platform.sent) >= 4)
    assert "\n\n".join(platform.texts()).split() == LONG.split()


async def test_choices_and_actions_are_words_to_type(start: Start, platform: BotPlatform) -> None:
    await start()
    platform.offer(platform.message("chọn3"))
    await until(lambda: platform.sent)
    assert platform.texts() == ["Mời chọn:\n1. Lựa chọn 1\n2. Lựa chọn 2\n3. Lựa chọn 3"]
    platform.offer(platform.message("việc"))
    await until(lambda: len(platform.sent) == 2)
    assert all(action.word in platform.texts()[1] for action in ACTIONS)


async def test_a_file_is_named_with_where_to_see_it(start: Start, platform: BotPlatform) -> None:
    await start()
    platform.offer(platform.message("tệp bang.png image/png"))
    await until(lambda: platform.sent)
    assert "Bảng chỉ tiêu năm 2023" in platform.texts()[0]
    assert "https://office.example.vn" in platform.texts()[0]


@pytest.mark.parametrize(
    ("event", "fields", "sent"),
    [
        ("message.image.received", {"photo_url": "https://x.vn/a.jpg"}, "picture"),
        ("message.sticker.received", {"sticker": "abc"}, "sticker"),
        ("message.voice.received", {"voice_url": "https://x.vn/a.m4a"}, "voice"),
        ("message.unsupported.received", {}, "other"),
    ],
)
async def test_what_is_no_text_is_answered(
    start: Start, platform: BotPlatform, event: str, fields: dict[str, str], sent: str
) -> None:
    channel = await start()
    platform.offer(platform.message(event_name=event, **fields))
    await until(lambda: platform.sent)
    assert [message.sent for message in messages_of(channel._service)] == [sent]


async def test_an_unsupported_message_is_answered_in_one_try(
    start: Start, platform: BotPlatform
) -> None:
    await start()
    platform.next_failures.append(ApiError(429, "Too Many Requests"))
    platform.offer(platform.message(event_name="message.unsupported.received"))
    platform.offer(platform.message("sau đó"))
    await until(lambda: platform.sent)
    assert platform.texts() == ["Bạn hỏi: sau đó"]


@pytest.mark.parametrize(
    "failure",
    [
        ApiError(429, "Too Many Requests"),
        ApiError(500, "Internal Server Error"),
        ApiError(429, "Too Many Requests", status=200),
        PlainTextResponse("<html>502</html>", 502),
        "cut",
    ],
)
async def test_a_reply_outlives_passing_trouble(
    start: Start, platform: BotPlatform, failure: Any
) -> None:
    await start()
    platform.next_failures.extend([failure, failure])
    platform.offer(platform.message("bền không"))
    await until(lambda: platform.sent)
    assert platform.texts() == ["Bạn hỏi: bền không"]


async def test_an_answer_that_cannot_go_out_is_given_after_the_next_start(
    start: Start, platform: BotPlatform
) -> None:
    channel = await start()
    platform.next_failures.extend([ApiError(500, "down")] * 5)
    platform.offer(platform.message("đừng quên"))
    await until(lambda: not platform.next_failures)
    await channel.stop()
    assert platform.sent == []
    await start()
    await until(lambda: platform.sent)
    assert platform.texts() == ["Bạn hỏi: đừng quên"]


async def test_a_person_who_blocked_the_bot_is_left_in_peace(
    start: Start, platform: BotPlatform
) -> None:
    channel = await start()
    platform.blocked.add("6ede")
    platform.offer(platform.message("dài"))
    platform.offer(platform.message("tôi", "khac"))
    await until(lambda: platform.sent)
    await until(lambda: len(asked(channel)) == 2)
    assert platform.calls.count("sendMessage") == 2
    assert await channel.send("zalo_bot:6ede", Reply(Status.ANSWERED, "Nhắc bạn")) is False


async def test_it_writes_unasked(start: Start, platform: BotPlatform) -> None:
    channel = await start()
    assert await channel.send("zalo_bot:77", Reply(Status.ANSWERED, "Mời bạn đánh giá"))
    assert platform.sent == [("77", "Mời bạn đánh giá")]
    platform.next_failures.extend([ApiError(500, "down")] * 9)
    with pytest.raises(ChannelError):
        await channel.send("zalo_bot:77", Reply(Status.ANSWERED, "Mời bạn đánh giá"))


async def test_a_wrong_token_is_said_at_the_start(start: Start) -> None:
    for webhook in (False, True):
        with pytest.raises(ChannelError, match="CCHC_ZALO_BOT_TOKEN") as raised:
            await start(webhook=webhook, token="999:wrong")
        assert "999:wrong" not in str(raised.value)


async def test_bots_and_groups_are_not_answered(start: Start, platform: BotPlatform) -> None:
    channel = await start()
    robot = {"id": "r", "display_name": "Robot", "is_bot": True}
    platform.offer(platform.message("tôi là máy", **{"from": robot}))
    platform.offer(platform.message("nhóm", chat={"id": "g", "chat_type": "GROUP"}))
    platform.offer(platform.message(event_name="message.new.kind"))
    platform.offer(platform.message("người"))
    await until(lambda: platform.sent)
    assert asked(channel) == ["người"]
    assert channel.refusals.counts["not for us"] == 3


async def test_the_token_stays_out_of_the_log(
    start: Start, platform: BotPlatform, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, "httpx")  # which may have been silenced for a program
    channel = await start()
    platform.next_failures.append(ApiError(500, "down"))
    platform.offer(platform.message("bí mật của dân"))
    await until(lambda: platform.sent)
    await channel.stop()
    assert "getUpdates" in caplog.text
    assert platform.token not in caplog.text
    assert "bí mật của dân" not in caplog.text


# --- The webhook ---


async def test_a_webhook_delivery_is_answered_wrapped_or_bare(
    call: Caller, platform: BotPlatform
) -> None:
    assert await call(platform.message("bọc")) == 200
    bare = json.dumps(platform.message("trần", unknown={"field": [1]}))
    assert await call(None, content=bare) == 200
    await until(lambda: len(platform.sent) == 2)
    assert sorted(platform.texts()) == ["Bạn hỏi: bọc", "Bạn hỏi: trần"]


async def test_a_repeated_delivery_counts_once(call: Caller, platform: BotPlatform) -> None:
    update = platform.message("một lần")
    assert [await call(update) for _ in range(3)] == [200, 200, 200]
    await until(lambda: platform.sent)
    await asyncio.sleep(0.05)
    assert platform.texts() == ["Bạn hỏi: một lần"]


async def test_a_webhook_answers_before_the_reply_goes_out(
    call: Caller, platform: BotPlatform
) -> None:
    platform.next_failures.extend([ApiError(500, "down")] * 3)
    assert await call(platform.message("nhanh")) == 200
    assert platform.sent == []
    await until(lambda: platform.sent)


DEEP = "[" * 50_000


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"headers": {SECRET: "wrong"}}, 403),
        ({"headers": {SECRET: ""}}, 403),
        ({"headers": {"Content-Type": "text/plain"}}, 415),
        ({"content": b""}, 400),
        ({"content": b"\xff\xfe{"}, 400),
        ({"content": DEEP}, 400),
        ({"content": "[1, 2]"}, 400),
        ({"content": '{"event_name": "message.text.received"}'}, 400),
        ({"content": '{"ok": true, "result": null}'}, 400),
        ({"content": '{"ok": true, "result": {"event_name": 3, "message": {}}}'}, 400),
        ({"content": "{" + " " * 300_000 + "}"}, 413),
    ],
)
async def test_bad_deliveries_are_refused_with_one_line(
    call: Caller,
    platform: BotPlatform,
    caplog: pytest.LogCaptureFixture,
    changed: dict[str, Any],
    status: int,
) -> None:
    caplog.set_level(logging.INFO, "bot")
    assert await call(platform.message("chữ riêng tư"), **changed) == status
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("bot")]
    assert len(lines) == 1
    assert "riêng tư" not in lines[0]
    assert sum(call.channel.refusals.counts.values()) == 1  # type: ignore[attr-defined]
    assert await call(platform.message("vẫn chạy")) == 200
    await until(lambda: platform.sent)
    assert platform.texts() == ["Bạn hỏi: vẫn chạy"]


@pytest.mark.parametrize("text", ["<b>_*[đậm", "\u202eđảo", "a\x00b", "nửa \ud83d chữ"])
async def test_odd_letters_come_through(call: Caller, platform: BotPlatform, text: str) -> None:
    assert await call(platform.message(text)) == 200
    await until(lambda: platform.sent)
    assert platform.texts() == ["Bạn hỏi: " + text.replace("\ud83d", "")]


async def test_a_burst_of_one_person_leaves_the_others_alone(
    call: Caller, platform: BotPlatform
) -> None:
    burst = [call(platform.message(f"lần {n}", "vội")) for n in range(60)]
    other = call(platform.message("tôi hỏi", "khác"))
    assert set(await asyncio.gather(*burst, other)) == {200}
    await until(lambda: platform.texts("khác"))
    await until(lambda: any("chờ khoảng một phút" in text for text in platform.texts("vội")))
    await asyncio.sleep(0.2)
    said = platform.texts("vội")
    assert sum("chờ khoảng một phút" in text for text in said) == 1
    assert len(said) <= 21


async def test_what_comes_during_a_stop_is_left_to_zalo(
    call: Caller, start: Start, platform: BotPlatform
) -> None:
    await call.channel.stop()  # type: ignore[attr-defined]
    update = platform.message("muộn")
    assert await call(update) == 503
    again = await start(webhook=True)
    assert await again._take(update)
    await until(lambda: platform.sent)


async def test_answers_to_one_person_keep_their_order(call: Caller, platform: BotPlatform) -> None:
    for text in ("dài", "một", "hai"):
        assert await call(platform.message(text)) == 200
    await until(lambda: "Bạn hỏi: hai" in platform.texts())
    assert platform.texts()[-2:] == ["Bạn hỏi: một", "Bạn hỏi: hai"]


async def test_a_webhook_needs_https(start: Start, platform: BotPlatform, home: Path) -> None:
    settings = _settings(platform, True).replace("https://office", "http://office")
    service = await open_service(home, settings)
    with pytest.raises(ChannelError, match="https"):
        await start(service=service)
    await service.close()


async def test_the_webhook_is_the_same_after_a_restart(
    call: Caller, start: Start, platform: BotPlatform
) -> None:
    before = platform.webhook
    platform.webhook = None
    await start(webhook=True)
    assert platform.webhook == before
    assert before
    assert platform.token not in before["url"] + before["secret"]


async def test_zalo_may_be_away_at_the_start(
    stack: AsyncExitStack, home: Path, platform: BotPlatform
) -> None:
    away = _settings(platform, False).replace(str(platform.url), "http://127.0.0.1:9")  # type: ignore[attr-defined]
    service = await open_service(home, away)
    channel = ZaloBotChannel(service, "1:a", Client(delays=(0.01,)), pause=0.01)
    assert "đang thử lại" in await channel.start()
    await channel.stop()
    await service.close()


def test_without_a_token_there_is_no_channel() -> None:
    service: Any = None
    assert ZaloBotChannel.from_environment(service, {"CCHC_ZALO_BOT_TOKEN": " "}) is None

"""An Official Account over real HTTP, against a local Zalo."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse

from bot.channels.channel import ChannelError
from bot.channels.zalo.client import Client
from bot.channels.zalo.keys import Keys
from bot.channels.zalo.official_account import ZaloOfficialAccountChannel
from bot.channels.zalo.tokens import App
from bot.channels.zalo.webhook import mac_of
from bot.message import Message, Reply, Status
from config.texts import load_texts
from tests.bot.channels.zalo.oa_server import OaError, OpenApi
from tests.bot.channels.zalo.office import LONG, messages_of, open_service
from tests.bot.channels.zalo.serving import serving, until

HELLO = Reply(Status.ANSWERED, "Mời bạn đánh giá")


class Account:
    """A local Zalo and the channel that serves one of its accounts.

    Attributes:
        zalo: the server.
        channel: the one that runs now.
    """

    zalo: OpenApi
    channel: ZaloOfficialAccountChannel

    def __init__(self, stack: AsyncExitStack, home: Path) -> None:
        self._stack, self._home = stack, home

    async def open(self) -> None:
        self.zalo = OpenApi()
        self.url = await self._stack.enter_async_context(serving(self.zalo.app))
        self.http = await self._stack.enter_async_context(
            httpx.AsyncClient(timeout=20, verify=False)
        )
        await self.start()

    async def start(self, **keys: str) -> None:
        settings = (
            '[server]\npublic_url = "https://office.example.vn"\n'
            f'[zalo_oa]\napi_url = "{self.url}"\noauth_url = "{self.url}"\n'
        )
        service = await open_service(self._home, settings)
        self._stack.push_async_callback(service.close)
        app = App("APP", "app-secret", keys.get("first", "refresh-0"))
        client = Client(delays=(0.01,) * 4)
        self.channel = ZaloOfficialAccountChannel(service, Keys(app, "OASECRET"), client)
        self._stack.push_async_callback(self.channel.stop)
        self.line = await self.channel.start()
        app_served = Starlette(routes=list(self.channel.routes))
        self.address = await self._stack.enter_async_context(serving(app_served))

    async def deliver(self, event: Any, **changed: Any) -> int:
        """Post a signed delivery; `changed` replaces its `content` or adds to its `headers`."""
        body, headers = self.zalo.signed(event)
        headers |= changed.pop("headers", {})
        content = {"content": body} | changed
        address = f"{self.address}/zalo/oa"
        return (await self.http.post(address, headers=headers, **content)).status_code

    async def say(self, text: str, count: int = 1) -> list[dict[str, Any]]:
        """Deliver a text and return the messages that came for it."""
        before = len(self.zalo.sent)
        assert await self.deliver(self.zalo.event(text)) == 200
        await until(lambda: len(self.zalo.sent) >= before + count)
        await asyncio.sleep(0.02)
        return [message for _, message in self.zalo.sent[before:]]

    @property
    def asked(self) -> list[Message]:
        return messages_of(self.channel._service)


@pytest.fixture
async def account(home: Path) -> AsyncIterator[Account]:
    async with AsyncExitStack() as stack:
        account = Account(stack, home)
        await account.open()
        yield account


def test_the_signature_is_a_plain_digest_in_the_order_that_zalo_gives() -> None:
    body = b'{"timestamp":"154390853474"}'
    expected = hashlib.sha256(b"APP" + body + b"154390853474" + b"OASECRET").hexdigest()
    assert mac_of("APP", body, "154390853474", "OASECRET") == f"mac={expected}"


async def test_a_signed_question_is_answered(account: Account) -> None:
    assert await account.say("PCI là gì?") == [{"text": "Bạn hỏi: PCI là gì?"}]
    assert account.asked[0].user == "zalo_oa:186729"
    assert "https://office.example.vn/zalo/oa" in account.line


async def test_few_choices_are_buttons_and_lines(account: Account) -> None:
    (message,) = await account.say("chọn3")
    assert "3. Lựa chọn 3" in message["text"]
    buttons = message["attachment"]["payload"]["buttons"]
    assert [one["payload"] for one in buttons] == ["1", "2", "3"]
    assert {one["type"] for one in buttons} == {"oa.query.show"}
    # Zalo delivers the tap as text; so does the person's typing.
    assert await account.say(buttons[1]["payload"]) == [{"text": "Bạn hỏi: 2"}]


async def test_many_choices_are_lines_only(account: Account) -> None:
    (message,) = await account.say("chọn6")
    assert "6. Lựa chọn 6" in message["text"]
    assert "attachment" not in message


async def test_actions_are_buttons(account: Account) -> None:
    (message,) = await account.say("việc")
    buttons = message["attachment"]["payload"]["buttons"]
    assert [(one["title"], one["payload"]) for one in buttons] == [("Đúng", "đúng"), ("Sai", "sai")]
    assert message["text"] == "Câu trả lời."


async def test_refused_buttons_are_done_without(account: Account) -> None:
    account.zalo.next_failures.append(OaError(-201, "buttons are invalid"))
    (message,) = await account.say("chọn3")
    assert "attachment" not in message
    assert "3. Lựa chọn 3" in message["text"]


async def test_a_long_reply_comes_in_parts_and_in_order(account: Account) -> None:
    parts = await account.say("dài", 4)
    assert " ".join(part["text"] for part in parts).split() == LONG.split()


@pytest.mark.parametrize(
    ("name", "kind"), [("bang.png", "image/png"), ("bang.pdf", "application/pdf")]
)
async def test_a_file_is_uploaded_and_sent(account: Account, name: str, kind: str) -> None:
    text, shown = await account.say(f"tệp {name} {kind}", 2)
    assert text == {"text": "Có tệp."}
    payload = shown["attachment"]["payload"]
    given = payload["elements"][0]["attachment_id"] if "elements" in payload else payload["token"]
    assert account.zalo.uploads[given][0] == name


@pytest.mark.parametrize(
    ("name", "kind"), [("lich.ics", "text/calendar"), ("sai.docx", "image/jpeg")]
)
async def test_a_file_that_zalo_does_not_take_is_named(
    account: Account, name: str, kind: str
) -> None:
    (message,) = await account.say(f"tệp {name} {kind}")
    assert "Bảng chỉ tiêu năm 2023" in message["text"]
    assert "https://office.example.vn" in message["text"]


@pytest.mark.parametrize(
    ("event", "sent"),
    [
        ("user_send_image", "picture"),
        ("user_send_gif", "picture"),
        ("user_send_sticker", "sticker"),
        ("user_send_audio", "voice"),
        ("user_send_video", "video"),
        ("user_send_file", "file"),
        ("user_send_location", "location"),
        ("user_send_business_card", "contact"),
    ],
)
async def test_what_is_no_text_is_answered(account: Account, event: str, sent: str) -> None:
    await account.deliver(account.zalo.event(event_name=event))
    await until(lambda: account.zalo.sent)
    assert [message.sent for message in account.asked] == [sent]


async def test_a_keepers_file_is_asked_of_no_unknown_host(account: Account) -> None:
    account.zalo.followers.add("keeper")
    payload = {"name": "ke-hoach.pdf", "url": "https://127.0.0.1/ke-hoach.pdf"}
    message = {"msg_id": "f1", "attachments": [{"type": "file", "payload": payload}]}
    event = account.zalo.event(person="keeper", event_name="user_send_file", message=message)
    await account.deliver(event)
    await until(lambda: account.asked)
    file = account.asked[0].file
    assert file is not None
    assert file.name == "ke-hoach.pdf"
    assert "trang dành cho cán bộ" in file.refusal


@pytest.mark.parametrize(
    "event",
    ["oa_send_text", "user_seen_message", "user_received_message", "user_submit_info", "new_kind"],
)
async def test_echoes_and_notices_are_not_answered(account: Account, event: str) -> None:
    assert await account.deliver(account.zalo.event("x", event_name=event)) == 200
    await account.say("người hỏi")
    assert [message.text for message in account.asked] == ["người hỏi"]


async def test_who_follows_is_greeted_and_who_leaves_is_left_in_peace(account: Account) -> None:
    await account.deliver(account.zalo.follow("follow"))
    await until(lambda: account.zalo.sent)
    assert account.asked[0].text == "/start"
    assert await account.channel.send("zalo_oa:186729", HELLO)

    await account.deliver(account.zalo.follow("unfollow"))
    account.zalo.followers.discard("186729")
    await asyncio.sleep(0.1)
    sent = len(account.zalo.sent)
    assert await account.channel.send("zalo_oa:186729", HELLO) is False
    await account.start()
    assert await account.channel.send("zalo_oa:186729", HELLO) is False
    assert len(account.zalo.sent) == sent

    account.zalo.followers.add("186729")
    await account.say("tôi quay lại")
    assert await account.channel.send("zalo_oa:186729", HELLO)


async def test_outside_the_window_a_person_cannot_be_reached(account: Account) -> None:
    account.zalo.silent.add("77")
    assert await account.channel.send("zalo_oa:77", HELLO) is False
    assert await account.channel.send("zalo_oa:nobody", HELLO) is False
    account.zalo.silent.clear()
    assert await account.channel.send("zalo_oa:77", HELLO)


async def test_an_ended_token_is_renewed_once_and_the_message_sent_once(account: Account) -> None:
    account.zalo.expired.add(account.zalo.access)
    burst = [account.deliver(account.zalo.event(f"câu {n}", f"p{n}")) for n in range(8)]
    account.zalo.followers |= {f"p{n}" for n in range(8)}
    assert set(await asyncio.gather(*burst)) == {200}
    await until(lambda: len(account.zalo.sent) >= 8)
    assert sorted(person for person, _ in account.zalo.sent) == [f"p{n}" for n in range(8)]
    assert account.zalo.renewals == 2


async def test_a_token_that_stays_wrong_is_not_renewed_for_ever(account: Account) -> None:
    account.zalo.next_failures.extend([OaError(-216, "invalid")] * 2)
    with pytest.raises(ChannelError):
        await account.channel.send("zalo_oa:77", HELLO)
    assert account.zalo.renewals == 2
    assert await account.channel.send("zalo_oa:77", HELLO)


@pytest.mark.parametrize(
    "failure",
    [OaError(-32, "rate"), PlainTextResponse("502", 502), PlainTextResponse("", 429)],
)
async def test_a_reply_outlives_passing_trouble(account: Account, failure: Any) -> None:
    account.zalo.next_failures.extend([failure, failure])
    assert await account.say("bền không") == [{"text": "Bạn hỏi: bền không"}]


@pytest.mark.parametrize("code", [-210, -211, -248, -999])
async def test_a_refused_reply_ends_there(account: Account, code: int) -> None:
    account.zalo.next_failures.append(OaError(code, "no"))
    await account.deliver(account.zalo.event("bị từ chối"))
    await until(lambda: not account.zalo.next_failures)
    await account.channel.stop()
    await account.start()
    await account.say("câu sau")
    assert account.zalo.texts() == ["Bạn hỏi: câu sau"]


async def test_an_answer_that_cannot_go_out_is_given_after_the_next_start(
    account: Account,
) -> None:
    account.zalo.next_failures.extend([OaError(-32, "rate")] * 5)
    await account.deliver(account.zalo.event("đừng quên"))
    await until(lambda: not account.zalo.next_failures)
    await account.channel.stop()
    await account.start()
    await until(lambda: account.zalo.sent)
    assert account.zalo.texts() == ["Bạn hỏi: đừng quên"]


async def test_a_repeated_delivery_counts_once(account: Account) -> None:
    event = account.zalo.event("một lần")
    assert [await account.deliver(event) for _ in range(3)] == [200, 200, 200]
    await account.say("câu sau")
    assert account.zalo.texts() == ["Bạn hỏi: một lần", "Bạn hỏi: câu sau"]


async def test_an_old_delivery_is_not_played_again(account: Account) -> None:
    old = str(int((time.time() - 3 * 86400) * 1000))
    assert await account.deliver(account.zalo.event("xưa", timestamp=old)) == 200
    await account.say("nay")
    assert account.zalo.texts() == ["Bạn hỏi: nay"]


async def test_saving_the_address_needs_no_signature(account: Account) -> None:
    for content in (b"", b"{}", json.dumps(account.zalo.event("giả mạo")).encode()):
        reply = await account.http.post(f"{account.address}/zalo/oa", content=content)
        assert reply.status_code == 200
    await account.say("thật")
    assert [message.text for message in account.asked] == ["thật"]
    assert account.channel.refusals.counts["not signed"] == 3


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"headers": {"X-ZEvent-Signature": "mac=" + "0" * 64}}, 403),
        ({"headers": {"X-ZEvent-Signature": "x"}}, 403),
        ({"headers": {"Content-Type": "text/html"}}, 415),
        ({"content": b"\xff\x00"}, 400),
        ({"content": b"[]"}, 400),
        ({"content": b'{"timestamp": "1"}'}, 403),
        ({"content": b" " * 300_000}, 413),
    ],
)
async def test_bad_deliveries_are_refused_with_one_line(
    account: Account, caplog: pytest.LogCaptureFixture, changed: dict[str, Any], status: int
) -> None:
    caplog.set_level(logging.INFO, "bot")
    assert await account.deliver(account.zalo.event("chữ riêng tư"), **changed) == status
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("bot")]
    assert len(lines) == 1
    assert "riêng tư" not in lines[0]
    assert await account.say("vẫn chạy")


@pytest.mark.parametrize(
    "changed",
    [
        {"sender": None},
        {"message": []},
        {"message": {"text": "x"}},
        {"event_name": 5},
        {"timestamp": "hôm qua"},
        {"sender": {"id": "x" * 1000}},
        {"message": {"text": "x", "msg_id": "\ud800"}},
    ],
)
async def test_signed_nonsense_is_refused(account: Account, changed: dict[str, Any]) -> None:
    event = account.zalo.event("x", **changed)
    body = json.dumps(event).encode()
    mac = mac_of("APP", body, str(event["timestamp"]), "OASECRET")
    headers = {"X-ZEvent-Signature": mac}
    assert await account.deliver(account.zalo.event("y"), content=body, headers=headers) == 400
    assert await account.say("vẫn chạy")


async def test_a_lost_pair_is_said_at_the_start(account: Account, home: Path) -> None:
    await account.channel.stop()
    (home / "zalo-oa.json").unlink()
    with pytest.raises(ChannelError, match="CCHC_ZALO_OA_REFRESH_TOKEN"):
        await account.start()


NAMES = ("APP_ID", "APP_SECRET", "REFRESH_TOKEN", "WEBHOOK_KEY")


@pytest.mark.parametrize("missing", NAMES)
def test_a_missing_key_is_named(missing: str) -> None:
    environ = {f"CCHC_ZALO_OA_{name}": "x" for name in NAMES if name != missing}
    with pytest.raises(ChannelError, match=f"CCHC_ZALO_OA_{missing}"):
        Keys.from_environment(environ, False, load_texts().zalo)


def test_the_refresh_token_is_needed_once_only() -> None:
    environ = {f"CCHC_ZALO_OA_{name}": "x" for name in NAMES if name != "REFRESH_TOKEN"}
    assert Keys.from_environment(environ, True, load_texts().zalo)
    assert Keys.from_environment({}, True, load_texts().zalo) is None

"""The webhook: what is let in, what is turned away, and what becomes of it."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import pytest
import pytest_asyncio

from bot.channels.channel import ChannelError
from bot.channels.telegram.client import UNREADABLE
from tests.bot.channels.telegram.messages import RefusalError, Trouble
from tests.bot.channels.telegram.people import Person
from tests.bot.channels.telegram.server import TOKEN, BotApi
from tests.bot.channels.telegram.world import Office

HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest_asyncio.fixture
async def hooked(office: Office) -> Office:
    """Return an office that Telegram calls."""
    office.webhook = True
    await office.open()
    return office


async def _post(api: BotApi, body: bytes, **headers: str | bytes | None) -> int:
    sent: dict[str, str | bytes | None] = {
        HEADER: api.webhook["secret_token"],
        "Content-Type": "application/json",
    }
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    async with httpx.AsyncClient() as client:
        answer = await client.post(
            api.webhook["url"],
            content=body,
            headers={name: value for name, value in sent.items() if value is not None},
        )
    return answer.status_code


def _update(hoa: Person, text: str, number: int = 70, **more: Any) -> bytes:
    return json.dumps({"update_id": number, "message": hoa.message(text=text), **more}).encode()


async def test_a_question_comes_by_webhook_and_is_answered(
    hooked: Office, api: BotApi, hoa: Person
) -> None:
    await hoa.says("chỉ tiêu PCI")
    assert "chỉ tiêu PCI" in (await api.said()).text
    assert TOKEN not in api.webhook["url"]
    assert not any(method == "getUpdates" for method, _ in api.calls)


async def test_what_came_while_nobody_listened_is_answered(
    office: Office, api: BotApi, hoa: Person
) -> None:
    await hoa.says("một")
    office.webhook = True
    await office.open()
    assert (await api.said()).chat == hoa.id


@pytest.mark.parametrize("secret", [None, "", "wrong", b"\xff\xc6"])
async def test_a_wrong_secret_is_refused(
    hooked: Office, api: BotApi, hoa: Person, secret: str | bytes | None
) -> None:
    body = _update(hoa, "một")
    assert await _post(api, body, **{HEADER: secret}) == 403
    assert await hooked.pending() == 0
    assert hooked.channel.refusals.counts == {"a delivery without the secret": 1}


@pytest.mark.parametrize(
    "kind", [None, "text/plain", "application/json; charset=utf-8", "image/png"]
)
async def test_a_wrong_content_type_is_refused(
    hooked: Office, api: BotApi, hoa: Person, kind: str | None
) -> None:
    assert await _post(api, _update(hoa, "một"), Content_Type=kind) == 415


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"\xff\xfe",
        b'{"update_id": "5"}',
        b'{"update_id": true}',
        b'{"message": {}}',
        b"[" * 100_000,
    ],
)
async def test_what_is_no_update_is_refused(
    hooked: Office, api: BotApi, hoa: Person, body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    assert await _post(api, body) == 400
    assert len(caplog.records) == 1
    await hoa.says("một")
    await api.said()


@pytest.mark.parametrize(
    "changed",
    [
        {"text": 5},
        {"text": ["một"]},
        {"chat": {"id": "abc", "type": "private"}},
        {"chat": None},
        {"from": {"id": "7", "is_bot": False, "first_name": "Hoa"}},
        {"date": "hôm qua"},
        {"message_id": True},
        {"entities": [{"type": "bot_command", "offset": "0", "length": 5}]},
    ],
    ids=str,
)
async def test_an_update_of_another_form_is_acknowledged_and_left(
    hooked: Office,
    api: BotApi,
    hoa: Person,
    changed: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    body = json.dumps({"update_id": 5, "message": {**hoa.message(text="một"), **changed}}).encode()
    # Refused it would come again and hold up what stands behind it.
    assert await _post(api, body) == 200
    assert await hooked.pending() == 0
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    await hoa.says("hai")
    await api.said()
    assert [message.text for message in hooked.heard] == ["hai"]


async def test_a_body_without_end_is_refused(hooked: Office, api: BotApi, hoa: Person) -> None:
    assert await _post(api, _update(hoa, "x" * 2_000_000)) == 413


async def test_a_huge_question_is_left_to_the_assistant(
    hooked: Office, api: BotApi, hoa: Person
) -> None:
    assert await _post(api, _update(hoa, "x " * 4096)) == 200
    await api.said()
    assert len(hooked.heard[0].text) > 8000


async def test_unknown_fields_and_replays_do_no_harm(
    hooked: Office, api: BotApi, hoa: Person
) -> None:
    body = _update(hoa, "một", something_new={"a": [1]})
    assert [await _post(api, body) for _ in range(3)] == [200, 200, 200]
    await hoa.says("hai")
    await api.said(2)
    assert [message.text for message in hooked.heard] == ["một", "hai"]


async def test_only_the_right_way_in_is_open(hooked: Office, api: BotApi) -> None:
    async with httpx.AsyncClient() as client:
        assert (await client.get(api.webhook["url"])).status_code == 405
        assert (await client.post(api.webhook["url"][:-1])).status_code == 404


async def test_a_stopped_channel_takes_nothing(hooked: Office, api: BotApi, hoa: Person) -> None:
    await hooked.channel.stop()
    assert await _post(api, _update(hoa, "một")) == 503
    assert await hooked.pending() == 0


async def test_polling_after_a_webhook_and_back(hooked: Office, api: BotApi, hoa: Person) -> None:
    await hooked.close()
    hooked.webhook = False
    assert "tự hỏi" in await hooked.open()
    assert hooked.channel.routes == ()
    assert api.webhook == {}
    await hoa.says("một")
    await api.said()


async def test_an_address_that_telegram_does_not_take_is_one_sentence(
    office: Office, api: BotApi
) -> None:
    office.webhook = True
    api.trouble("setWebhook", Trouble(RefusalError(400, "Bad Request: bad webhook")))
    with pytest.raises(ChannelError, match=r"server\.public_url"):
        await office.open()


async def test_who_hangs_up_has_sent_nothing_unreadable(
    hooked: Office, api: BotApi, hoa: Person, caplog: pytest.LogCaptureFixture
) -> None:
    url = httpx.URL(api.webhook["url"])
    _, writer = await asyncio.open_connection(url.host, url.port)
    head = f"POST {url.path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    head += f"{HEADER}: {api.webhook['secret_token']}\r\nContent-Length: 500\r\n\r\n"
    writer.write(head.encode() + b'{"update_id": 7')
    await writer.drain()
    writer.close()
    await hoa.says("chỉ tiêu PCI")
    assert "chỉ tiêu PCI" in (await api.said()).text
    assert UNREADABLE not in caplog.text

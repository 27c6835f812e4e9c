"""The server of these tests is strict: what the real one refuses it refuses as well."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.bot.channels.telegram.server import TOKEN, BotApi
from tests.bot.channels.telegram.specification import Specification

BUTTON = {"inline_keyboard": [[{"text": "x", "callback_data": "x" * 65}]]}


async def _call(api: BotApi, method: str, **arguments: Any) -> tuple[int, str]:
    async with httpx.AsyncClient() as client:
        answer = await client.post(f"{api.url}/bot{TOKEN}/{method}", json=arguments)
    return answer.status_code, answer.json().get("description", "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"text": "x" * 4097}, "too long"),
        ({"text": " \n"}, "empty"),
        ({"text": "a <b>b", "parse_mode": "HTML"}, "Can't find end tag"),
        ({"text": "a < b", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": "<p>b</p>", "parse_mode": "HTML"}, "Unsupported start tag"),
        ({"text": "<b>b</i>", "parse_mode": "HTML"}, "Unexpected end tag"),
        ({"text": "x", "reply_markup": BUTTON}, "BUTTON_DATA_INVALID"),
    ],
)
async def test_messages_are_refused_as_by_the_real_one(
    api: BotApi, arguments: dict[str, Any], said: str
) -> None:
    status, description = await _call(api, "sendMessage", chat_id=1, **arguments)
    assert status == 400
    assert said in description
    assert (await _call(api, "sendMessage", chat_id=1, text="a &lt; b"))[0] == 200


@pytest.mark.skipif(Specification.found() is None, reason="the specification is not there")
@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("sendMessage", {"chat_id": 1, "text": "x", "colour": "red"}),
        ("sendMessage", {"chat_id": 1}),
        ("sendMessage", {"chat_id": 1, "text": "x", "message_thread_id": "nine"}),
        ("sendMessage", {"chat_id": 1, "text": "x", "reply_parameters": {"quote": "x"}}),
        ("sendTelegram", {}),
    ],
)
async def test_what_the_specification_does_not_know_is_wrong(
    api: BotApi, method: str, arguments: dict[str, Any]
) -> None:
    status, _ = await _call(api, method, **arguments)
    assert status == 400
    assert len(api.wrong) == 1
    api.wrong.clear()


async def test_only_one_may_ask_for_updates(api: BotApi) -> None:
    await _call(api, "setWebhook", url="https://x.example")
    assert (await _call(api, "getUpdates"))[0] == 409
    assert (await _call(api, "setWebhook", url="http://x.example"))[0] == 400

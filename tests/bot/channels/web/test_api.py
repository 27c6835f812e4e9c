"""The API over real HTTP: the contract, wrong requests, sessions, bursts."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.routing import Route

from bot.channels.web.api import AskApi
from bot.channels.web.asking import Asking
from bot.channels.web.channel import WebChannel
from bot.channels.web.request import LONGEST_BODY, LONGEST_NAME, LONGEST_TEXT
from bot.channels.web.sessions import user_of
from bot.layout import Kind
from bot.message import Message, Reply, Status
from config.texts import load_texts
from tests.bot.channels.web.stand_in import NOTED, SHORT, Rules, opened, served, web

TEXTS = load_texts()
CONTRACT = {"status", "understood", "text", "quotes", "facts", "choices", "took_ms"}


def ask(client: httpx.Client, text: str, session: str = "s", **more: Any) -> dict[str, Any]:
    response = client.post("/api/ask", json={"text": text, "session": session, **more})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def refused(response: httpx.Response, status: int) -> str:
    """Return the one Vietnamese sentence of a request that was not answered."""
    assert response.status_code == status
    assert set(response.json()) == {"error"}
    sentence: str = response.json()["error"]
    assert sentence.endswith((".", "”.", "nhé."))
    assert "\n" not in sentence
    return sentence


def test_text_and_session_are_enough_for_the_contract(client: httpx.Client) -> None:
    answer = ask(client, "bao nhiêu hồ sơ")
    assert set(answer) >= CONTRACT
    assert answer["status"] == "answered"
    assert answer["quotes"][0]["text"] == SHORT
    assert answer["quotes"][0]["validity"] == "ended"
    assert {"word": "đúng", "label": "Đúng ý tôi"} in answer["actions"]
    assert answer["took_ms"] >= 0


def test_the_parts_hold_the_quote_cut_where_it_answers(client: httpx.Client) -> None:
    parts = ask(client, "bao nhiêu hồ sơ")["parts"]
    assert [part["kind"] for part in parts] == ["understood", "quote", "source"]
    pieces = parts[1]["pieces"]
    assert "".join(piece["text"] for piece in pieces) == SHORT
    answering = [piece["text"] for piece in pieces if piece["answering"]]
    assert answering == ["80% hồ sơ nộp trực tuyến"]
    assert parts[2]["label"] in parts[2]["text"].splitlines()[0]


def test_a_button_names_its_turn_and_typing_does_not(client: httpx.Client) -> None:
    turn = ask(client, "không biết")["turn"]
    assert f"lượt {turn}" in ask(client, "1", turn=turn)["text"]
    assert "lượt None" in ask(client, "1")["text"]


def test_a_brief_reply_and_attachments(client: httpx.Client) -> None:
    noted = ask(client, "đúng")
    assert noted["brief"] is True
    assert noted["text"] == NOTED
    picture = ask(client, "hình")["attachments"][0]
    assert picture["url"].startswith("data:image/png;base64,iVBOR")
    assert picture["caption"] == "Biểu đồ năm 2023"


def test_the_place_counts_as_the_table_calls_it(client: httpx.Client, rules: Rules) -> None:
    ask(client, "câu hỏi", place="tinh quang nam")
    assert rules.messages[-1].place == "Quảng Nam"
    wrong = {"text": "a", "session": "s", "place": "Sao Hỏa"}
    assert "Sao Hỏa" in refused(client.post("/api/ask", json=wrong), 400)


def test_sessions_do_not_hear_of_each_other(client: httpx.Client) -> None:
    ask(client, "điều riêng", session="của tôi")
    assert "None" in ask(client, "câu trước", session="của bạn")["text"]
    assert "điều riêng" in ask(client, "câu trước", session="của tôi")["text"]


def test_a_session_is_kept_as_a_digest_and_apart_from_the_pages() -> None:
    page = f"page-{'0a' * 16}"
    users = [user_of(page), user_of(page.upper()), user_of("page-1"), user_of("0a" * 16)]
    assert len(set(users)) == 4
    assert users[0].startswith("web:page-")
    assert all(user.startswith("web:api-") for user in users[1:])
    assert not any("0a0a0a0a" in user for user in users)


@given(st.text(min_size=1), st.text(min_size=1))
def test_different_sessions_are_different_people(first: str, second: str) -> None:
    assert (user_of(first) == user_of(second)) == (first == second)


def test_the_same_request_counts_once(client: httpx.Client, rules: Rules) -> None:
    before = len(rules.messages)
    first = ask(client, "một lần", id="r1")
    again = ask(client, "một lần", id="r1")
    assert again["turn"] == first["turn"]
    assert len(rules.messages) == before + 1
    assert ask(client, "một lần", session="khác", id="r1")["turn"] != first["turn"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[1, 2]",
        b'"a"',
        b"null",
        b"\xff\xfe{}",
        b"[" * 100_000,
        b'{"text": ' + b"9" * 5000 + b', "session": "s"}',
        b"{}",
        b'{"text": "a"}',
        b'{"session": "s"}',
        b'{"text": 5, "session": "s"}',
        b'{"text": ["a"], "session": "s"}',
        b'{"text": "a", "session": ""}',
        b'{"text": "a", "session": 7}',
        b'{"text": "a", "session": "s", "turn": 7}',
        b'{"text": "a", "session": "s", "turn": {"$ne": 1}}',
        b'{"text": "a", "session": "s", "place": ["x"]}',
    ],
)
def test_wrong_bodies_are_refused_in_a_sentence(client: httpx.Client, body: bytes) -> None:
    headers = {"content-type": "application/json"}
    refused(client.post("/api/ask", content=body, headers=headers), 400)


def test_sizes_are_limited(client: httpx.Client) -> None:
    headers = {"content-type": "application/json"}
    huge = b" " * (LONGEST_BODY + 1)
    assert refused(client.post("/api/ask", content=huge, headers=headers), 413)
    chunks = iter([huge])  # a body that does not say its length
    assert refused(client.post("/api/ask", content=chunks, headers=headers), 413)
    long = {"text": "a" * (LONGEST_TEXT + 1), "session": "s"}
    refused(client.post("/api/ask", json=long), 400)
    long = {"text": "a", "session": "s" * (LONGEST_NAME + 1)}
    refused(client.post("/api/ask", json=long), 400)


def test_the_longest_text_fits_however_it_is_escaped(client: httpx.Client) -> None:
    body = json.dumps({"text": "😀" * LONGEST_TEXT, "session": "😀" * LONGEST_NAME})
    headers = {"content-type": "application/json; charset=utf-8"}
    assert client.post("/api/ask", content=body, headers=headers).status_code == 200


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_only_json_is_taken(client: httpx.Client, media_type: str) -> None:
    body = b'{"text": "a", "session": "s"}'
    response = client.post("/api/ask", content=body, headers={"content-type": media_type})
    refused(response, 415)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_only_post_is_taken(client: httpx.Client, method: str) -> None:
    response = client.request(method, "/api/ask")
    refused(response, 405)
    assert response.headers["allow"] == "OPTIONS, POST"


@pytest.mark.parametrize(
    "text",
    ["\\ud800", "a\\u202eb", "<b>đậm</b>", "_*[x](y)", "\\u0000", "{{words}}", "a\\udfff\\ud83d"],
)
def test_strange_characters_come_through(client: httpx.Client, text: str) -> None:
    body = f'{{"text": "{text}", "session": "{text}", "turn": "{text}"}}'.encode()
    response = client.post("/api/ask", content=body, headers={"content-type": "application/json"})
    assert response.status_code == 200
    assert response.json()["status"] == "answered"


def test_trouble_of_the_assistant_is_one_sentence(client: httpx.Client) -> None:
    answer = ask(client, "hỏng")
    assert answer["text"] == TEXTS.errors.reply
    assert "chi tiết" not in json.dumps(answer, ensure_ascii=False)


def test_only_the_portals_pages_may_ask_from_elsewhere(client: httpx.Client) -> None:
    allow = "access-control-allow-origin"
    for origin, may in [("https://tinh.gov.vn", True), ("https://khac.vn", False), ("null", False)]:
        before = client.options("/api/ask", headers={"origin": origin})
        assert before.headers.get(allow) == (origin if may else None)
        assert ("access-control-allow-headers" in before.headers) == may
        body = {"text": "a", "session": "s"}
        asked = client.post("/api/ask", json=body, headers={"origin": origin})
        assert asked.headers.get(allow) == (origin if may else None)
        assert asked.headers["vary"] == "Origin"


async def test_a_burst_of_one_session_does_not_hold_up_another() -> None:
    with web() as (address, rules):
        async with httpx.AsyncClient(base_url=address, timeout=30) as client:
            statuses: list[int] = []
            numbers = iter(range(500))

            async def post(text: str, session: str) -> httpx.Response:
                return await client.post("/api/ask", json={"text": text, "session": session})

            async def press() -> None:
                for number in numbers:
                    response = await post(f"câu {number}", "nhanh")
                    statuses.append(response.status_code)
                    if response.status_code == 429:
                        assert refused(response, 429) == TEXTS.guard.too_many
                        assert int(response.headers["retry-after"]) > 0

            rules.gate.clear()
            fingers = [asyncio.create_task(press()) for _ in range(16)]
            while statuses.count(429) < 300:
                await asyncio.sleep(0.01)
            other = asyncio.create_task(post("câu khác", "chậm rãi"))
            await asyncio.sleep(0.5)
            rules.gate.set()
            assert (await other).json()["status"] == "answered"
            # The ten of the burst that waited did not all stand before it.
            assert [message.text for message in rules.messages].index("câu khác") < 9
            await asyncio.gather(*fingers)
        assert len(statuses) == 500
        assert set(statuses) == {200, 429}


async def test_too_many_people_at_once_are_asked_to_come_back() -> None:
    rules = Rules()
    with opened(rules) as service:
        asking = Asking(service.reply, at_once=3)
        api = AskApi(asking, TEXTS, rules.places, ())
        with served([Route("/api/ask", api)]) as address:
            async with httpx.AsyncClient(base_url=address, timeout=30) as client:
                rules.gate.clear()
                posts = [
                    asyncio.create_task(
                        client.post("/api/ask", json={"text": "a", "session": str(person)})
                    )
                    for person in range(5)
                ]
                while sum(task.done() for task in posts) < 2:
                    await asyncio.sleep(0.01)
                rules.gate.set()
                answers = [await task for task in posts]
    busy = [answer for answer in answers if answer.status_code != 200]
    assert len(busy) == 2
    assert refused(busy[0], 429) == TEXTS.api.busy
    assert int(busy[0].headers["retry-after"]) > 0


async def test_who_would_wait_long_is_turned_away_at_once_and_told_for_how_long() -> None:
    rules = Rules()
    waits = {"now": 3.2}
    with opened(rules) as service:
        api = AskApi(Asking(service.reply, lambda _: waits["now"]), TEXTS, rules.places, ())
        with served([Route("/api/ask", api)]) as address, httpx.Client(base_url=address) as client:
            question = {"text": "a", "session": "s"}
            answer = client.post("/api/ask", json=question)
            assert refused(answer, 429) == TEXTS.api.busy
            assert answer.headers["retry-after"] == "4"
            assert rules.messages == []
            waits["now"] = 0.1
            assert client.post("/api/ask", json=question).status_code == 200


async def test_who_hangs_up_and_asks_again_is_answered_once() -> None:
    with web() as (address, rules):
        question = {"text": "đứt", "session": "s", "id": "r1"}
        async with httpx.AsyncClient(base_url=address, timeout=20) as client:
            rules.gate.clear()
            with pytest.raises(httpx.ReadTimeout):
                await client.post("/api/ask", json=question, timeout=0.3)
            again = asyncio.create_task(client.post("/api/ask", json=question))
            await asyncio.sleep(0.1)
            rules.gate.set()
            assert (await again).json()["status"] == "answered"
        assert [message.text for message in rules.messages] == ["đứt"]


async def test_replies_are_kept_for_a_while_only_and_silence_is_not_kept() -> None:
    asked: list[str] = []

    async def answer(message: Message) -> Reply | None:
        asked.append(message.text)
        return None if message.text == "im" else Reply(Status.ANSWERED, "có")

    asking = Asking(answer, kept_for=0.05)
    heard, silent = (Message("web:1", text, date(2026, 5, 4)) for text in ("hỏi", "im"))
    assert await asking.ask(heard, "r1") is await asking.ask(heard, "r1")
    assert await asking.ask(silent, "r2") is None
    assert await asking.ask(silent, "r2") is None
    await asyncio.sleep(0.1)
    await asking.ask(heard, "r1")
    assert asked == ["hỏi", "im", "im", "hỏi"]


async def test_stopping_finishes_what_was_asked() -> None:
    rules = Rules()
    with opened(rules) as service:
        channel = WebChannel(service)
        assert "http://127.0.0.1:8080/" in await channel.start()
        with served(channel.routes) as address:
            async with httpx.AsyncClient(base_url=address, timeout=20) as client:
                body = {"text": "a", "session": "s"}
                assert (await client.post("/api/ask", json=body)).status_code == 200
        await channel.stop()


def test_the_description_fits_what_is_answered(client: httpx.Client) -> None:
    description = client.get("/api/openapi.json").json()
    schemas = description["components"]["schemas"]
    for text in ("bao nhiêu", "không biết", "hình", "đúng", ""):
        fits(ask(client, text), {"$ref": "#/components/schemas/Reply"}, schemas)
    assert schemas["Reply"]["properties"]["status"]["enum"] == list(Status)
    assert schemas["Part"]["properties"]["kind"]["enum"] == list(Kind)
    assert schemas["Question"]["required"] == ["text", "session"]
    properties = schemas["Question"]["properties"]
    assert properties["text"]["maxLength"] == LONGEST_TEXT
    assert properties["session"]["maxLength"] == LONGEST_NAME
    assert {"Quảng Nam", "Đà Nẵng"} <= set(properties["place"]["enum"])


KINDS: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "number": (int, float),
    "null": (type(None),),
}


def fits(value: Any, schema: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Check a value against the few words of JSON Schema that the description uses."""
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rsplit("/", 1)[1]]
    if "enum" in schema:
        assert value in schema["enum"]
        return
    named = schema["type"]
    kinds = [named] if isinstance(named, str) else named
    assert isinstance(value, tuple(kind for name in kinds for kind in KINDS[name]))
    if isinstance(value, dict):
        known = schema["properties"]
        assert set(schema["required"]) <= set(value)
        if known.keys() != {"kind"}:
            assert set(value) <= set(known), "undescribed"
        for name in value.keys() & known.keys():
            fits(value[name], known[name], schemas)
    for one in value if isinstance(value, list) else ():
        fits(one, schema["items"], schemas)


def test_a_device_is_the_network_and_the_browser_and_cannot_be_read(
    client: httpx.Client, rules: Rules
) -> None:
    def device(address: str | None, browser: str = "Firefox") -> str | None:
        forwarded = {} if address is None else {"X-Forwarded-For": address}
        headers = {"User-Agent": browser, **forwarded}
        client.post("/api/ask", json={"text": "đúng", "session": "s"}, headers=headers)
        return rules.messages[-1].device

    phone = device("203.0.113.7")
    assert phone is not None
    assert "203.0" not in phone
    assert "Firefox" not in phone
    assert device("203.0.113.7") == phone == device("::ffff:203.0.113.7")
    assert device("203.0.113.8") != phone != device("203.0.113.7", "Chrome")
    assert device("2001:db8::1") == device("2001:db8::ffff:2") != device("2001:db8:0:1::1")
    assert device(None) is None, "a proxy that does not say for whom it asks"
    assert device("unknown") is None

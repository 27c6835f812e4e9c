"""Events over HTTP: signed, taken once, in any order; all else is refused and stores nothing."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from bot.ratings.event_routes import PATH, SENT_AT, SIGNATURE, event_routes
from bot.ratings.events import sign
from tests.bot.channels.zalo.serving import serving
from tests.bot.ratings.conftest import Office, said

SECRET = "một khóa"
EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "send_service_event.py"


class Software:
    """The one-stop software."""

    def __init__(self, office: Office, client: httpx.AsyncClient) -> None:
        self._office = office
        self._client = client

    def event(self, **changes: Any) -> dict[str, Any]:
        usual = {
            "case": "H47-1",
            "office": "mot",
            "service": "dat",
            "event": "completed",
            "at": self._office.now.isoformat(),
        }
        return {key: value for key, value in (usual | changes).items() if value is not None}

    async def post(self, body: bytes, headers: dict[str, str] | None = None) -> httpx.Response:
        sent_at = str(int(self._office.now.timestamp()))
        own = {SENT_AT: sent_at, SIGNATURE: f"sha256={sign(SECRET.encode(), sent_at, body)}"}
        given = {name: value.encode() for name, value in (own | (headers or {})).items()}
        return await self._client.post(PATH, content=body, headers=given)

    async def send(self, **changes: Any) -> httpx.Response:
        return await self.post(json.dumps(self.event(**changes)).encode())


@pytest.fixture
async def software(office: Office) -> AsyncIterator[Software]:
    async def run(work, *args):  # type: ignore[no-untyped-def]
        return work(*args)

    app = Starlette(routes=event_routes(office.desk, run, SECRET))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://local") as client:
        yield Software(office, client)


def counted(office: Office, table: str) -> int:
    (many,) = office.desk.db.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(many)


async def test_an_event_gives_the_codes_of_its_case_and_they_lead_to_a_rating(
    office: Office, software: Software
) -> None:
    answered = await software.send()
    assert answered.status_code == 201
    told = answered.json()
    assert told["links"]["telegram"] == f"https://t.me/mau_bot?start={told['code']}"
    person = office.person("zalo_bot:5")
    person.takes("Hài lòng", said(person.says(told["typed"])))
    assert office.ratings() == [("dat", "zalo_bot", 4)]
    assert said(office.person().says(f"/start {told['code']}")).text == office.desk.texts.already


async def test_the_same_event_twice_changes_nothing(office: Office, software: Software) -> None:
    first = await software.send(user="telegram:1")
    office.wait(minutes=2)
    at = (office.now - timedelta(minutes=2)).isoformat()
    again = await software.send(user="telegram:1", at=at)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert counted(office, "rating_cases") == counted(office, "rating_invitations") == 1


async def test_older_news_never_overwrites_newer(office: Office, software: Software) -> None:
    await software.send(event="completed", user="telegram:1")
    before = (office.now - timedelta(days=3)).isoformat()
    late = await software.send(event="received", at=before, user="telegram:1")
    assert (late.status_code, late.json()["state"]) == (200, "completed")
    office.wait(hours=1)
    assert office.desk.outbox.take() is not None


async def test_who_scans_the_receipt_is_asked_when_the_case_is_done(
    office: Office, software: Software
) -> None:
    told = (await software.send(event="received")).json()
    person = office.person("telegram:9")
    assert "khi" in said(person.says(f"/start {told['code']}")).text.lower()
    office.wait(days=5)
    assert office.desk.outbox.take() is None
    await software.send(event="completed")
    office.wait(hours=1)
    invitation = office.desk.outbox.take()
    assert invitation is not None
    assert invitation.user == "telegram:9"


async def test_the_codes_of_a_case_hold_until_long_after_its_end(
    office: Office, software: Software
) -> None:
    receipt = (await software.send(event="received")).json()
    office.wait(days=170)
    done = (await software.send(event="completed")).json()
    office.wait(days=20)
    texts = office.desk.texts
    assert said(office.person().says(f"/start {receipt['code']}")).text == texts.expired
    person = office.person("zalo_bot:5")
    person.takes("Hài lòng", said(person.says(done["typed"])))
    again = office.person("telegram:5")
    assert said(again.says(f"/start {done['code']}")).text == texts.already


async def test_a_case_that_was_withdrawn_is_not_asked_about(
    office: Office, software: Software
) -> None:
    told = (await software.send(user="telegram:1")).json()
    office.wait(minutes=1)
    await software.send(event="cancelled")
    office.wait(hours=1)
    assert office.desk.outbox.take() is None
    reply = said(office.person().says(f"/start {told['code']}"))
    assert reply.text == office.desk.texts.cancelled


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"service": "bay"}, 422),
        ({"office": "ba"}, 422),
        ({"at": "2026-05-04T03:06:00+00:00"}, 422),
        ({"at": "2126-05-04T03:06:00+00:00"}, 422),
        ({"at": "2026-05-04T03:00:00"}, 400),
        ({"at": "hôm qua"}, 400),
        ({"at": 5}, 400),
        ({"at": "0001-01-01T00:00:00+14:00"}, 400),
        ({"event": "rated"}, 400),
        ({"event": None}, 400),
        ({"case": ""}, 400),
        ({"case": ["a"]}, 400),
        ({"case": "\ud800"}, 400),
        ({"user": "telegram:\udfff"}, 400),
        ({"case": "x" * 201}, 400),
        ({"user": "telegram"}, 400),
        ({"user": "fax:12345"}, 400),
        ({"user": 5}, 400),
    ],
)
async def test_what_cannot_be_right_is_refused_and_stores_nothing(
    office: Office, software: Software, changes: dict[str, Any], status: int
) -> None:
    answered = await software.send(**changes)
    assert answered.status_code == status
    assert answered.json()["error"]
    assert counted(office, "rating_cases") == counted(office, "rating_codes") == 0


@pytest.mark.parametrize("field", ["case", "office", "service", "event", "at"])
async def test_what_is_missing_is_named(software: Software, field: str) -> None:
    answer = await software.send(**{field: None})
    assert answer.status_code == 400
    assert f"“{field}”" in answer.json()["error"]


@pytest.mark.parametrize("body", [b"", b"[]", b"1", b"{", b"\xff", b'"a"', b"null", b"[" * 9000])
async def test_what_is_no_event_is_refused(software: Software, body: bytes) -> None:
    assert (await software.post(body)).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {SIGNATURE: ""},
        {SIGNATURE: "sha256=" + "0" * 64},
        {SIGNATURE: "☃"},
        {SENT_AT: ""},
        {SENT_AT: "9" * 40},
        {SENT_AT: "-5"},
        {SENT_AT: "1"},
    ],
)
async def test_a_wrong_signature_is_refused(
    office: Office, software: Software, headers: dict[str, str]
) -> None:
    body = json.dumps(software.event()).encode()
    answered = await software.post(body, headers)
    assert answered.status_code == 401
    assert counted(office, "rating_cases") == 0


async def test_a_replayed_request_is_refused_after_five_minutes(
    office: Office, software: Software
) -> None:
    body = json.dumps(software.event()).encode()
    sent_at = str(int(office.now.timestamp()))
    headers = {SENT_AT: sent_at, SIGNATURE: sign(SECRET.encode(), sent_at, body)}
    assert (await software.post(body, headers)).status_code == 201
    office.wait(minutes=6)
    assert (await software.post(body, headers)).status_code == 401


async def test_a_body_that_is_too_large_is_refused(software: Software) -> None:
    assert (await software.post(b" " * 20_000)).status_code == 413


async def test_a_case_belongs_to_one_service(office: Office, software: Software) -> None:
    await software.send()
    office.wait(minutes=1)
    assert (await software.send(service="khaisinh")).status_code == 409


async def test_without_a_secret_nothing_is_taken(office: Office) -> None:
    async def run(work, *args):  # type: ignore[no-untyped-def]
        return work(*args)

    app = Starlette(routes=event_routes(office.desk, run, ""))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://local") as client:
        software = Software(office, client)
        assert (await software.send()).status_code == 503


async def test_the_example_client_as_the_software_would_run_it(office: Office) -> None:
    async def run(work, *args):  # type: ignore[no-untyped-def]
        return work(*args)

    async def runs(address: str, *more: str, secret: str = SECRET) -> tuple[int, str, str]:
        event = ("--case", "H47-1", "--office", "mot", "--event", "completed", *more)
        process = await asyncio.create_subprocess_exec(
            sys.executable, str(EXAMPLE), address, *event,
            env={**os.environ, "CCHC_EVENTS_SECRET": secret},
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        said, complained = await process.communicate()
        return process.returncode or 0, said.decode(), complained.decode()

    office.now = datetime.now(UTC)
    async with serving(Starlette(routes=event_routes(office.desk, run, SECRET))) as address:
        status, said_, _ = await runs(f"{address}/", "--service", "dat", "--user", "telegram:1")
        assert status == 0
        assert json.loads(said_)["typed"].startswith("DG ")
        refused = await runs(address, "--service", "bay")
        assert (refused[0], refused[1]) == (1, "")
        assert "422" in refused[2]
        assert (await runs(address, "--service", "dat", secret="khác"))[2].startswith("401")
    assert counted(office, "rating_cases") == counted(office, "rating_invitations") == 1

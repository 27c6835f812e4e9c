"""The figures for who watches: what is counted, and who may look."""

from __future__ import annotations

import httpx
import pytest
from starlette.applications import Starlette

from bot.metrics import Metrics, metrics_route


async def got(
    metrics: Metrics, client: str = "127.0.0.1", token: str = "", **headers: str
) -> httpx.Response:
    app = Starlette(routes=[metrics_route(metrics, {"CCHC_METRICS_TOKEN": token})])
    transport = httpx.ASGITransport(app, client=(client, 1234))
    async with httpx.AsyncClient(transport=transport, base_url="http://cchc") as browser:
        return await browser.get("/metrics", headers=headers)


async def test_what_happened_is_counted() -> None:
    metrics = Metrics()
    metrics.replied("telegram", "answered", 0.03)
    metrics.replied("telegram", "answered", 0.3)
    metrics.replied("web", "no_answer", 99)
    metrics.delivered("telegram", new=True)
    metrics.delivered("telegram", new=False)
    metrics.failed("zalo_oa", "ValueError")
    metrics.unheard("web")
    metrics.rated(5)
    metrics.watch("cchc_queue_length", "Messages waiting.", lambda: 3)
    answer = await got(metrics)
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = answer.text.splitlines()
    for line in (
        'cchc_questions_total{channel="telegram",status="answered"} 2',
        'cchc_questions_total{channel="web",status="no_answer"} 1',
        'cchc_reply_seconds_bucket{channel="telegram",le="0.05"} 1',
        'cchc_reply_seconds_bucket{channel="telegram",le="0.5"} 2',
        'cchc_reply_seconds_bucket{channel="web",le="10.0"} 0',
        'cchc_reply_seconds_bucket{channel="web",le="+Inf"} 1',
        'cchc_reply_seconds_count{channel="telegram"} 2',
        'cchc_deliveries_total{channel="telegram",kind="repeated"} 1',
        'cchc_errors_total{channel="zalo_oa",kind="ValueError"} 1',
        'cchc_unheard_total{channel="web"} 1',
        'cchc_ratings_total{stars="5"} 1',
        "cchc_queue_length 3",
    ):
        assert line in lines
    named = [line.split()[2] for line in lines if line.startswith("# TYPE")]
    assert len(named) == len(set(named))


async def test_a_value_that_cannot_be_read_hides_no_other() -> None:
    def gone() -> float:
        raise FileNotFoundError

    metrics = Metrics()
    metrics.watch("cchc_index_age_seconds", "Age.", gone)
    metrics.rated(1)
    text = (await got(metrics)).text
    assert "cchc_index_age_seconds" not in text
    assert "cchc_ratings_total{" in text


@pytest.mark.parametrize(
    ("client", "headers"),
    [
        ("203.113.1.2", {}),
        ("127.0.0.1", {"X-Forwarded-For": "203.113.1.2"}),
        ("127.0.0.1", {"X-Real-IP": "203.113.1.2"}),
    ],
)
async def test_without_a_token_only_this_machine_looks(
    client: str, headers: dict[str, str]
) -> None:
    assert (await got(Metrics(), client, **headers)).status_code == 404


async def test_with_a_token_whoever_has_it_looks() -> None:
    metrics, token = Metrics(), "mot-ma-dai"
    assert (await got(metrics, "10.0.0.9", token, Authorization="Bearer mot-ma-dai")).is_success
    assert (await got(metrics, "127.0.0.1", token)).status_code == 404
    wrong = await got(metrics, "127.0.0.1", token, Authorization="Bearer sai")
    assert wrong.status_code == 404

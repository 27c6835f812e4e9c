"""What is logged: no token, no person, also where a library or a traceback brings them."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logs import JsonLines, Masking, log_to_stderr

TOKEN = "7123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"
SECRET = "khoa-bi-mat-cua-OA"
ENVIRON = {
    "CCHC_TELEGRAM_TOKEN": TOKEN,
    "CCHC_ZALO_OA_APP_SECRET": SECRET,
    "CCHC_HOME": "/srv/cchc",
}


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    """Give back the root logger as it was."""
    logger = logging.getLogger()
    before = logger.handlers[:], logger.level
    yield logger
    logger.handlers[:], level = before
    logger.setLevel(level)


def test_no_token_gets_out_by_a_message_or_a_traceback(
    root: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    log_to_stderr(ENVIRON, as_json=True)
    url = f"https://api.telegram.org/bot{TOKEN}/getUpdates"
    logging.getLogger("test").warning("calling %s with %r", url, {"secret": SECRET})
    try:
        raise httpx.ConnectError(f"no way to {url}")
    except httpx.ConnectError:
        logging.getLogger("test").exception("failed for telegram:123456789")
    written = capsys.readouterr().err
    lines = [json.loads(line) for line in written.splitlines()]
    assert [line["level"] for line in lines] == ["warning", "error"]
    assert TOKEN.partition(":")[2] not in written
    assert SECRET not in written
    assert "123456789" not in written
    assert "ConnectError" in lines[1]["error"]
    assert "/srv/cchc" in Masking.of(ENVIRON).masked("home /srv/cchc")


def test_the_plain_log_is_masked_as_well(
    root: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    log_to_stderr({})
    logging.getLogger("bot.channels").info("POST /bot%s/sendMessage from 203.113.1.2", TOKEN)
    written = capsys.readouterr().err
    assert TOKEN not in written
    assert "203.113" not in written
    assert "sendMessage" in written


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        ("Authorization: Bearer abcdef123456", "abcdef123456"),
        ('{"access_token": "q1w2e3r4t5"}', "q1w2e3r4t5"),
        ("?refresh_token=zzzz1111&x=1", "zzzz1111"),
        ("no reply to zalo_bot:a1b2c3", "a1b2c3"),
        ("no role for account:an.nguyen", "nguyen"),
        ("asked: CCCD 049123456789", "049123456789"),
        ("từ a.b@c.vn", "a.b@c.vn"),
    ],
)
def test_what_names_a_person_or_opens_a_door_is_masked(said: str, hidden: str) -> None:
    assert hidden not in Masking().masked(said)


def test_what_an_administrator_needs_stays() -> None:
    line = "no reply on telegram: ValueError, listening on 127.0.0.1:8080 since 2026-05-04"
    assert Masking().masked(line) == line


@given(st.from_regex(r"[0-9]{8,10}:[A-Za-z0-9_-]{35}", fullmatch=True), st.text(max_size=20))
def test_no_token_survives_whatever_stands_around_it(token: str, around: str) -> None:
    masked = Masking([token]).masked(f"{around}{token}{around}")
    assert token not in masked


@given(st.text(max_size=60))
def test_every_line_is_one_json_object(said: str) -> None:
    record = logging.LogRecord("test", logging.INFO, "", 0, said, None, None)
    line = JsonLines().format(record)
    assert "\n" not in line
    assert json.loads(line)["message"] == said

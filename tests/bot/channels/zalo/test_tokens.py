"""Rotating tokens: one renewal at a time, nothing used before it is stored, kills survived."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import stat
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from bot.channels.zalo.client import Client
from bot.channels.zalo.errors import BusyError, LostError
from bot.channels.zalo.token_file import Stored, TokenFile
from bot.channels.zalo.tokens import App, Tokens
from config.texts import load_texts
from tests.bot.channels.zalo.oa_server import OpenApi
from tests.bot.channels.zalo.serving import serving

ROOT = Path(__file__).parents[4]
TEXTS = load_texts().zalo


class Clock:
    """Seconds that a test can let go by."""

    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


class Account:
    """A server, a home, and what gives tokens over them."""

    def __init__(self, server: OpenApi, address: str, home: Path, client: Client) -> None:
        self.server, self.address, self.home, self.client = server, address, home, client
        self.clock = Clock()

    def tokens(self, first: str = "refresh-0") -> Tokens:
        app = App("APP", "app-secret", first)
        return Tokens(TokenFile(self.home), app, self.client, self.address, TEXTS, self.clock)

    async def process(self, first: str = "refresh-0") -> asyncio.subprocess.Process:
        """Start a process of its own that asks for a token."""
        module = "tests.bot.channels.zalo.renewing"
        arguments = [sys.executable, "-m", module, str(self.home), self.address, first]
        pipe = asyncio.subprocess.PIPE
        return await asyncio.create_subprocess_exec(*arguments, cwd=ROOT, stdout=pipe, stderr=pipe)


@pytest.fixture
async def account(home: Path) -> AsyncIterator[Account]:
    server, client = OpenApi(), Client(delays=(0.01,) * 3)
    async with serving(server.app) as address:
        yield Account(server, address, home, client)
        await client.close()


async def test_the_first_token_buys_a_pair_and_the_stored_pair_counts_then(
    account: Account,
) -> None:
    assert await account.tokens().current() == "access-1"
    assert await account.tokens().current() == "access-1"
    account.clock.now += 24.5 * 3600
    assert await account.tokens().current() == "access-2"
    assert account.server.renewals == 2


async def test_the_file_is_for_its_owner_only(account: Account) -> None:
    old = os.umask(0)
    try:
        await account.tokens().current()
    finally:
        os.umask(old)
    path = TokenFile(account.home).path
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "access-1" in path.read_text()


async def test_many_at_once_renew_once(account: Account) -> None:
    tokens = account.tokens()
    assert set(await asyncio.gather(*(tokens.current() for _ in range(20)))) == {"access-1"}
    stale = await asyncio.gather(*(tokens.renewed("access-1") for _ in range(20)))
    assert set(stale) == {"access-2"}
    assert account.server.renewals == 2


async def test_two_that_share_a_home_renew_once(account: Account) -> None:
    one, other = account.tokens(), account.tokens()
    assert await one.current() == await other.current() == "access-1"
    both = await asyncio.gather(one.renewed("access-1"), other.renewed("access-1"))
    assert both == ["access-2", "access-2"]


async def test_processes_renew_once(account: Account) -> None:
    processes = [await account.process() for _ in range(3)]
    outputs = [await process.communicate() for process in processes]
    assert [out.decode().strip() for out, _ in outputs] == ["access-1"] * 3, outputs
    assert account.server.renewals == 1


async def test_a_waiter_that_is_cancelled_costs_no_pair(account: Account) -> None:
    tokens = account.tokens()
    waiting = asyncio.create_task(tokens.current())
    account.server.before_reply = lambda: waiting.cancel() and None
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await tokens.close()
    assert await account.tokens().current() == "access-1"
    assert account.server.renewals == 1


async def test_a_kill_before_zalo_made_the_pair_costs_nothing(account: Account) -> None:
    first = account.tokens()
    await first.current()
    TokenFile(account.home).write(Stored("", "refresh-1", 0.0, "", "under way"))
    assert await account.tokens("").current() == "access-2"


async def _killed_on_the_way(account: Account) -> None:
    """Kill a process when Zalo has made its pair and not yet sent it."""
    process = await account.process()
    account.server.before_reply = lambda: os.kill(process.pid, signal.SIGKILL)
    await process.communicate()
    assert process.returncode == -signal.SIGKILL
    account.server.before_reply = lambda: None


async def _killed_before_storing(account: Account) -> None:
    """Kill a process that has received its pair and hangs in storing it."""
    aside = TokenFile(account.home).path.with_suffix(".new")
    process = await account.process()
    account.server.before_reply = lambda: os.mkfifo(aside)  # opened for writing, it blocks
    while not aside.is_fifo():  # a file of that name is the note before
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.3)
    assert process.returncode is None
    process.kill()
    await process.communicate()
    aside.unlink()
    account.server.before_reply = lambda: None


Kill = Callable[[Account], Awaitable[None]]


@pytest.mark.parametrize("kill", [_killed_on_the_way, _killed_before_storing])
async def test_a_kill_between_receiving_and_storing_is_mended_by_a_new_token(
    account: Account, kill: Kill
) -> None:
    account.clock.now = 0.0  # the stored token has ended for the process
    await account.tokens().current()
    before = TokenFile(account.home).read()
    await kill(account)
    kept = TokenFile(account.home).read()
    # The old pair is still there, with a note that another one was asked for.
    assert (kept.access, kept.refresh) == (before.access, before.refresh)
    assert kept.renewing

    with pytest.raises(LostError) as raised:
        await account.tokens().renewed(kept.access)
    assert "bị ngắt giữa chừng" in str(raised.value)
    assert "CCHC_ZALO_OA_REFRESH_TOKEN" in str(raised.value)
    assert account.server.refresh not in str(raised.value)

    account.server.refresh = "refresh-from-the-console"
    assert await account.tokens("refresh-from-the-console").current() == "access-3"


@pytest.mark.parametrize("kill", [_killed_on_the_way, _killed_before_storing])
async def test_a_kill_is_survived_where_zalo_still_takes_the_old_token(
    account: Account, kill: Kill
) -> None:
    await kill(account)
    account.server.refresh = "refresh-0"
    assert await account.tokens().current() == "access-2"


async def test_a_new_configured_token_goes_before_the_stored_pair(account: Account) -> None:
    await account.tokens().current()
    account.server.refresh = "new-from-the-console"
    assert await account.tokens("new-from-the-console").current() == "access-2"
    assert account.server.renewals == 2


async def test_a_wrong_new_token_falls_back_on_the_stored_pair(account: Account) -> None:
    await account.tokens().current()
    assert await account.tokens("mistyped").current() == "access-2"


async def test_a_refused_token_is_not_sent_again_and_again(
    account: Account, caplog: pytest.LogCaptureFixture
) -> None:
    tokens = account.tokens("mistyped")
    for _ in range(5):
        with pytest.raises(LostError):
            await tokens.current()
    assert sum("refused" in record.getMessage() for record in caplog.records) == 1
    assert "mistyped" not in caplog.text


async def test_trouble_over_there_is_no_loss(account: Account) -> None:
    away = Tokens(
        TokenFile(account.home),
        App("APP", "app-secret", "refresh-0"),
        account.client,
        "http://127.0.0.1:9",
        TEXTS,
        account.clock,
    )
    with pytest.raises(BusyError):
        await away.current()
    assert await account.tokens().current() == "access-1"


async def test_no_token_is_used_up_where_the_disk_refuses(account: Account) -> None:
    aside = TokenFile(account.home).path.with_suffix(".new")
    aside.mkdir()
    with pytest.raises(LostError, match=r"zalo-oa\.json"):
        await account.tokens().current()
    assert account.server.renewals == 0
    aside.rmdir()
    assert await account.tokens().current() == "access-1"


async def test_a_pair_that_could_not_be_stored_is_stored_later(account: Account) -> None:
    tokens = account.tokens()
    aside = TokenFile(account.home).path.with_suffix(".new")
    account.server.before_reply = aside.mkdir
    with pytest.raises(LostError):
        await tokens.current()
    aside.rmdir()
    account.server.before_reply = lambda: None
    assert await tokens.current() == "access-1"
    assert await account.tokens().current() == "access-1"


async def test_a_pair_that_could_not_be_stored_is_stored_at_a_stop(account: Account) -> None:
    tokens = account.tokens()
    aside = TokenFile(account.home).path.with_suffix(".new")
    account.server.before_reply = aside.mkdir
    with pytest.raises(LostError):
        await tokens.current()
    aside.rmdir()
    await tokens.close()
    assert await account.tokens().current() == "access-1"


async def test_a_lock_that_cannot_be_made_is_said(account: Account) -> None:
    TokenFile(account.home).path.with_suffix(".lock").mkdir()
    with pytest.raises(LostError, match=r"zalo-oa\.json"):
        await account.tokens().current()
    assert account.server.renewals == 0


@pytest.mark.parametrize("lasts", ["90000", 90000, "soon", None])
async def test_any_form_of_the_lifetime_is_read(account: Account, lasts: object) -> None:
    account.server.expires_in = lasts
    await account.tokens().current()
    assert TokenFile(account.home).read().expires_at == account.clock.now + 90_000


async def test_tokens_stay_out_of_logs_and_messages(
    account: Account, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await account.tokens().current()
    said = caplog.text + repr(TokenFile(account.home).read()) + repr(App("APP", "app-secret", "r"))
    for secret in ("access-1", "refresh-1", "refresh-0", "app-secret"):
        assert secret not in said


def test_a_file_that_is_not_ours_counts_as_none(home: Path) -> None:
    file = TokenFile(home)
    for content in ("", "[]", '{"access": 1}', "\x00"):
        file.path.write_text(content)
        assert file.read() == Stored()

"""Which calls are made again: those that were not done, and those that can be done twice."""

from __future__ import annotations

import httpx
import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError, TimedOut

from bot.channels.telegram import retrying
from bot.channels.telegram.retrying import TakenForSent, carried


class Calls:
    """A call that fails in the given ways and then goes through."""

    def __init__(self, *errors: TelegramError) -> None:
        self._errors = list(errors)
        self.count = 0

    async def __call__(self) -> str:
        self.count += 1
        if self._errors:
            raise self._errors.pop(0)
        return "done"


@pytest.fixture(autouse=True)
def _without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrying, "FIRST_PAUSE", 0.001)


def _timed_out(cause: httpx.HTTPError) -> TimedOut:
    error = TimedOut()
    error.__cause__ = cause
    return error


async def test_a_message_without_an_answer_in_time_is_taken_for_sent() -> None:
    call = Calls(_timed_out(httpx.ReadTimeout("")))
    with pytest.raises(TakenForSent):
        await carried(call, repeatable=False)
    assert call.count == 1


async def test_an_edit_without_an_answer_in_time_is_made_again() -> None:
    call = Calls(_timed_out(httpx.ReadTimeout("")))
    assert await carried(call, repeatable=True) == "done"


@pytest.mark.parametrize(
    "error",
    [
        _timed_out(httpx.ConnectTimeout("")),
        _timed_out(httpx.PoolTimeout("")),
        _timed_out(httpx.WriteTimeout("")),
        NetworkError("Bad Gateway"),
    ],
)
async def test_what_never_arrived_is_sent_again(error: TelegramError) -> None:
    call = Calls(error, error)
    assert await carried(call, repeatable=False) == "done"
    assert call.count == 3


@pytest.mark.parametrize("error", [BadRequest("chat not found"), Forbidden("blocked")])
async def test_what_cannot_go_through_is_not_tried_again(error: TelegramError) -> None:
    call = Calls(error)
    with pytest.raises(type(error)):
        await carried(call, repeatable=True)
    assert call.count == 1


async def test_tries_are_counted() -> None:
    call = Calls(*[NetworkError("down")] * 5)
    with pytest.raises(NetworkError):
        await carried(call, repeatable=False, tries=3)
    assert call.count == 3

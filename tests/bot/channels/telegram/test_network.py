"""Telegram busy, slow, gone, refusing: no reply is lost, none sent twice as far as one can know."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from contextlib import closing

import pytest

from bot.channels.channel import ChannelError
from bot.message import Message, Reply, Status
from tests.bot.channels.telegram.messages import RefusalError, Trouble
from tests.bot.channels.telegram.people import GROUP, Person
from tests.bot.channels.telegram.server import BotApi
from tests.bot.channels.telegram.world import Office, answer

BUSY = Trouble(RefusalError(429, "Too Many Requests: retry after 2", retry_after=2))
DOWN = Trouble(RefusalError(502, "Bad Gateway"))
NOTICE = Reply(Status.ANSWERED, "Nhắc bạn: hạn là ngày mai.")


async def test_a_busy_server_is_waited_for_and_others_are_not_held_up(
    office: Office, api: BotApi, hoa: Person, nam: Person
) -> None:
    await office.open()
    api.trouble("sendMessage", BUSY)
    began = time.monotonic()
    await hoa.says("một")
    await api.until(lambda: bool(api.refused))
    await nam.says("hai")
    assert (await api.said()).chat == nam.id
    assert time.monotonic() - began < 2
    assert (await api.said(2)).chat == hoa.id
    assert time.monotonic() - began >= 2
    assert len(api.sent) == 2


@pytest.mark.parametrize("trouble", [DOWN, Trouble(cut="before"), Trouble(slow=0.8)])
async def test_each_trouble_ends_in_exactly_one_reply(
    office: Office, api: BotApi, hoa: Person, trouble: Trouble
) -> None:
    await office.open()
    api.trouble("sendMessage", trouble)
    await hoa.says("một")
    await api.said()
    await hoa.says("hai")
    await api.said(2)
    assert ["một" in api.sent[0].text, "hai" in api.sent[1].text] == [True, True]
    await api.until(lambda: True)
    assert len(api.sent) == 2


async def test_an_edit_cut_off_after_it_was_done_is_repeated_without_harm(
    office: Office, api: BotApi, hoa: Person
) -> None:
    await office.open()
    await hoa.says("một")
    message = await api.said()
    api.trouble("editMessageText", Trouble(cut="after"))
    await hoa.presses(message, "1")
    await api.until(lambda: any("not modified" in refused for refused in api.refused))
    assert message.edits == 1
    assert len(api.sent) == 1


async def test_replies_to_one_person_come_in_order(
    office: Office, api: BotApi, hoa: Person
) -> None:
    await office.open()
    api.trouble("sendMessage", DOWN)
    for text in ("một", "hai", "ba"):
        await hoa.says(text)
    await api.said(3)
    assert [sent.text.split("\n")[0][-3:].strip() for sent in api.sent] == ["một", "hai", "ba"]


async def test_who_blocks_the_bot_is_left_in_peace_until_they_write(
    office: Office, api: BotApi, hoa: Person
) -> None:
    await office.open()
    api.blocked.add(hoa.id)
    await hoa.says("một")
    await api.until(lambda: bool(api.refused))
    await office.close()
    await office.open()
    calls = len(api.calls)
    assert not await office.channel.send(f"telegram:{hoa.id}", NOTICE)
    assert len(api.calls) == calls
    api.blocked.clear()
    await hoa.says("hai")
    await api.said()
    assert await office.channel.send(f"telegram:{hoa.id}", NOTICE)
    assert api.sent[-1].text == NOTICE.text


async def test_blocking_and_coming_back_are_noted(office: Office, api: BotApi, hoa: Person) -> None:
    await office.open()
    await hoa.becomes("kicked")
    await _settled(office)
    assert not await office.channel.send(f"telegram:{hoa.id}", NOTICE)
    await hoa.becomes("member")
    await _settled(office)
    assert await office.channel.send(f"telegram:{hoa.id}", NOTICE)


async def test_unasked_messages_reach_people_alone(office: Office, api: BotApi) -> None:
    await office.open()
    assert not await office.channel.send(f"telegram:{GROUP}:501", NOTICE)
    assert not await office.channel.send("zalo:501", NOTICE)
    api.trouble("sendMessage", Trouble(RefusalError(400, "Bad Request: chat not found")))
    assert not await office.channel.send("telegram:777", NOTICE)
    api.trouble("sendMessage", DOWN, DOWN, DOWN)
    with pytest.raises(ChannelError, match="gửi lại sau"):
        await office.channel.send("telegram:501", NOTICE)
    assert api.sent == []


@pytest.mark.parametrize("token", ["12345:wrong", "có dấu", "a b", "a/b"])
async def test_a_wrong_token_is_one_sentence_without_the_token(
    office: Office, caplog: pytest.LogCaptureFixture, token: str
) -> None:
    office.token = token
    with caplog.at_level(logging.DEBUG), pytest.raises(ChannelError) as caught:
        await office.open()
    assert "CCHC_TELEGRAM_TOKEN" in str(caught.value)
    assert token not in str(caught.value)
    assert token not in caplog.text


async def test_without_telegram_the_channel_starts_and_connects_later(
    office: Office, api: BotApi, hoa: Person
) -> None:
    await api.stop()
    said = await office.open()
    assert "sẽ tự thử lại" in said
    await api.start()
    await hoa.says("một")
    assert (await api.said()).chat == hoa.id


async def test_polling_goes_on_after_trouble_and_conflict(
    office: Office, api: BotApi, hoa: Person, caplog: pytest.LogCaptureFixture
) -> None:
    conflict = Trouble(RefusalError(409, "Conflict: terminated by other getUpdates request"))
    api.trouble("getUpdates", conflict, DOWN)
    await office.open()
    await hoa.says("một")
    await api.said()
    lines = [record.getMessage() for record in caplog.records if "asking" in record.getMessage()]
    assert lines[0] == "telegram: asking for updates failed: Conflict"


async def test_an_update_that_comes_twice_counts_once(
    office: Office, api: BotApi, hoa: Person
) -> None:
    await office.open()
    update = {"update_id": 5000, "message": hoa.message(text="một")}
    await api.push(update)
    await api.said()
    await api.push(update)
    await api.push({"update_id": 5000, "message": hoa.message(text="một nữa")})
    await hoa.says("hai")
    await api.said(2)
    assert [message.text for message in office.heard] == ["một", "hai"]


async def test_updates_that_cannot_be_read_hold_up_nothing(
    office: Office, api: BotApi, hoa: Person, caplog: pytest.LogCaptureFixture
) -> None:
    await office.open()
    secret = "số căn cước 0123"
    for bad in (
        {"update_id": 2000, "message": {"text": secret}},
        {"update_id": 2001, "message": secret},
        {"update_id": 2002, "callback_query": {"data": [secret]}},
        {"update_id": 2003},
        {"update_id": 2004, "something_new": {"text": secret}},
    ):
        await api.push(bad, strict=False)
    good = {"update_id": 2005, "message": {**hoa.message(text="một"), "new_field": {"a": 1}}}
    await api.push(good, strict=False)
    await api.said()
    assert office.channel.refusals.counts["an update that cannot be read"] == 3
    assert len([r for r in caplog.records if "cannot be read" in r.getMessage()]) == 1
    assert secret not in caplog.text


async def test_a_stop_finishes_the_work_in_hand(office: Office, api: BotApi, hoa: Person) -> None:
    def slowly(message: Message) -> Reply:
        time.sleep(0.3)
        return answer(message)

    office.replies = slowly
    await office.open()
    await hoa.says("một")
    await api.until(lambda: bool(office.heard))
    await office.close()
    assert len(api.sent) == 1
    await office.open()
    assert await office.pending() == 0
    await asyncio.sleep(0.1)
    assert len(api.sent) == 1


async def test_what_was_taken_before_a_kill_is_answered_after_it(
    office: Office, api: BotApi, hoa: Person, nam: Person
) -> None:
    await office.open()
    api.trouble("sendMessage", *[DOWN] * 4)
    await hoa.says("một")
    await nam.says("hai")
    await api.until(lambda: len(office.heard) == 2 and api.offset > 0)
    await office.kill()
    assert api.sent == []
    api.calm()
    await office.open()
    await api.said(2)
    assert {sent.chat for sent in api.sent} == {hoa.id, nam.id}
    await _settled(office)
    with closing(sqlite3.connect(office.home / "tro-ly.db")) as db:
        assert (
            db.execute("SELECT count(*) FROM deliveries WHERE body IS NOT NULL").fetchone()[0] == 0
        )


async def test_a_burst_of_one_person_is_not_felt_by_others(
    office: Office, api: BotApi, hoa: Person, nam: Person, caplog: pytest.LogCaptureFixture
) -> None:
    office.settings["per_minute"] = 5
    await office.open()
    for number in range(500):
        await hoa.says(f"câu {number}")
    began = time.monotonic()
    await nam.says("một câu")
    await api.until(lambda: bool(api.to(nam.id)), 15)
    # Far less on an idle machine; all of the burst answered would be minutes.
    assert time.monotonic() - began < 15
    await _settled(office)
    texts = [sent.text for sent in api.to(hoa.id)]
    assert len(texts) <= 6
    assert texts.count(office.service.texts.guard.too_many) == 1
    assert len([r for r in caplog.records if "too many" in r.getMessage()]) == 1
    assert "câu 1" not in caplog.text


async def _settled(office: Office) -> None:
    """Wait until all that was delivered is worked off."""
    for _ in range(2000):
        await asyncio.sleep(0.01)
        if office.api.is_fetched() and not await office.pending():
            return
    raise AssertionError("the work never ended")

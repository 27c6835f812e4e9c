"""Pressed buttons: the message changes, or a note is shown, and nothing is said twice."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from bot.message import Choice, Message, Reply, Status
from tests.bot.channels.telegram.people import Person
from tests.bot.channels.telegram.server import BotApi
from tests.bot.channels.telegram.world import Office, answer


async def test_a_pressed_choice_edits_the_message(office: Office, api: BotApi, hoa: Person) -> None:
    await office.open()
    await hoa.says("chỉ tiêu PCI")
    message = await api.said()
    office.answers(lambda m: Reply(Status.ANSWERED, f"Đã chọn {m.text}"))
    query = await hoa.presses(message, "2")
    await api.until(lambda: message.edits == 1 and api.toasts[query] == "")
    assert message.text == "Đã chọn 2"
    assert message.buttons == []
    assert len(api.sent) == 1
    assert (office.heard[-1].text, office.heard[-1].turn) == ("2", "t1")


async def test_an_action_sends_its_word(office: Office, api: BotApi, hoa: Person) -> None:
    await office.open()
    await hoa.says("chỉ tiêu PCI")
    message = await api.said()
    await hoa.presses(message, "Cả mục")
    await api.until(lambda: len(office.heard) == 2)
    assert (office.heard[1].text, office.heard[1].turn) == ("cả mục", "t1")


async def test_a_brief_reply_is_a_toast_and_leaves_the_message(
    office: Office, api: BotApi, hoa: Person
) -> None:
    await office.open()
    await hoa.says("chỉ tiêu PCI")
    message = await api.said()
    office.answers(lambda m: Reply(Status.SMALLTALK, "Cảm ơn bạn, tôi đã ghi nhận.", brief=True))
    query = await hoa.presses(message, "Đúng")
    await api.until(lambda: bool(api.toasts[query]))
    assert api.toasts[query] == "Cảm ơn bạn, tôi đã ghi nhận."
    await office.close()
    assert (len(api.sent), message.edits) == (1, 0)
    await office.open()


async def test_a_brief_reply_to_what_was_typed_is_a_message(
    office: Office, api: BotApi, hoa: Person
) -> None:
    office.replies = lambda m: Reply(Status.SMALLTALK, "Tôi đã ghi nhận.", brief=True)
    await office.open()
    await hoa.says("đúng")
    assert (await api.said()).text == "Tôi đã ghi nhận."


async def test_a_brief_reply_that_is_too_long_for_a_toast_is_a_message(
    office: Office, api: BotApi, hoa: Person
) -> None:
    await office.open()
    await hoa.says("chỉ tiêu PCI")
    message = await api.said()
    office.answers(lambda m: Reply(Status.SMALLTALK, "Tôi đã ghi nhận. " * 20, brief=True))
    await hoa.presses(message, "Đúng")
    assert (await api.said(2)).text.startswith("Tôi đã ghi nhận.")
    assert message.edits == 0


async def test_the_same_reply_again_changes_nothing(
    office: Office, api: BotApi, hoa: Person
) -> None:
    await office.open()
    await hoa.says("chỉ tiêu")
    message = await api.said()
    office.answers(lambda m: answer(replace(m, text="chỉ tiêu")))
    await hoa.presses(message, "Cả mục")
    await api.until(lambda: any("not modified" in refused for refused in api.refused))
    await hoa.says("còn đây")
    await api.said(2)
    assert (len(api.sent), message.edits) == (2, 0)


async def test_a_message_that_cannot_be_edited_is_followed_by_a_new_one(
    office: Office, api: BotApi, hoa: Person
) -> None:
    await office.open()
    await hoa.says("chỉ tiêu PCI")
    message = await api.said()
    data = message.button("1")
    api.sent.clear()
    await hoa.presses_data(data, message)
    assert (await api.said()).text.startswith("Tôi hiểu câu hỏi là: 1")


async def test_a_message_too_old_to_be_seen_is_followed_by_a_new_one(
    office: Office, api: BotApi, hoa: Person
) -> None:
    await office.open()
    number = str(api.number())
    api.toasts[number] = None
    chat = {"id": hoa.id, "type": "private", "first_name": "Hoa"}
    query = {"id": number, "from": hoa.user, "chat_instance": "1", "data": "t1:2"}
    query["message"] = {"chat": chat, "message_id": 3, "date": 0}
    await api.push({"update_id": api.number(), "callback_query": query})
    assert (await api.said()).chat == hoa.id


async def test_a_reply_longer_than_a_message_replaces_one_and_goes_on_in_others(
    office: Office, api: BotApi, hoa: Person
) -> None:
    await office.open()
    await hoa.says("chỉ tiêu PCI")
    message = await api.said()
    long = "\n\n".join(f"Đoạn {n}. " + "Cải cách <hành> chính & công. " * 30 for n in range(12))
    choices = (Choice("1", "Đất đai", "đất đai"),)
    office.answers(lambda m: Reply(Status.ANSWERED, long, choices=choices, turn="t2"))
    await hoa.presses(message, "Cả mục")
    last = await api.said(3)
    texts = [sent.text for sent in api.sent]
    assert "".join("".join(texts).split()) == "".join(long.split())
    assert all(text.startswith("Đoạn") for text in texts)
    assert [bool(sent.buttons) for sent in api.sent] == [False, False, True]
    assert last.button("1. Đất đai") == "t2:1"


@pytest.mark.parametrize("data", ["", "lạ", "t1:", ":"])
async def test_buttons_that_are_not_ours_get_a_polite_note(
    office: Office, api: BotApi, hoa: Person, data: str
) -> None:
    await office.open()
    await hoa.says("chỉ tiêu PCI")
    query = await hoa.presses_data(data, await api.said())
    await api.until(lambda: bool(api.toasts[query]))
    assert api.toasts[query] == office.service.texts.telegram.old_button
    assert len(office.heard) == 1
    assert any(method == "answerCallbackQuery" and c["show_alert"] for method, c in api.calls)


async def test_a_slow_reply_shows_the_typing_sign_and_frees_the_button(
    office: Office, api: BotApi, hoa: Person
) -> None:
    await office.open()
    await hoa.says("chỉ tiêu PCI")
    message = await api.said()

    def slowly(message: Message) -> Reply:
        time.sleep(1.5)
        return Reply(Status.SMALLTALK, "Tôi đã ghi nhận.", brief=True)

    office.answers(slowly)
    query = await hoa.presses(message, "Đúng")
    await api.until(lambda: api.toasts[query] is not None)
    assert len(api.sent) == 1
    assert ("sendChatAction", {"chat_id": hoa.id, "action": "typing"}) in api.calls
    assert (await api.said(2)).text == "Tôi đã ghi nhận."


async def test_a_quick_reply_needs_no_typing_sign(office: Office, api: BotApi, hoa: Person) -> None:
    await office.open()
    await hoa.says("chỉ tiêu PCI")
    await api.said()
    assert all(method != "sendChatAction" for method, _ in api.calls)

"""In groups the bot answers when it is meant, and only then."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot.channels.telegram.chats import ME
from tests.bot.channels.telegram.messages import RefusalError, Trouble
from tests.bot.channels.telegram.people import GROUP, Person
from tests.bot.channels.telegram.server import BotApi
from tests.bot.channels.telegram.world import Office

FROM_US = {
    "message_id": 5,
    "date": 1,
    "chat": {"id": GROUP, "type": "supergroup", "title": "Nhóm"},
    "from": ME,
    "text": "x",
}


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("@tro_ly_bot chỉ tiêu PCI", "chỉ tiêu PCI"),
        ("cho hỏi @Tro_Ly_Bot", "cho hỏi"),
        ("/hoi chỉ tiêu", "/hoi chỉ tiêu"),
        ("/hoi@tro_ly_bot chỉ tiêu", "/hoi chỉ tiêu"),
    ],
)
async def test_a_mention_or_a_command_is_answered_as_a_reply(
    office: Office, api: BotApi, hoa: Person, text: str, heard: str
) -> None:
    await office.open()
    said = await hoa.says_in_group(text)
    message = await api.said()
    assert message.chat == GROUP
    assert message.arguments["reply_parameters"]["message_id"] == said["message_id"]
    assert office.heard[0].text == heard
    assert office.heard[0].user == f"telegram:{GROUP}:{hoa.id}"


async def test_a_reply_to_the_bot_is_answered(office: Office, api: BotApi, hoa: Person) -> None:
    await office.open()
    await hoa.says_in_group("còn SIPAS?", reply_to_message=FROM_US)
    await api.said()
    assert office.heard[0].text == "còn SIPAS?"


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("chỉ tiêu PCI", {}),
        ("@tro_ly_bot_khac chỉ tiêu", {}),
        ("/hoi@bot_khac chỉ tiêu", {}),
        ("/hoi@bot_khac chỉ tiêu", {"reply_to_message": FROM_US}),
        ("hỏi email a@tro_ly_bot.vn", {}),
        ("chỉ tiêu", {"reply_to_message": {**FROM_US, "from": {**ME, "id": 9}}}),
    ],
)
async def test_all_else_is_left_alone(
    office: Office, api: BotApi, hoa: Person, text: str, more: dict[str, Any]
) -> None:
    await office.open()
    await hoa.says_in_group(text, **more)
    await hoa.says("riêng tư")
    assert (await api.said()).chat == hoa.id
    assert len(office.heard) == 1


async def test_the_topic_of_a_forum_is_kept(office: Office, api: BotApi, hoa: Person) -> None:
    await office.open()
    await hoa.says_in_group("/hoi x", is_topic_message=True, message_thread_id=77)
    assert (await api.said()).arguments["message_thread_id"] == 77


async def test_an_admin_who_writes_as_the_group_is_answered(
    office: Office, api: BotApi, hoa: Person
) -> None:
    await office.open()
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    group = {"id": GROUP, "type": "supergroup", "title": "Nhóm của phường"}
    said = {**hoa.message(GROUP, text="/hoi x"), "from": anonymous, "sender_chat": group}
    await api.push({"update_id": 1, "message": said})
    await api.said()
    assert office.heard[0].user == f"telegram:{GROUP}:{GROUP}"


async def test_buttons_work_for_who_asked_and_for_nobody_else(
    office: Office, api: BotApi, hoa: Person, nam: Person
) -> None:
    await office.open()
    asked = await hoa.says_in_group("/hoi chỉ tiêu")
    message = await api.said()
    group = {"chat": FROM_US["chat"], "reply_to_message": asked}
    foreign = await nam.presses(message, "1", **group)
    await api.until(lambda: bool(api.toasts[foreign]))
    assert api.toasts[foreign] == office.service.texts.telegram.foreign_button
    assert message.edits == 0
    await hoa.presses(message, "1", **group)
    await api.until(lambda: message.edits == 1)
    assert office.heard[-1].user == f"telegram:{GROUP}:{hoa.id}"


async def test_a_group_that_became_a_supergroup_gets_its_reply(
    office: Office, api: BotApi, hoa: Person
) -> None:
    await office.open()
    moved = RefusalError(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-100777)
    api.trouble("sendMessage", Trouble(moved))
    await hoa.says_in_group("/hoi chỉ tiêu")
    assert (await api.said()).chat == -100777

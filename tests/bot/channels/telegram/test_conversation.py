"""Questions, buttons, edits and everything else that a person does in private."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from dataclasses import replace

import pytest

from bot.message import Attachment, Choice, Message, Reply, Status
from tests.bot.channels.telegram.http import Upload
from tests.bot.channels.telegram.people import Person
from tests.bot.channels.telegram.server import ME, BotApi
from tests.bot.channels.telegram.world import QUOTED, Office, answer


async def test_a_question_is_answered_with_quote_source_and_buttons(
    office: Office, api: BotApi, hoa: Person
) -> None:
    said = await office.open()
    assert "@tro_ly_bot" in said
    await hoa.says("chỉ tiêu PCI")
    message = await api.said()
    assert message.chat == hoa.id
    assert message.styled("blockquote") == [QUOTED]
    assert message.styled("bold") == [QUOTED[:8]]
    assert "Nguồn: 11/KH-UBND" in message.text
    labels = [[button["text"] for button in row] for row in message.buttons]
    assert labels == [["1", "2"], ["Đúng", "Cả mục"]]
    assert office.heard[0].user == f"telegram:{hoa.id}"


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


async def test_nothing_is_kept_that_names_a_person(
    office: Office, api: BotApi, hoa: Person
) -> None:
    await office.open()
    await hoa.says("chỉ tiêu PCI")
    await api.said()
    api.blocked.add(hoa.id)
    await hoa.says("chỉ tiêu SIPAS")
    await api.until(lambda: bool(api.refused))
    await office.close()
    with closing(sqlite3.connect(office.home / "tro-ly.db")) as db:
        kept = "\n".join(db.iterdump())
    assert "telegram_blocked" in kept
    assert str(hoa.id) not in kept
    assert "SIPAS" not in kept
    await office.open()


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


async def test_commands_and_deep_links_reach_the_assistant_as_text(
    office: Office, api: BotApi, hoa: Person
) -> None:
    await office.open()
    for text in ("/start", "/start doc_11-KH", "/chitieu@tro_ly_bot hài lòng", "/chitieu"):
        await hoa.says(text)
    await api.said(4)
    heard = [message.text for message in office.heard]
    assert heard == ["/start", "/start doc_11-KH", "/chitieu hài lòng", "/chitieu"]


async def test_the_menu_has_the_commands(office: Office, api: BotApi) -> None:
    await office.open()
    menu = next(
        arguments["commands"] for method, arguments in api.calls if method == "setMyCommands"
    )
    assert {entry["command"]: entry["description"] for entry in menu} == dict(
        office.service.texts.commands.menu()
    )


async def test_a_corrected_question_is_answered_anew(
    office: Office, api: BotApi, hoa: Person
) -> None:
    await office.open()
    said = await hoa.says("chi tieu PIC")
    await api.said()
    await hoa.edits(said, "chỉ tiêu PCI")
    again = await api.said(2)
    assert office.heard[1].text == "chỉ tiêu PCI"
    assert again.arguments["reply_parameters"]["message_id"] == said["message_id"]
    await hoa.edits(said, "chỉ tiêu PCI!", after=3600)
    await hoa.says("còn SIPAS?")
    await api.said(3)
    assert [message.text for message in office.heard][2:] == ["còn SIPAS?"]


@pytest.mark.parametrize(
    "nasty", ["<b>", "_*[", "a & b &lt; <i", "\u202egnôr\u202c", "</blockquote>"]
)
async def test_markup_in_what_people_write_stays_text(
    office: Office, api: BotApi, nasty: str
) -> None:
    await office.open()
    person = Person(api, 601, nasty)
    await person.says(f"hỏi {nasty} nhé")
    message = await api.said()
    assert f"hỏi {nasty} nhé" in message.text
    assert message.styled("blockquote") == [QUOTED]


async def test_half_a_character_does_no_harm(office: Office, api: BotApi, hoa: Person) -> None:
    await office.open()
    await hoa.says("hỏi \ud83d nhé")
    assert "hỏi ? nhé" in (await api.said()).text


FILE = {"file_id": "f", "file_unique_id": "u"}
SENT = {
    "voice": ("voice", {**FILE, "duration": 3}),
    "picture": ("photo", [{**FILE, "width": 9, "height": 9}]),
    "video": ("video_note", {**FILE, "length": 9, "duration": 3}),
    "sticker": (
        "sticker",
        {
            **FILE,
            "type": "regular",
            "width": 9,
            "height": 9,
            "is_animated": False,
            "is_video": False,
        },
    ),
    "location": ("location", {"longitude": 106.6, "latitude": 10.8}),
    "contact": ("contact", {"phone_number": "0", "first_name": "A"}),
    "file": ("document", FILE),
    "other": ("dice", {"emoji": "🎲", "value": 3}),
}


@pytest.mark.parametrize("sent", SENT)
async def test_what_is_no_text_is_named_to_the_assistant(
    office: Office, api: BotApi, hoa: Person, sent: str
) -> None:
    await office.open()
    kind, content = SENT[sent]
    await hoa.sends(**{kind: content})
    await api.said()
    assert (office.heard[0].sent, office.heard[0].text) == (sent, "")


async def test_an_album_gets_one_reply_and_notices_of_the_chat_none(
    office: Office, api: BotApi, hoa: Person
) -> None:
    await office.open()
    for _ in range(5):
        await hoa.sends(photo=SENT["picture"][1], media_group_id="album")
    await hoa.sends(group_chat_created=True)
    await hoa.says("chỉ tiêu")
    await api.said(2)
    assert [message.sent for message in office.heard] == ["picture", None]


async def test_pictures_and_files_go_with_a_reply(office: Office, api: BotApi, hoa: Person) -> None:
    attachments = (
        Attachment("bieu-do.png", "image/png", b"\x89PNG", "Biểu đồ <PCI> & SIPAS"),
        Attachment("han.ics", "text/calendar", b"BEGIN:VCALENDAR", "x" * 2000),
    )
    office.replies = lambda m: Reply(Status.ANSWERED, "Đây ạ.", attachments=attachments)
    await office.open()
    await hoa.says("biểu đồ")
    await api.said(3)
    words, picture, file = api.sent
    assert words.text == "Đây ạ."
    assert picture.text == "Biểu đồ <PCI> & SIPAS"
    assert picture.file == Upload("bieu-do.png", "image/png", b"\x89PNG")
    assert file.file is not None
    assert (file.file.name, file.file.data) == ("han.ics", b"BEGIN:VCALENDAR")


async def test_bots_and_our_own_cards_are_not_answered(
    office: Office, api: BotApi, hoa: Person
) -> None:
    await office.open()
    machine = {"id": 9, "is_bot": True, "first_name": "Máy"}
    await api.push({"update_id": 1, "message": {**hoa.message(text="chào"), "from": machine}})
    await hoa.says("thẻ đã chọn", via_bot=ME)
    await hoa.says("câu hỏi")
    await api.said()
    assert [message.text for message in office.heard] == ["câu hỏi"]

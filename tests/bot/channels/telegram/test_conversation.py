"""Questions, buttons, edits and everything else that a person does in private."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from bot.message import Attachment, Reply, Status
from tests.bot.channels.telegram.chats import ME
from tests.bot.channels.telegram.http import Upload
from tests.bot.channels.telegram.people import Person
from tests.bot.channels.telegram.server import BotApi
from tests.bot.channels.telegram.world import QUOTED, Office


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

"""Inline mode: cards for what is typed behind @bot."""

from __future__ import annotations

import time

from bot.message import Choice, Message, Reply, Status
from tests.bot.channels.telegram.people import Person
from tests.bot.channels.telegram.server import BotApi
from tests.bot.channels.telegram.world import QUOTED, Office, quote


async def _cards(api: BotApi, query: str) -> list[dict[str, object]]:
    await api.until(lambda: query in api.cards)
    return api.cards[query]


async def test_quotes_and_rows_become_cards(office: Office, api: BotApi, hoa: Person) -> None:
    row = {"kind": "target", "indicator": "SIPAS <tỉnh>", "quote": "SIPAS đạt 90% & hơn."}
    same = {"kind": "target", "indicator": "PCI", "quote": QUOTED}
    office.replies = lambda m: Reply(
        Status.ANSWERED, "x", m.text, (quote(), quote("y" * 5000)), (row, same)
    )
    await office.open()
    cards = await _cards(api, await hoa.types_inline("chỉ tiêu PCI 2023"))
    assert [card["title"] for card in cards] == ["Kế hoạch", "Kế hoạch", "SIPAS <tỉnh>"]
    shown = [card["input_message_content"]["shown"] for card in cards]  # type: ignore[index]
    assert shown[0] == f"{QUOTED}\nNguồn: 11/KH-UBND, Kế hoạch · Đã hết hiệu lực"
    assert shown[1].startswith("yyy")
    assert shown[1].endswith("Đã hết hiệu lực")
    assert shown[2] == "SIPAS <tỉnh>\nSIPAS đạt 90% & hơn."
    assert cards[0]["description"] == QUOTED[:8]


async def test_the_same_is_no_card_of_its_own(office: Office, api: BotApi, hoa: Person) -> None:
    procedure = {"kind": "procedure", "name": "Kế hoạch", "code": "ke-hoach"}
    quotes = (quote("5 ngày làm việc"), quote("Kế hoạch"), quote("Kế hoạch\n5 ngày  làm việc"))
    office.replies = lambda m: Reply(Status.ANSWERED, "x", m.text, quotes, (procedure,))
    await office.open()
    cards = await _cards(api, await hoa.types_inline("thủ tục cấp lại bằng lái"))
    assert [card["description"] for card in cards] == ["5 ngày l"]


async def test_where_the_assistant_asks_back_its_choices_are_looked_up(
    office: Office, api: BotApi, hoa: Person
) -> None:
    def asks_back(message: Message) -> Reply:
        if message.text == "PCI":
            choices = (Choice("1", "Quảng Nam", "PCI Quảng Nam"), Choice("2", "Huế", "PCI Huế"))
            return Reply(Status.CLARIFY, "Nơi nào?", choices=choices)
        return Reply(Status.ANSWERED, "x", quotes=(quote(message.text),))

    office.replies = asks_back
    await office.open()
    cards = await _cards(api, await hoa.types_inline("PCI"))
    assert [card["description"] for card in cards] == ["PCI Quản"[:8], "PCI Huế"]


async def test_nothing_found_and_nothing_typed_offer_a_talk(
    office: Office, api: BotApi, hoa: Person
) -> None:
    office.replies = lambda m: Reply(Status.NO_ANSWER, "Chưa có.")
    await office.open()
    for words in ("", "lạ"):
        assert await _cards(api, await hoa.types_inline(words)) == []
    labels = [c["button"]["text"] for method, c in api.calls if method == "answerInlineQuery"]
    texts = office.service.texts.telegram
    assert labels == [texts.inline_hint, texts.inline_none]
    assert [message.text for message in office.heard] == ["lạ"]


async def test_of_what_is_typed_fast_the_last_counts(
    office: Office, api: BotApi, hoa: Person, nam: Person
) -> None:
    def slowly(message: Message) -> Reply:
        time.sleep(0.05)
        return Reply(Status.ANSWERED, "x", quotes=(quote(message.text),))

    office.replies = slowly
    await office.open()
    queries = [await hoa.types_inline("chỉ tiêu PCI"[:n]) for n in range(1, 13)]
    other = await nam.types_inline("SIPAS")
    assert await _cards(api, queries[-1])
    assert await _cards(api, other)
    assert len(office.heard) < 8


async def test_targets_are_looked_up_by_their_name(
    office: Office, api: BotApi, hoa: Person
) -> None:
    asked: list[str] = []

    def hears(message: Message) -> Reply:
        asked.append(message.text)
        return Reply(Status.ANSWERED, "x", quotes=(quote(),))

    office.replies = hears
    await office.open()
    await _cards(api, await hoa.types_inline("chi tieu PCI 2023"))
    assert asked == ["/chitieu PCI 2023"]

"""A knowledge keeper sends documents on Telegram: read, corrected, confirmed, answered from."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.application import Application
from bot.channels.telegram import TelegramChannel
from bot.roles import Role
from bot.service import Service
from config.settings import Settings
from tests.bot.channels.telegram.messages import Sent
from tests.bot.channels.telegram.people import Person
from tests.bot.channels.telegram.server import TOKEN, BotApi
from tests.bot.program import copied
from tests.made import TinyEncoder

QUESTION = "trại ong Mật Vàng thu bao nhiêu tấn mật mỗi năm"
PAGE = (
    "KẾ HOẠCH\nTrại ong Mật Vàng của hợp tác xã\nSố: 12/KH-UBND\n"
    "Trại ong Mật Vàng thu 7 tấn mật mỗi năm.\n"
)


def quick(settings: Settings, home: Path) -> TinyEncoder:
    return TinyEncoder()


@pytest.fixture(scope="module")
def quick_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("quick")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.common.open_encoder", quick)
        Application.open(folder).close()
    return folder


class Running:
    """The channel over a home, which can be killed and started again."""

    def __init__(self, home: Path, api: BotApi) -> None:
        self.home = home
        self.api = api

    async def open(self) -> None:
        (self.home / "config").mkdir(exist_ok=True)
        written = f'[telegram]\napi_url = "{self.api.url}"\n[limits]\nper_minute = 1000\n'
        (self.home / "config" / "channels.toml").write_text(written, encoding="utf-8")
        self.service = await Service.open(self.home)
        self.channel = TelegramChannel(self.service, TOKEN)
        await self.channel.start()

    async def close(self) -> None:
        await self.channel.stop()
        await self.service.close()

    async def kill(self) -> None:
        """End it without any farewell: nothing that was begun is finished."""
        await asyncio.wait_for(self.channel._polling.stop(), 5)
        await self.channel._intake.drain(0)
        await self.channel._bot.shutdown()
        await self.service.close()

    async def kill_between_messages(self) -> None:
        """End it when the last message is worked off and the next has not come."""
        while await self.service.pending("telegram"):
            await asyncio.sleep(0.01)
        await self.kill()

    async def hire(self, person: Person) -> None:
        code = await self.service.with_application(
            lambda: self.service.application.desk.roles.grant(Role.KEEPER)
        )
        await self.heard(person.says(f"/vaitro {code} Lê Thị An"))

    async def heard(self, doing: object) -> Sent:
        """Do something as a person and return the bot's next message."""
        before = len(self.api.sent)
        await doing  # type: ignore[misc]
        return await self.api.said(before + 1, 30)

    async def pressed(self, person: Person, message: Sent, label: str) -> str:
        """Press a button and return what the message says afterwards."""
        before, sent = message.edits, len(self.api.sent)
        await person.presses(message, label)
        await self.api.until(lambda: message.edits > before or len(self.api.sent) > sent, 30)
        return self.api.sent[-1].text if len(self.api.sent) > sent else message.text

    async def waiting(self, person: Person) -> int:
        user = f"telegram:{person.id}"
        keeping = self.service.application.keeping
        return await self.service.with_application(lambda: len(keeping.uploads.waiting(user)))


@pytest_asyncio.fixture
async def running(
    quick_home: Path, home: Path, api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Running]:
    monkeypatch.setattr("bot.common.open_encoder", quick)
    opened = Running(copied(quick_home, home), api)
    await opened.open()
    yield opened
    await opened.close()


async def test_a_document_is_sent_corrected_confirmed_answered_from_and_undone(
    running: Running, hoa: Person
) -> None:
    await running.hire(hoa)
    review = await running.heard(hoa.sends_file("trai-ong.txt", PAGE.encode()))
    assert "12/KH-UBND" in review.text
    assert "chưa rõ ngày ban hành" in review.text
    assert "không tìm thấy" not in (await running.heard(hoa.says("/nap"))).text
    fields = await running.pressed(hoa, review, "2. Sửa thông tin")
    assert "Ngày ban hành: chưa rõ" in fields
    asked = await running.heard(hoa.says("5"))
    assert "gõ giá trị mới cho mục Ngày ban hành" in asked.text
    wrong = await running.heard(hoa.says("hôm qua"))
    assert "phải là một ngày" in wrong.text
    corrected = await running.heard(hoa.says("28/11/2021"))
    assert "Ngày ban hành: 28/11/2021" in corrected.text
    before = await running.heard(hoa.says(QUESTION))
    assert "7 tấn" not in before.text
    await running.heard(hoa.says("/nap"))
    await running.heard(hoa.says("1"))
    stored = await running.heard(hoa.says("1"))
    assert "Đã đưa vào kho" in stored.text
    answer = await running.heard(hoa.says(QUESTION))
    assert "Trại ong Mật Vàng thu 7 tấn mật mỗi năm." in answer.text
    undone = await running.pressed(hoa, stored, "1. Hoàn tác")
    assert "Đã hoàn tác" in undone
    gone = await running.heard(hoa.says(QUESTION))
    assert "7 tấn" not in gone.text


async def test_only_a_keepers_file_is_ever_fetched(
    running: Running, api: BotApi, hoa: Person, nam: Person
) -> None:
    said = await running.heard(nam.sends_file("trai-ong.txt", PAGE.encode()))
    assert running.service.texts.guard.file in said.text
    assert api.downloads == []
    assert all(method != "getFile" for method, _ in api.calls)


async def test_what_telegram_says_of_a_place_leads_nowhere_else(
    running: Running, api: BotApi, hoa: Person
) -> None:
    await running.hire(hoa)
    document = {"file_id": "f", "file_unique_id": "f", "file_name": "a.txt"}
    api.files["f"] = PAGE.encode()
    for path in ("../../etc/passwd", "/etc/passwd", "//evil.example/a.pdf", "a?b=c"):
        api.paths["f"] = path
        said = await running.heard(hoa.sends(document=document))
        assert running.service.texts.keeping.unreachable in said.text
    assert api.downloads == []


async def test_a_file_beyond_telegrams_limit_is_not_asked_for(
    running: Running, api: BotApi, hoa: Person
) -> None:
    await running.hire(hoa)
    api.files["big"] = b""
    document = {"file_id": "big", "file_unique_id": "big", "file_size": 20_000_001}
    said = await running.heard(hoa.sends(document=document))
    assert "20 MB" in said.text
    assert api.downloads == []


async def test_all_files_of_an_album_are_taken(running: Running, hoa: Person) -> None:
    await running.hire(hoa)
    for number in (1, 2):
        await running.heard(
            hoa.sends_file(f"ke-hoach-{number}.txt", f"{PAGE}{number}".encode(), media_group_id="a")
        )
    assert await running.waiting(hoa) == 2


async def test_a_kill_between_any_two_steps_loses_nothing_that_was_acknowledged(
    running: Running, api: BotApi, hoa: Person
) -> None:
    await running.hire(hoa)
    review = await running.heard(hoa.sends_file("trai-ong.txt", PAGE.encode()))
    await running.kill_between_messages()
    await running.open()
    fields = await running.pressed(hoa, review, "2. Sửa thông tin")
    assert "Số hiệu: 12/KH-UBND" in fields
    await running.heard(hoa.says("1"))
    await running.kill_between_messages()
    await running.open()
    corrected = await running.heard(hoa.says("15/KH-UBND"))
    assert "Số hiệu: 15/KH-UBND" in corrected.text
    await running.kill_between_messages()
    await running.open()
    stored = await running.heard(hoa.says("1"))
    assert "Đã đưa vào kho" in stored.text
    await running.kill_between_messages()
    await running.open()
    entries = await running.service.with_application(running.service.application.entries)
    own = [entry for entry in entries if not entry.bundled]
    assert [entry.metadata.number for entry in own] == ["15/KH-UBND"]


async def test_a_delivery_repeated_after_a_kill_counts_once(
    running: Running, api: BotApi, hoa: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await running.hire(hoa)

    async def hang(*_: object) -> None:
        await asyncio.Event().wait()

    # The reply never leaves: the process is killed between keeping the file and answering.
    monkeypatch.setattr(running.channel._courier, "deliver", hang)
    await hoa.sends_file("trai-ong.txt", PAGE.encode())
    while await running.waiting(hoa) == 0:
        await asyncio.sleep(0.02)
    await running.kill()
    before = len(api.sent)
    await running.open()
    review = await api.said(before + 1, 30)
    assert "12/KH-UBND" in review.text
    assert await running.waiting(hoa) == 1

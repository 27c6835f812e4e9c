"""Notices: only to who wants them, once, stoppable, and again where they were cut off."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from bot.audit import Audit
from bot.channels.channel import ChannelError
from bot.message import Reply
from bot.notices import Notices, State
from bot.parcel import Parcel
from bot.people import StoredPeople
from bot.postman import Postman, through
from bot.roles import Role
from config.office import load_office
from config.texts import load_texts
from tests.bot.desk.conftest import MORNING, OpenOffice
from tests.bot.town import PSEUDONYMS

T = TypeVar("T")
TEXTS = load_texts()
CHIEF = "telegram:99"
TEXT = "Từ ngày 1/6 nộp hồ sơ tại nơi mới.\nĐiện thoại 0200 123 4567."


async def in_store(work: Callable[..., T], *args: Any) -> T:
    return work(*args)


class Messenger:
    """Stands in for the channels: notes what arrives, fails where it is told to."""

    def __init__(self) -> None:
        self.got: list[tuple[str, str]] = []
        self.blocked: set[str] = set()
        self.failing = False

    async def send(self, user: str, reply: Reply) -> bool:
        if self.failing:
            raise ChannelError("Không gửi được.")
        if user in self.blocked:
            return False
        self.got.append((user, reply.text))
        return True


def postman(office: OpenOffice, messenger: Messenger) -> Postman:
    boxes = (office.desk.letters, office.desk.notices)
    return Postman(boxes, in_store, messenger.send, 1000)


async def send_all(carrier: Postman) -> None:
    while await carrier.send_next():
        pass


def subscribe(office: OpenOffice, *users: str) -> None:
    for user in users:
        reply = office.presses(user, TEXTS.notices.take, office.says(user, "/thongbao"))
        assert reply.text == TEXTS.notices.taken


def announce(office: OpenOffice, place: str | None = None) -> Reply:
    """Write a notice in the chat up to the question whether it is to be sent."""
    menu = office.says(CHIEF, "/thongbao")
    assert office.presses(CHIEF, TEXTS.notices.compose, menu).text == TEXTS.notices.write
    preview = office.says(CHIEF, TEXT)
    assert TEXT in preview.text
    if place is None:
        return office.presses(CHIEF, TEXTS.notices.everyone, preview)
    office.presses(CHIEF, TEXTS.notices.one_place, preview)
    return office.says(CHIEF, place)


@pytest.fixture
def chief(office: OpenOffice) -> OpenOffice:
    office.hire(CHIEF, Role.ADMINISTRATOR, "Chánh Văn phòng")
    return office


async def test_who_wants_notices_gets_one_once(chief: OpenOffice) -> None:
    subscribe(chief, "telegram:1", "zalo:2")
    chief.says("telegram:3", "xin chào")
    sure = announce(chief)
    assert "2" in sure.text
    sent = chief.presses(CHIEF, TEXTS.notices.send, sure)
    assert sent.text == TEXTS.notices.sending.format(count=2)
    messenger = Messenger()
    await send_all(postman(chief, messenger))
    await send_all(postman(chief, messenger))
    assert sorted(user for user, _ in messenger.got) == ["telegram:1", "zalo:2"]
    assert all(TEXT in text and "/tatthongbao" in text for _, text in messenger.got)
    (notice,) = chief.desk.notices.recent()
    assert (notice.state, notice.sent, notice.count) == (State.DONE, 2, 2)


async def test_a_notice_for_a_place_goes_to_its_people(chief: OpenOffice) -> None:
    subscribe(chief, "telegram:1", "telegram:2")
    chief.says("telegram:1", "/diaphuong Vĩnh Long")
    assert announce(chief, "ở đâu đó").text == TEXTS.notices.no_place
    sure = chief.says(CHIEF, "Vĩnh Long")
    chief.presses(CHIEF, TEXTS.notices.send, sure)
    messenger = Messenger()
    await send_all(postman(chief, messenger))
    assert [user for user, _ in messenger.got] == ["telegram:1"]


async def test_who_stops_taking_notices_gets_none_and_leaves_no_address(chief: OpenOffice) -> None:
    subscribe(chief, "telegram:987654321", "telegram:2")
    chief.presses(CHIEF, TEXTS.notices.send, announce(chief))
    assert chief.says("telegram:987654321", "/tatthongbao").text == TEXTS.notices.stopped_taking
    assert chief.says("telegram:987654321", "/tatthongbao").text == TEXTS.notices.not_taken
    assert "987654321" not in "\n".join(chief.db.conn.iterdump())
    messenger = Messenger()
    await send_all(postman(chief, messenger))
    assert [user for user, _ in messenger.got] == ["telegram:2"]


async def test_a_notice_can_be_stopped(chief: OpenOffice) -> None:
    subscribe(chief, *(f"telegram:{n}" for n in range(5)))
    chief.presses(CHIEF, TEXTS.notices.send, announce(chief))
    messenger = Messenger()
    carrier = postman(chief, messenger)
    assert await carrier.send_next()
    assert await carrier.send_next()
    listed = chief.says(CHIEF, "/thongbao xem")
    stopped = chief.presses(CHIEF, "Dừng", listed)
    assert stopped.text == TEXTS.notices.stopped.format(sent=2, count=5)
    await send_all(carrier)
    assert len(messenger.got) == 2
    assert chief.says(CHIEF, "/thongbao dung 1").text == TEXTS.notices.gone


async def test_a_notice_can_be_dropped_before_it_is_sent(chief: OpenOffice) -> None:
    subscribe(chief, "telegram:1")
    sure = announce(chief)
    assert chief.presses(CHIEF, TEXTS.notices.drop, sure).text == TEXTS.notices.dropped
    assert chief.says(CHIEF, "/thongbao gui").text == TEXTS.notices.gone
    assert chief.desk.notices.recent() == []


async def test_nobody_is_written_to_at_night(chief: OpenOffice) -> None:
    subscribe(chief, "telegram:1")
    chief.presses(CHIEF, TEXTS.notices.send, announce(chief))
    messenger = Messenger()
    chief.wait(hours=13)  # 22:00
    await send_all(postman(chief, messenger))
    assert messenger.got == []
    chief.wait(hours=10)
    await send_all(postman(chief, messenger))
    assert len(messenger.got) == 1


async def test_what_failed_is_tried_again_and_who_is_gone_is_forgotten(chief: OpenOffice) -> None:
    subscribe(chief, "telegram:1", "telegram:987654321")
    chief.presses(CHIEF, TEXTS.notices.send, announce(chief))
    messenger = Messenger()
    messenger.failing = True
    await send_all(postman(chief, messenger))
    assert messenger.got == []
    messenger.failing = False
    messenger.blocked = {"telegram:987654321"}
    chief.wait(minutes=6)
    await send_all(postman(chief, messenger))
    assert [user for user, _ in messenger.got] == ["telegram:1"]
    assert "987654321" not in "\n".join(chief.db.conn.iterdump())


def opened(db: Database) -> Notices:
    StoredPeople(db, PSEUDONYMS)
    return Notices(
        db, PSEUDONYMS, load_office().sending, Audit(db, lambda: MORNING), lambda: MORNING
    )


@given(st.lists(st.booleans(), min_size=1, max_size=40), st.integers(1, 12))
def test_a_kill_at_any_instant_sends_nothing_twice(kills: list[bool], readers: int) -> None:
    """A kill between taking a copy and noting that it arrived loses that copy at most."""
    db = Database(memory=True)
    for number in range(readers):
        opened(db).subscribe(f"telegram:{number}")
    opened(db).send(TEXT)
    got: Counter[str] = Counter()
    killed = 0
    for kill in [*kills, *[False] * readers]:
        box = opened(db)  # as after a restart
        parcel = box.take()
        if parcel is None:
            break
        got[parcel.user] += 1
        if kill:
            killed += 1
        else:
            box.sent(parcel)
    assert set(got.values()) == {1}
    assert len(got) == readers
    (notice,) = opened(db).recent()
    assert notice.sent == readers - killed


async def test_two_processes_share_the_work(tmp_path: Any) -> None:
    dbs = [Database(tmp_path / "a.db") for _ in range(2)]
    boxes = [opened(db) for db in dbs]
    for number in range(20):
        boxes[0].subscribe(f"telegram:{number}")
    boxes[0].send(TEXT)
    taken: list[Parcel] = []
    for turn in range(20):
        parcel = boxes[turn % 2].take()
        assert parcel is not None
        taken.append(parcel)
    assert len({parcel.user for parcel in taken}) == 20
    assert boxes[0].take() is None
    for db in dbs:
        db.close()


async def test_the_postman_keeps_to_the_rate_and_survives_trouble(chief: OpenOffice) -> None:
    subscribe(chief, *(f"telegram:{n}" for n in range(4)))
    chief.presses(CHIEF, TEXTS.notices.send, announce(chief))
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 8:
            raise asyncio.CancelledError

    calls = Counter[str]()

    def locked(work: Callable[..., T], *args: Any) -> Awaitable[T]:
        calls["all"] += 1
        if calls["all"] == 4:
            raise OSError("database is locked")
        return in_store(work, *args)

    messenger = Messenger()
    carrier = Postman([chief.desk.notices], locked, messenger.send, 10, sleep)
    with pytest.raises(asyncio.CancelledError):
        await carrier.run()
    assert len({user for user, _ in messenger.got}) == len(messenger.got) == 4
    assert pauses[0] == pytest.approx(0.1)
    assert max(pauses) > 1  # nothing to do: wait longer


class OneChannel:
    """A channel of the server that takes everything."""

    name = "telegram"
    routes: tuple[Any, ...] = ()

    def __init__(self) -> None:
        self.got: list[str] = []

    async def start(self) -> str:
        return "Telegram"

    async def send(self, user: str, reply: Reply) -> bool:
        self.got.append(user)
        return True

    async def stop(self) -> None:
        """Nothing is open."""


async def test_each_message_goes_through_its_channel_and_waits_for_one_that_does_not_run(
    chief: OpenOffice,
) -> None:
    subscribe(chief, "telegram:1", "zalo:2")
    chief.presses(CHIEF, TEXTS.notices.send, announce(chief))
    channel = OneChannel()
    carrier = Postman([chief.desk.notices], in_store, through([channel]), 1000)
    running = asyncio.create_task(carrier.run())
    while chief.desk.notices.recent()[0].sent < 1:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)
    carrier.stop()
    await asyncio.wait_for(running, 5)
    assert channel.got == ["telegram:1"]
    (notice,) = chief.desk.notices.recent()
    assert (notice.state, notice.sent, notice.count) == (State.WAITING, 1, 2)
    assert chief.desk.notices.taken_by("zalo:2")

"""The switch: nothing from documents gets out while it is on, what concerns people goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.message import Attachment, Quote, Reply, Status
from bot.pausing import Switch

USUAL = "Đang tạm ngừng."
QUOTE = Quote("Đoạn trích", "d", "Tên", None, None, "tệp", "in_force", "", 0.9)


@pytest.fixture
def switch(home: Path) -> Switch:
    return Switch(home, USUAL)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(Status.ANSWERED, "“Đoạn trích”", quotes=(QUOTE,)),
        Reply(Status.CLARIFY, "Có hai câu trả lời", quotes=(QUOTE,)),
        Reply(Status.NO_ANSWER, "Tôi chưa có thông tin"),
        Reply(Status.SMALLTALK, "Chỉ tiêu", facts=({"kind": "target"},)),
        Reply(Status.SMALLTALK, "Hình", attachments=(Attachment("a.png", "image/png", b"", ""),)),
    ],
)
def test_nothing_from_documents_gets_out(switch: Switch, reply: Reply) -> None:
    assert switch.applied(reply) is reply
    switch.pause("Bảo trì đến 14 giờ.")
    said = switch.applied(reply)
    assert (said.status, said.text) == (Status.REFUSED, "Bảo trì đến 14 giờ.")
    assert said == Reply(Status.REFUSED, "Bảo trì đến 14 giờ.")
    assert switch.resume()
    assert switch.applied(reply) is reply


def test_what_concerns_a_person_goes_on(switch: Switch) -> None:
    switch.pause()
    erased = Reply(Status.SMALLTALK, "Đã xóa mọi thứ tôi giữ về bạn.")
    assert switch.applied(erased) is erased


def test_another_process_sees_the_switch_at_once(switch: Switch, home: Path) -> None:
    other = Switch(home, USUAL)
    other.pause()
    assert switch.notice() == USUAL
    other.pause("Lời khác")
    assert switch.notice() == "Lời khác"
    assert switch.resume()
    assert other.notice() is None
    assert not other.resume()
    assert not list(home.iterdir())

"""A reply's text falls into parts without a word lost."""

from __future__ import annotations

import pytest

from bot.layout import Kind, parts
from tests.bot.town import Talk


@pytest.mark.parametrize(
    "said",
    [
        "Quang Nam phan dau bao nhieu ho so y te nop qua mang",
        "đặt mục tiêu PCI nhóm mấy",
        "cấp phép nuôi cá sấu mất bao lâu",
        "/start",
        "xin chào",
    ],
)
def test_every_word_stands_in_one_part(talk: Talk, said: str) -> None:
    reply = talk.say(said)
    drawn = parts(reply)
    whole = " ".join(f"“{p.text}”" if p.kind is Kind.QUOTE else p.text for p in drawn)
    assert whole.split() == reply.text.split()


def test_the_parts_are_what_they_are_called(talk: Talk) -> None:
    reply = talk.say("Quang Nam phan dau bao nhieu ho so y te nop qua mang")
    kinds = {part.kind: part for part in parts(reply)}
    assert reply.understood in kinds[Kind.UNDERSTOOD].text
    assert kinds[Kind.QUOTE].quote is reply.quotes[0]
    assert kinds[Kind.SOURCE].text.startswith("Nguồn: ")


def test_choices_are_told_from_numbers_in_words(talk: Talk) -> None:
    reply = talk.say("đặt mục tiêu PCI nhóm mấy")
    (drawn,) = (part for part in parts(reply) if part.kind is Kind.CHOICES)
    assert len(drawn.text.splitlines()) == len(reply.choices)

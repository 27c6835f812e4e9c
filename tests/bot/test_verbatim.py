"""The first promise: every quote is a slice of a stored text, every figure shown stands in it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.message import Reply, Status
from tests.bot.town import PAGES, PROCEDURES, Talk, Town
from tests.made import vietnamese

FIGURE = re.compile(r"\d+(?:[.,]\d+)*\s*%|\d[\d.,]*\s*(?:đồng|VNĐ|Việt Nam Đồng)")
WORDS = sorted(set(re.findall(r"[^\W\d_]+|\d+", " ".join([*PAGES.values(), PROCEDURES]))))
ASKS = (
    "bao nhiêu",
    "khi nào",
    "ai chủ trì",
    "mất bao lâu",
    "cần giấy tờ gì",
    "",
    "còn hiệu lực không",
)

phrases = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
questions = st.tuples(phrases, st.sampled_from(ASKS)).map(" ".join) | vietnamese


def check(town: Town, reply: Reply) -> None:
    for quote in reply.quotes:
        stored = town.store.get(quote.document)
        assert quote.text
        assert quote.text in stored.text
        assert quote.title == stored.title
        for start, end in quote.answering:
            assert 0 <= start < end <= len(quote.text)
    if reply.status is Status.ANSWERED:
        first = reply.quotes[0]
        assert f"“{first.text}”" in reply.text
        allowed = f"{first.text} {first.title} {reply.understood}" + "".join(
            choice.label for choice in reply.choices
        )
        for figure in FIGURE.findall(reply.text):
            assert figure in allowed
    for fact in reply.facts:
        if fact["kind"] == "procedure":
            assert town.store.get(fact["code"]).metadata.code == fact["code"]
            continue
        assert fact["quote"] in town.store.get(fact["document"]).text
        # A row that an answer states is one that its first quote holds.
        first, clause = reply.quotes[0].text, str(fact["quote"])
        assert clause in first or first in clause


@given(questions)
def test_nothing_is_made_up(town: Town, question: str) -> None:
    check(town, Talk(town).say(question))


@settings(max_examples=25)
@given(
    st.lists(
        questions | st.sampled_from(["1", "2", "còn Vĩnh Long?", "còn hiệu lực không"]), max_size=4
    )
)
def test_nothing_is_made_up_in_a_conversation(town: Town, script: list[str]) -> None:
    talk = Talk(town)
    for line in script:
        check(town, talk.say(line))


@pytest.mark.parametrize(
    "line", sorted({s for t in PAGES.values() for s in t.split("\n") if "%" in s})
)
def test_every_sentence_with_a_figure_can_be_quoted(town: Town, line: str) -> None:
    reply = Talk(town).say(line)
    assert line in reply.quotes[0].text

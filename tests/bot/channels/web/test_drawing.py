"""Replies as JSON: nothing of a quote is lost or changed."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.web.drawing import drawn, pieces
from bot.message import Quote, Reply, Status
from config.texts import load_texts

SPANS = st.lists(
    st.tuples(st.integers(0, 80), st.integers(0, 80)).map(lambda ends: (min(ends), max(ends))),
    max_size=4,
)


def quote(text: str, spans: list[tuple[int, int]]) -> Quote:
    inside = tuple((min(a, len(text)), min(b, len(text))) for a, b in spans)
    return Quote(text, "d", "t", None, None, "s", "unknown", "", 0.5, inside)


@given(st.text(max_size=80), SPANS)
def test_the_pieces_are_the_quote_and_mark_what_answers(
    text: str, spans: list[tuple[int, int]]
) -> None:
    said = quote(text, spans)
    found = pieces(said)
    assert "".join(piece["text"] for piece in found) == text
    marked = [piece["answering"] for piece in found for _ in piece["text"]]
    assert marked == [any(a <= at < b for a, b in said.answering) for at in range(len(text))]


def test_every_word_of_the_reply_stands_in_its_parts() -> None:
    said = quote("Một câu.\n\nHai câu.", [(0, 8)])
    text = f"Đầu.\n\n“{said.text}”\n\nNguồn: t · Chưa rõ hiệu lực\nGhi chú.\n\nCuối."
    reply = Reply(Status.ANSWERED, text, quotes=(said,))
    read = json.loads(json.dumps(drawn(reply, 1.0, load_texts().validity)))
    words = " ".join(part["text"] for part in read["parts"]).split()
    assert words == text.replace("“", "").replace("”", "").split()
    assert read["parts"][2]["label"] == "Chưa rõ hiệu lực"

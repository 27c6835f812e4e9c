"""What a reply looks like: valid for Telegram, complete, within its limits, whatever it says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.drawing import LIMIT, LONG, pages
from bot.channels.telegram.keyboards import keyboard, pressed
from bot.channels.telegram.styled import Styled, shortened
from bot.message import Action, Choice, Reply, Status
from tests.bot.channels.telegram.markup import parse_html, units
from tests.bot.channels.telegram.world import quote

signs = st.text(alphabet="ắế <>&\"'_*[]`\n.;😀\u202e\u200fab1", max_size=60)
long_text = st.lists(signs, max_size=120).map(lambda some: "ô".join(some) * 3)


def _squeezed(text: str) -> str:
    return "".join(text.split())


@given(long_text, long_text, long_text)
def test_every_word_stands_in_messages_that_telegram_takes(
    before: str, quoted: str, after: str
) -> None:
    quoted = f"x{quoted.strip()}"
    reply = Reply(
        Status.ANSWERED, f"{before}\n\n“{quoted}”\n\nNguồn\n\n{after}", quotes=(quote(quoted),)
    )
    shown = [parse_html(page) for page in pages(reply)]
    assert all(0 < units(text) <= LIMIT and text.strip() for text, _ in shown)
    together = _squeezed("".join(text for text, _ in shown))
    if f"“{quoted}”" not in before:
        assert together == _squeezed(f"{before}{quoted}Nguồn{after}")


@given(long_text, st.lists(st.tuples(st.integers(0, 99), st.integers(1, 50)), max_size=5))
def test_bold_spans_survive_a_cut(text: str, spans: list[tuple[int, int]]) -> None:
    text = "a" * 200 + text
    bold = tuple((100 * n + a, 100 * n + min(a + b, 100)) for n, (a, b) in enumerate(spans))
    whole = Styled(text, "blockquote", tuple((a, b) for a, b in bold if b <= len(text)))
    first, rest = whole.cut(150)
    assert first.length <= 150
    assert _squeezed(first.text + rest.text) == _squeezed(text)
    kept = "".join(part.text[a:b] for part in (first, rest) for a, b in part.bold)
    assert _squeezed(kept) == _squeezed("".join(text[a:b] for a, b in whole.bold))


def test_a_cut_prefers_the_end_of_a_paragraph() -> None:
    text = "Một câu. Hai câu.\n\nĐoạn sau " + "dài " * 40
    assert Styled(text).cut(30)[0].text == "Một câu. Hai câu."


def test_short_quotes_are_open_and_long_ones_folded() -> None:
    for text, kind in (("ngắn", "blockquote"), ("d " * LONG, "expandable_blockquote")):
        reply = Reply(Status.ANSWERED, f"“{text}”\n\nNguồn", quotes=(quote(text),))
        _, entities = parse_html(pages(reply)[0])
        assert kind in {entity["type"] for entity in entities}


def test_a_reply_without_words_is_no_message() -> None:
    assert pages(Reply(Status.ANSWERED, "\n \n")) == []


def test_short_choices_stand_on_their_buttons_and_long_ones_as_numbers() -> None:
    short = (Choice("1", "Quảng Nam", "x"), Choice("2", "Huế", "y"))
    markup = keyboard(Reply(Status.CLARIFY, "Nơi nào?", choices=short, turn="t"))
    assert markup is not None
    assert [[b.text for b in row] for row in markup.inline_keyboard] == [["1. Quảng Nam", "2. Huế"]]
    long = tuple(Choice(str(n), f"Kế hoạch số {n} của tỉnh Quảng Nam", "x") for n in range(1, 8))
    markup = keyboard(Reply(Status.CLARIFY, "Cái nào?", choices=long, turn="t"))
    assert markup is not None
    assert [len(row) for row in markup.inline_keyboard] == [5, 2]


def test_a_long_label_does_not_spread_the_short_ones() -> None:
    labels = ("👍 Đúng", "👎 Chưa đúng", "Câu liên quan", "Hỏi tôi khi làm xong", "Đoạn khác")
    acts = tuple(Action(str(n), label) for n, label in enumerate(labels))
    markup = keyboard(Reply(Status.ANSWERED, "x", actions=acts, turn="t"))
    assert markup is not None
    assert [len(row) for row in markup.inline_keyboard] == [2, 1, 1, 1]


def test_choices_are_said_once() -> None:
    lines = "Nơi nào?\n1. Quảng Nam\n2. Huế\n\nGõ số để chọn."
    short = (Choice("1", "Quảng Nam", "x"), Choice("2", "Huế", "y"))
    (page,) = pages(Reply(Status.CLARIFY, lines, choices=short, turn="t"))
    assert page == "Nơi nào?\n\nGõ số để chọn."
    long = (*short, Choice("3", "Kế hoạch của tỉnh Quảng Nam", "z"))
    lines = "Cái nào?\n1. Quảng Nam\n2. Huế\n3. Kế hoạch của tỉnh Quảng Nam"
    assert pages(Reply(Status.CLARIFY, lines, choices=long, turn="t")) == [lines]


def test_a_reply_without_choices_has_no_buttons() -> None:
    assert keyboard(Reply(Status.ANSWERED, "x")) is None


@given(st.text(alphabet="abc0123456789", max_size=40), st.text(alphabet="ắabệ ", min_size=1))
def test_buttons_carry_turn_and_word_within_64_bytes(turn: str, word: str) -> None:
    reply = Reply(Status.ANSWERED, "x", actions=(Action(word, "Nhãn"),), turn=turn or None)
    markup = keyboard(reply)
    if markup is None:
        assert len(f"{turn}:{word}".encode()) > 64
    else:
        data = markup.inline_keyboard[0][0].callback_data
        assert isinstance(data, str)
        assert len(data.encode()) <= 64
        assert pressed(data) == (turn or None, word)


@given(long_text, st.integers(10, 200))
def test_shortened_texts_fit_and_stand_on_one_line(text: str, most: int) -> None:
    line = shortened(text, most)
    assert units(line) <= most
    assert "\n" not in line

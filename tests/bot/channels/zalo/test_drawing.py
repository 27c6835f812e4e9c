"""A reply as texts of limited length and as buttons."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.zalo.drawing import BUTTONS, LIMIT, TITLE, buttons_of, length, pages, texts_of
from bot.message import Action, Choice, Reply, Status


def _squeezed(text: str) -> str:
    return "".join(text.split())


@given(
    st.lists(st.text(st.sampled_from("aữ. \n\t😀:;")), max_size=12).map("\n\n".join),
    st.integers(2, 40),
)
def test_pages_hold_everything_and_none_is_too_long(text: str, limit: int) -> None:
    found = pages(text, limit)
    assert _squeezed("".join(found)) == _squeezed(text)
    assert all(page.strip() == page and 0 < length(page) <= limit for page in found)


def test_a_text_that_fits_stays_as_it_is() -> None:
    text = "Một.\n\n1. Hai\n2. Ba"
    assert pages(text) == [text]


def test_pages_end_where_paragraphs_end() -> None:
    paragraphs = [f"{n} " + "chữ " * 150 + "hết." for n in range(9)]
    found = pages("\n\n".join(paragraphs))
    assert 1 < len(found) < len(paragraphs)
    assert [part for page in found for part in page.split("\n\n")] == paragraphs


def test_a_long_paragraph_is_split_between_sentences() -> None:
    found = pages("Câu này có sáu chữ rồi. " * 200)
    assert len(found) == 3
    assert all(page.endswith(".") for page in found)


def test_choices_stay_as_lines_and_what_goes_below_comes_last() -> None:
    reply = Reply(Status.CLARIFY, "Chọn:\n1. Một\n2. Hai", choices=(Choice("1", "Một", "?"),))
    assert texts_of(reply, "", "Gõ thêm: sai") == ["Chọn:\n1. Một\n2. Hai\n\nGõ thêm: sai"]


def test_letters_outside_the_basic_plane_count_twice() -> None:
    assert all(len(page.encode("utf-16-le")) <= 2 * LIMIT for page in pages("😀" * 3000))


def test_few_choices_and_actions_become_buttons_that_send_what_would_be_typed() -> None:
    choices = tuple(Choice(str(n), f"Tên {n}", "?") for n in (1, 2, 3))
    reply = Reply(Status.ANSWERED, "x", choices=choices, actions=(Action("sai", "Không đúng"),))
    assert [(one.title, one.payload) for one in buttons_of(reply)] == [
        ("1. Tên 1", "1"),
        ("2. Tên 2", "2"),
        ("3. Tên 3", "3"),
        ("Không đúng", "sai"),
    ]


LABELS = st.text(min_size=1, max_size=5).map(lambda label: label * 40)


@given(st.lists(LABELS, max_size=7), st.lists(st.text("aă", max_size=24)))
def test_buttons_keep_the_limits_and_never_show_some_of_the_choices(
    labels: list[str], words: list[str]
) -> None:
    choices = tuple(Choice(str(n), label, "?") for n, label in enumerate(labels, 1))
    reply = Reply(Status.ANSWERED, "x", choices=choices, actions=tuple(Action(w, w) for w in words))
    buttons = buttons_of(reply)
    assert len(buttons) <= BUTTONS
    assert all(length(one.title) <= TITLE for one in buttons)
    sent = [one.payload for one in buttons]
    assert sent[: len(choices)] == [c.id for c in choices] or not set(sent) & {
        c.id for c in choices
    }

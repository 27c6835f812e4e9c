"""The buttons under a message, and what a pressed one says."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.message import Reply

DATA = 64  # bytes of what a button carries
SHORT = 22  # characters of a choice that can stand on its button whole
ABREAST = 14  # characters of labels of which two stand side by side on a small phone
NUMBERS = 5  # buttons with nothing but a number in one row

Row = tuple[InlineKeyboardButton, ...]


def keyboard(reply: Reply) -> InlineKeyboardMarkup | None:
    """Return the buttons of a reply: its choices, below them its actions.

    What does not fit into a button's data gets none: it can always be typed.
    """
    choices = [(choice.id, choice.label) for choice in reply.choices]
    if stand_whole(reply):
        rows = _labelled(reply, [(word, f"{word}. {label}") for word, label in choices])
    else:
        numbers = _buttons(reply, [(word, word) for word, _ in choices])
        rows = [tuple(numbers[i : i + NUMBERS]) for i in range(0, len(numbers), NUMBERS)]
    rows += _labelled(reply, [(action.word, action.label) for action in reply.actions])
    return InlineKeyboardMarkup(rows) if rows else None


def stand_whole(reply: Reply) -> bool:
    """Say whether the buttons of a reply hold its choices whole, so that no line has to."""
    return all(len(choice.label) <= SHORT for choice in reply.choices)


def pressed(data: str) -> tuple[str | None, str] | None:
    """Return turn and word that a button carries; None for data that is not ours."""
    turn, mark, word = data.partition(":")
    return (turn or None, word) if mark and word else None


def _labelled(reply: Reply, labels: Sequence[tuple[str, str]]) -> list[Row]:
    """Return rows of buttons: two that are short side by side, a long one by itself."""
    rows: list[Row] = []
    for button in _buttons(reply, labels):
        beside = rows[-1] if rows else ()
        if len(beside) == 1 and max(len(beside[0].text), len(button.text)) <= ABREAST:
            rows[-1] = (*beside, button)
        else:
            rows.append((button,))
    return rows


def _buttons(reply: Reply, labels: Sequence[tuple[str, str]]) -> list[InlineKeyboardButton]:
    carried = [(label, f"{reply.turn or ''}:{word}") for word, label in labels]
    return [
        InlineKeyboardButton(label, callback_data=data)
        for label, data in carried
        if len(data.encode()) <= DATA
    ]

"""Ratings in the conversation: answers to a survey under way, `/danhgia`, codes in `/start`."""

from __future__ import annotations

from bot.context import Context
from bot.message import Reply
from bot.ratings.dialogue import RatingDialogue

COMMAND = "danhgia"


class Rating:
    """Takes what belongs to a survey under way.

    It stands before the guard, which knows neither an emoji nor a comment of two pages as
    something to answer; what it does not take it leaves unchanged.

    Args:
        dialogue: the ratings of the home.
    """

    def __init__(self, dialogue: RatingDialogue) -> None:
        self._dialogue = dialogue

    def __call__(self, context: Context) -> Reply | None:
        return self._dialogue.reply(context.message)


class StartRating:
    """Begins a rating by `/danhgia`, with a code, a service or nothing behind it.

    Args:
        dialogue: the ratings of the home.
    """

    def __init__(self, dialogue: RatingDialogue) -> None:
        self._dialogue = dialogue

    def __call__(self, context: Context) -> Reply | None:
        if context.command != COMMAND:
            return None
        return self._dialogue.starting.by_oneself(context.message.user, context.text.strip())

    def by_code(self, context: Context, code: str) -> Reply:
        """Begin by the payload of `/start`, "r_…"."""
        return self._dialogue.starting.by_code(context.message.user, code)

"""Ratings in the conversation: answers to a survey under way, `/danhgia`, codes in `/start`."""

from __future__ import annotations

from bot.context import Context
from bot.message import Reply
from bot.ratings.code import PREFIX


def rating(context: Context) -> Reply | None:
    """Take what belongs to a survey under way.

    It stands before the guard, which knows neither an emoji nor a comment of two pages as
    something to answer; what it does not take it leaves as it is.
    """
    ratings = context.tools.ratings
    return None if ratings is None else ratings.reply(context.message)


def start_rating(context: Context) -> Reply | None:
    """Begin a rating by `/danhgia`, with a code, a service or nothing behind it."""
    ratings = context.tools.ratings
    if ratings is None:
        return None
    message = context.message
    return ratings.starting.by_oneself(message.user, context.text.strip(), message.device)


def start_by_code(context: Context, parameter: str) -> Reply | None:
    """Begin a rating by the parameter of `/start`; None where it is none of a rating."""
    ratings = context.tools.ratings
    if ratings is None or not parameter.startswith(PREFIX):
        return None
    message = context.message
    return ratings.starting.by_code(message.user, parameter, message.device)

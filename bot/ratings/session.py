"""One person's way through one survey, for as long as it may be answered or changed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.ratings.subjects import Subject
from bot.ratings.survey import Progress


class Way(StrEnum):
    """How a rating came to be."""

    CODE = "code"
    EVENT = "event"
    SELF = "self"
    LATER = "later"


class State(StrEnum):
    """What the person's next words are to the survey.

    ASKED: an answer to the question; ASIDE: something else, as other things were talked of since;
    CHANGING: a new answer to the first question; WRITING: the comment; DONE: nothing, everything
    was asked.
    """

    ASKED = "asked"
    ASIDE = "aside"
    CHANGING = "changing"
    WRITING = "writing"
    DONE = "done"


@dataclass(frozen=True)
class Visit:
    """What is to be rated, once.

    Attributes:
        subject: the service at the office.
        way: how it came to be rated.
        once: keyed hash of what may be rated once: the case, or person, counter and day.
        bound: whether that is a case.
    """

    subject: Subject
    way: Way
    once: bytes
    bound: bool


@dataclass(frozen=True)
class Session:
    """A survey under way.

    Attributes:
        id: a short random word.
        person: keyed hash of the person.
        visit: what is rated.
        number: the subject's number.
        channel: where, "telegram".
        progress: the survey with the answers so far.
        rating, comment: ids of what was stored, None before.
        state: what the person's next words are.
        unclear: how often in a row the answer was not understood.
        touched: when it was last dealt with, as stored.
        until: when it is over, as stored.
    """

    id: str
    person: bytes
    visit: Visit
    number: int
    channel: str
    progress: Progress
    rating: int | None
    comment: int | None
    state: State
    unclear: int
    touched: str
    until: str

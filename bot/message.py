"""What comes in and what goes out, the same for every channel."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.keeping.reading import ReadFile


class Status(StrEnum):
    """How a message was dealt with."""

    ANSWERED = "answered"
    CLARIFY = "clarify"
    NO_ANSWER = "no_answer"
    REFUSED = "refused"
    SMALLTALK = "smalltalk"


# What people send that holds no question.
SENT = ("voice", "picture", "video", "sticker", "location", "contact", "file", "other")


@dataclass(frozen=True)
class Message:
    """What a person sent.

    Attributes:
        user: names the person and the channel, "terminal:1000"; holds the conversation together.
        text: what was typed, or the number of a choice.
        on: the day the answer is to hold for.
        place: province the person asks for unless the question names one or the person has said
            where they live.
        turn: the turn whose button was pressed, as in `Reply.turn`; None for what was typed, which
            belongs to the last one.
        sent: what came instead of words, one of SENT; None for words. `text` is its caption.
        file: what was read of a file that a knowledge keeper sent; nobody else's is read.
        device: digest of what the channel knows of the device, where a person is not bound to one
            by the channel itself; None where it knows nothing. It is for limits alone.
    """

    user: str
    text: str
    on: date
    place: str | None = None
    turn: str | None = None
    sent: str | None = None
    file: ReadFile | None = None
    device: str | None = None


@dataclass(frozen=True)
class Quote:
    """A passage word for word, with where it stands.

    Attributes:
        text: a slice of the stored document.
        document: id of the document in the store.
        title, number, heading, source: as stored; number and heading may be unknown.
        validity: in_force, ended, replaced or unknown on the day asked about.
        note: one sentence on validity and place for people; may be empty.
        score: confidence between 0 and 1.
        answering: spans of `text` that answer, for bold type.
        summary: whether the document is a summary that the project wrote.
    """

    text: str
    document: str
    title: str
    number: str | None
    heading: str | None
    source: str
    validity: str
    note: str
    score: float
    answering: tuple[tuple[int, int], ...] = ()
    summary: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the quote in the shape that other programs read."""
        return {
            "text": self.text,
            "document": self.document,
            "title": self.title,
            "number": self.number,
            "heading": self.heading,
            "source": self.source,
            "validity": self.validity,
            "note": self.note,
            "score": round(self.score, 4),
            "summary": self.summary,
        }


@dataclass(frozen=True)
class Choice:
    """One numbered choice.

    Attributes:
        id: the number to type.
        label: what the person reads.
        question: what is asked when it is taken.
        code: code of the procedure that it stands for, if it does.
        document: id of the document that it leads to, if it stands for one.
    """

    id: str
    label: str
    question: str
    code: str | None = None
    document: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the choice in the shape that other programs read."""
        shown = {"id": self.id, "label": self.label, "code": self.code, "document": self.document}
        return {name: value for name, value in shown.items() if value is not None}


@dataclass(frozen=True)
class Action:
    """Something else to do with a reply, by a button or by typing its word.

    Attributes:
        word: what is typed, "cả mục"; at most 24 characters.
        label: what stands on the button.
    """

    word: str
    label: str


@dataclass(frozen=True)
class Attachment:
    """A picture or a file that goes with a reply.

    Attributes:
        name: file name with its ending.
        media_type: "image/png", "text/calendar", …
        data: the content.
        caption: what it shows, in words, also for who cannot see it.
    """

    name: str
    media_type: str
    data: bytes
    caption: str


@dataclass(frozen=True)
class Reply:
    """What the assistant says.

    Attributes:
        status: how the message was dealt with.
        text: the whole reply as a chat user reads it.
        understood: the question as understood, diacritics restored, without courtesies.
        quotes: best first.
        facts: rows that the reply states, each with its "kind".
        choices: what may be typed next; their lines stand in `text` as "1. label".
        actions: what else can be done with it; channels without buttons show `actions_line`.
        attachments: pictures and files that go with it.
        turn: names the turn that its buttons belong to; comes back in `Message.turn`.
        brief: whether it only says that something was noted, so that a channel with buttons shows
            it beside the message whose button was pressed and leaves that message as it is.
    """

    status: Status
    text: str
    understood: str = ""
    quotes: tuple[Quote, ...] = ()
    facts: tuple[dict[str, Any], ...] = field(default=())
    choices: tuple[Choice, ...] = ()
    actions: tuple[Action, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    turn: str | None = None
    brief: bool = False

    def as_json(self, took_ms: float) -> dict[str, Any]:
        """Return the reply in the shape that other programs read."""
        return {
            "status": self.status.value,
            "understood": self.understood,
            "text": self.text,
            "quotes": [quote.as_json() for quote in self.quotes],
            "facts": list(self.facts),
            "choices": [choice.as_json() for choice in self.choices],
            "actions": [{"word": act.word, "label": act.label} for act in self.actions],
            "took_ms": round(took_ms, 1),
        }

"""What the steps of an answer hand on to each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from bot.conversation import Conversations, Turn
from bot.message import Choice, Message, Reply
from config.settings import Settings
from config.texts import Texts
from index.question import Question, Understanding
from index.searcher import Hit, Searcher
from knowledge.places import Places


@dataclass(frozen=True)
class Tools:
    """What every step may use; the same for all messages until the documents change."""

    settings: Settings
    texts: Texts
    places: Places
    understanding: Understanding
    searcher: Searcher
    conversations: Conversations


@dataclass
class Context:
    """One message on its way to a reply.

    Attributes:
        message: as it came.
        tools: shared by all messages.
        text: the question to answer; a choice or a follow-up is replaced by the whole question.
        turn: what was said before.
        chosen: the choice that was taken by its number.
        question: `text` as understood.
        favoured: id of the document that the conversation is about.
        hits: what was found, best first.
    """

    message: Message
    tools: Tools
    text: str = ""
    turn: Turn | None = None
    chosen: Choice | None = None
    question: Question | None = None
    favoured: str | None = None
    hits: list[Hit] = field(default_factory=list)

    @property
    def understood(self) -> str:
        """The question as understood; empty before it was read."""
        return self.question.understood if self.question else ""

    @property
    def asked(self) -> Question:
        """The question, which the steps after `follow_up` can rely on."""
        assert self.question is not None, "the question is read before it is searched"
        return self.question


class Step(Protocol):
    """One step of an answer: looks at the context, changes it or ends the chain with a reply."""

    def __call__(self, context: Context) -> Reply | None:
        """Return the reply, or None for the next step to go on."""
        ...

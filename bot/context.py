"""What the steps of an answer hand on to each other."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Protocol

from bot.conversation import Conversations, Turn
from bot.correcting import RowCorrecting
from bot.desk.curated import CuratedAnswers
from bot.desk.desk import Desk
from bot.keeping.keeping import Keeping
from bot.message import Choice, Message, Reply
from bot.national import National
from bot.people import People
from bot.ratings.dialogue import RatingDialogue
from bot.ratings.reports.reporting import Reporting
from bot.reminders.store import ReminderStore
from bot.results.recording import ResultRecording
from bot.results.standing import Standings
from config.settings import Settings
from config.texts import Texts
from index.question import Question
from index.searcher import Hit, Searcher
from index.understanding import Understanding
from knowledge.places import PlaceMention, Places
from knowledge.procedures.rows import ProcedureRows
from knowledge.row_shelf import RowShelf
from knowledge.working_days import WorkingDays


@dataclass(frozen=True)
class Tools:
    """What every step may use; the same for all messages until the documents change.

    `desk` and `reminders` are missing where nothing may be kept of who asks; `curated` answers
    there as well. `national` is where a procedure is looked for that the home does not hold.
    """

    settings: Settings
    texts: Texts
    places: Places
    understanding: Understanding
    searcher: Searcher
    conversations: Conversations
    people: People
    rows: RowShelf
    standings: Standings
    procedures: ProcedureRows
    working_days: WorkingDays
    desk: Desk | None = None
    curated: CuratedAnswers | None = None
    reminders: ReminderStore | None = None
    ratings: RatingDialogue | None = None  # None where nothing may be kept
    reports: Reporting | None = None
    national: National | None = None
    keeping: Keeping | None = None  # None where nothing may be kept
    correcting: RowCorrecting | None = None
    recording: ResultRecording | None = None

    def sheets(self) -> Tools | None:
        """Return tools that search the national sheets; None where the home lacks no procedure."""
        national = self.national
        return national.tools(self) if national is not None and national.is_needed else None


@dataclass
class Context:
    """One message on its way to a reply.

    Attributes:
        message: as it came.
        tools: shared by all messages.
        text: the question to answer; a choice or a follow-up is replaced by the whole question.
        command: name of the command that the message is, without its stroke; `text` is what
            stands behind it.
        masked: whether personal data was taken out of the message.
        turn: what was said before, or the turn whose button was pressed.
        kept: name of the turn that this message became; None while it became none.
        place: province the person asks for, by the message or by what they said once.
        chosen: the choice that was taken by its number.
        question: `text` as understood.
        followed: whether the question leaned on the turn before and was completed from it.
        topic: the question that the conversation stays at, if that is not the one asked.
        base: the question that "còn … thì sao?" builds on, if that is not the whole one.
        implied_place: whether the place of the question is the person's and not named in it.
        favoured: id of the document that the conversation is about.
        about: id of the document that alone may answer.
        settled: whether `about` is beyond doubt, so that its best passage is quoted in any case.
        hits: what was found, best first.
    """

    message: Message
    tools: Tools
    text: str = ""
    command: str | None = None
    masked: bool = False
    turn: Turn | None = None
    kept: str | None = None
    place: str | None = None
    chosen: Choice | None = None
    question: Question | None = None
    followed: bool = False
    topic: str | None = None
    base: str | None = None
    implied_place: bool = False
    favoured: str | None = None
    about: str | None = None
    settled: bool = False
    hits: list[Hit] = field(default_factory=list)

    @property
    def understood(self) -> str:
        """The question as understood; empty before it was read."""
        return self.question.understood if self.question else ""

    @property
    def bare(self) -> str:
        """The same without the courtesies around it, as it is shown."""
        return self.question.bare if self.question else ""

    @property
    def asked(self) -> Question:
        """The question, which the steps after `understand` can rely on."""
        assert self.question is not None, "the question is read before it is searched"
        return self.question

    def keep(self, turn: Turn) -> None:
        """Remember what a follow-up or a button of the reply may refer to."""
        self.kept = self.tools.conversations.keep(self.message.user, turn)

    def read(self, text: str) -> Question:
        """Take `text` for the question; the person's place counts where it names none."""
        self.text = text
        question = self.tools.understanding.read(text)
        place = self.place
        self.implied_place = place is not None and not question.places
        if place is not None and self.implied_place:
            current = self.tools.places.current_of(place) or place
            question = replace(question, places=(PlaceMention(place, current, 0, 0, True),))
        self.question = question
        return question


class Step(Protocol):
    """One step of an answer: looks at the context, changes it or ends the chain with a reply."""

    def __call__(self, context: Context) -> Reply | None:
        """Return the reply, or None for the next step to go on."""
        ...

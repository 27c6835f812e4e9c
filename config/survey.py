"""What a questionnaire is: questions, their possible answers, the way from one to the next.

A question may only lead to one that stands below it, so every way through a survey ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

END = "end"
SKIPPED = ""  # stands for the answer to a question that was passed over
LEVELS = 5  # of the question for the whole, so that all reports can be compared


class Kind(StrEnum):
    """What is answered to a question: a level, one of several things, words."""

    SCALE = "scale"
    CHOICE = "choice"
    TEXT = "text"


@dataclass(frozen=True)
class Option:
    """One possible answer.

    Attributes:
        id: what is stored; the level's number for a scale.
        label: what the person reads.
        also: other ways to write it.
    """

    id: str
    label: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes:
        id: what answers are stored under.
        kind: what is answered.
        text: with `{office}` and `{service}` left to fill in.
        options: possible answers, of a scale from the worst to the best; none for words.
        optional: whether it can be skipped.
        factor: short name of what it measures, for reports; "" where it is none of its own.
        jumps: answer to the id of the question that follows it; others go to the next one.
    """

    id: str
    kind: Kind
    text: str
    options: tuple[Option, ...]
    optional: bool
    factor: str
    jumps: Mapping[str, str]


@dataclass(frozen=True)
class Survey:
    """A questionnaire.

    Attributes:
        name: name of its file without the ending.
        title: for officials.
        services: codes of services or names of fields that it is for; none for the default one.
        overall: id of the question for the satisfaction with the whole.
        thanks: what is said at the end.
        questions: in the order in which they are asked.
    """

    name: str
    title: str
    services: tuple[str, ...]
    overall: str
    thanks: str
    questions: tuple[Question, ...]

    def question(self, question_id: str) -> Question:
        """Return a question by its id.

        Raises:
            KeyError: there is none.
        """
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)

    def words(self) -> Question | None:
        """Return the question for a comment, None where there is none."""
        return next((one for one in self.questions if one.kind is Kind.TEXT), None)

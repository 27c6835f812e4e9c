"""Where someone stands in a survey: a pure function of the answers that were given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from config.survey import END, SKIPPED, Kind, Question, Survey


@dataclass(frozen=True)
class Progress:
    """A survey with some of its answers.

    Attributes:
        survey: the definition.
        answers: id of a question to the id of the option, or SKIPPED.
    """

    survey: Survey
    answers: Mapping[str, str]

    def path(self) -> Iterator[Question]:
        """Yield the questions on the way that the answers lead, the first unanswered one last."""
        order = self.survey.questions
        at = 0
        while at < len(order):
            question = order[at]
            if question.kind is Kind.TEXT:
                return
            yield question
            given = self.answers.get(question.id)
            if given is None:
                return
            target = question.jumps.get(given)
            if target == END:
                return
            following = order.index(self.survey.question(target)) if target else at + 1
            at = max(following, at + 1)  # definitions only lead ahead; this makes sure of the end

    def next(self) -> Question | None:
        """Return what is to be asked now, None at the end."""
        for question in self.path():
            if question.id not in self.answers:
                return question
        return None

    def answered(self, question: Question, value: str) -> Progress:
        """Return the progress with an answer given or changed.

        Answers to questions that are no longer on the way are dropped.

        Args:
            question: one that is on the way.
            value: id of one of its options, or SKIPPED.

        Raises:
            ValueError: the question is not on the way, or has no such option.
        """
        if question not in self.path():
            raise ValueError(f"{question.id} is not asked here")
        known = {option.id for option in question.options}
        if value not in known and not (value == SKIPPED and question.optional):
            raise ValueError(f"{question.id} has no answer {value}")
        changed = replace(self, answers={**self.answers, question.id: value})
        asked = {one.id for one in changed.path()}
        kept = {name: given for name, given in changed.answers.items() if name in asked}
        return replace(changed, answers=kept)

    def given(self) -> list[tuple[Question, str]]:
        """Return the questions that were answered, with the label of the answer, in order."""
        labels = []
        for question in self.path():
            for option in question.options:
                if option.id == self.answers.get(question.id):
                    labels.append((question, option.label))
        return labels

"""What the database counts for a report: each figure by one pass over an index that holds it.

The indices `ratings_by_subject`, `ratings_by_day` and `rating_answers_by_value` have all the
columns that are read here, in the order in which they are grouped, so nothing is sorted and no
row is looked up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlite_utils import Database

from bot.ratings.reports.figures import Figures
from bot.ratings.reports.scope import Scope
from bot.ratings.stage import Stage
from bot.ratings.subjects import Subject

Levels = dict[int, int]


@dataclass(frozen=True)
class Comment:
    """A comment: its day, what it is about, its words.

    Attributes:
        score: the level that went with it; None where that is not to be told.
    """

    day: date
    subject: Subject
    score: int | None
    text: str


@dataclass(frozen=True)
class Counts:
    """All that is read for one report.

    Attributes:
        subjects: services at offices by number.
        cells: figures by subject's number and channel, invitations sent in these days included.
        days: figures by day, without invitations.
        flagged: how many ratings were set aside.
        answers: numbers by survey, question and value.
        comments: newest first.
    """

    subjects: Mapping[int, Subject]
    cells: Mapping[tuple[int, str], Figures]
    days: Mapping[date, Figures]
    flagged: int
    answers: Mapping[tuple[str, str, str], int]
    comments: tuple[Comment, ...]


def count(db: Database, subjects: Mapping[int, Subject], scope: Scope, comments: int) -> Counts:
    """Count the ratings of a scope.

    Args:
        db: the home's database.
        subjects: services at offices by number.
        scope: which ratings.
        comments: how many comments are read at most.
    """
    reading = _Reading(db, subjects, scope)
    cells, flagged = reading.cells()
    return Counts(
        subjects, cells, reading.days(), flagged, reading.answers(), reading.comments(comments)
    )


def count_cells(
    db: Database, subjects: Mapping[int, Subject], scope: Scope
) -> dict[tuple[int, str], Figures]:
    """Count the ratings of a scope by subject's number and channel alone; arguments as `count`."""
    return _Reading(db, subjects, scope).cells()[0]


class _Reading:
    def __init__(self, db: Database, subjects: Mapping[int, Subject], scope: Scope) -> None:
        self._db = db
        self._subjects = subjects
        numbers = scope.numbers(subjects)
        self._where = "{day} BETWEEN ? AND ?"
        self._values: list[Any] = [scope.start.isoformat(), scope.end.isoformat()]
        if numbers is not None:
            # Numbers of our own, so they may stand in the statement.
            self._where += f" AND subject IN ({','.join(map(str, numbers))})"
        if scope.channel is not None:
            self._where += " AND channel = ?"
            self._values.append(scope.channel)

    def _rows(self, select: str, rest: str, day: str = "day") -> list[Any]:
        statement = f"{select} WHERE {self._where.format(day=day)} {rest}"
        return self._db.execute(statement, self._values).fetchall()

    def cells(self) -> tuple[dict[tuple[int, str], Figures], int]:
        levels: defaultdict[tuple[int, str], Levels] = defaultdict(dict)
        aside = 0
        for subject, channel, score, flagged, many in self._rows(
            "SELECT subject, channel, score, flagged, count(*)"
            " FROM ratings INDEXED BY ratings_by_subject",
            "GROUP BY subject, channel, score, flagged",
        ):
            if flagged:
                aside += many
            else:
                levels[subject, channel][score] = many
        invited = self.invitations()
        return {
            cell: replace(
                Figures.of(levels[cell]),
                invited=sum(states.values()),
                replied=states.get(Stage.ANSWERED, 0),
            )
            for cell, states in ((cell, invited.get(cell, {})) for cell in {*levels, *invited})
        }, aside

    def days(self) -> dict[date, Figures]:
        levels: defaultdict[str, Levels] = defaultdict(dict)
        for day, score, many in self._rows(
            "SELECT day, score, count(*) FROM ratings INDEXED BY ratings_by_day",
            "AND flagged = 0 GROUP BY day, score",
        ):
            levels[day][score] = many
        return {date.fromisoformat(day): Figures.of(found) for day, found in levels.items()}

    def answers(self) -> dict[tuple[str, str, str], int]:
        return {
            (survey, question, value): many
            for survey, question, value, many in self._rows(
                "SELECT survey, question, value, count(*)"
                " FROM rating_answers INDEXED BY rating_answers_by_value",
                "AND flagged = 0 GROUP BY survey, question, value",
            )
        }

    def invitations(self) -> dict[tuple[int, str], dict[str, int]]:
        """Return how many invitations stand how, by subject and channel."""
        found: defaultdict[tuple[int, str], dict[str, int]] = defaultdict(dict)
        for subject, channel, state, many in self._rows(
            "SELECT subject, channel, state, count(*)"
            " FROM rating_invitations INDEXED BY rating_invitations_sent",
            "GROUP BY subject, channel, state",
            "sent_on",
        ):
            found[subject, channel][state] = many
        return dict(found)

    def comments(self, most: int) -> tuple[Comment, ...]:
        rows = self._rows(
            "SELECT day, subject, score, text FROM rating_comments",
            f"AND flagged = 0 ORDER BY day DESC, id LIMIT {most:d}",
        )
        return tuple(
            Comment(date.fromisoformat(day), self._subjects[subject], score, text)
            for day, subject, score, text in rows
        )

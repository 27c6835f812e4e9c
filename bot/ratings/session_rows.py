"""Rows of the table of sessions, read as sessions."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.clock import stamp
from bot.ratings.session import Session, State, Visit, Way
from bot.ratings.subjects import Subjects
from bot.ratings.survey import Progress
from config.survey import SKIPPED, Survey
from config.survey_reading import DEFAULT

_COLUMNS = (
    "id, person, once, bound, subject, channel, way, survey, rating, comment, skipped, state,"
    " unclear, touched, until"
)


class SessionRows:
    """Reads sessions.

    Args:
        db: the home's database, migrated.
        subjects: services at offices.
        surveys: by name.
    """

    def __init__(self, db: Database, subjects: Subjects, surveys: Mapping[str, Survey]) -> None:
        self._db = db
        self._subjects = subjects
        self._surveys = surveys

    def one(self, where: str, values: Sequence[Any]) -> Session | None:
        """Return the first session of a condition, None where there is none."""
        return next(iter(self.all(where, values)), None)

    def all(self, where: str, values: Sequence[Any]) -> list[Session]:
        """Return the sessions of a condition.

        Args:
            where: SQL behind WHERE, which may order and limit.
            values: of its parameters; times as they are compared.
        """
        given = [stamp(value) if isinstance(value, datetime) else value for value in values]
        rows = self._db.execute(f"SELECT {_COLUMNS} FROM rating_sessions WHERE {where}", given)
        return [self._session(*row) for row in rows.fetchall()]

    def _session(self, session_id: str, person: bytes, once: bytes, *rest: Any) -> Session:
        bound, subject, channel, way, survey, rating, comment, skipped, *standing = rest
        state, unclear, touched, until = standing
        visit = Visit(self._subjects.named(subject), Way(way), once, bool(bound))
        known = self._surveys.get(survey) or self._surveys[DEFAULT]
        answers = dict.fromkeys(json.loads(skipped), SKIPPED)
        if rating is not None:
            answers |= self._answers(known, rating)
        return Session(
            session_id,
            person,
            visit,
            subject,
            channel,
            Progress(known, answers),
            rating,
            comment,
            State(state),
            unclear,
            touched,
            until,
        )

    def _answers(self, survey: Survey, rating: int) -> dict[str, str]:
        rows = self._db.execute(
            "SELECT question, value FROM rating_answers WHERE rating = ?"
            " UNION ALL SELECT ?, score FROM ratings WHERE id = ?",
            [rating, survey.overall, rating],
        )
        return {str(question): str(value) for question, value in rows.fetchall()}

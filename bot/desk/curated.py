"""Answers that officials wrote for a question and all that are the same; shown word for word."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlite_utils import Database

from bot.audit import COMMAND_LINE, Action, Audit
from bot.clock import Clock, stamp
from bot.desk.likeness import Key, Sameness
from bot.keeping.states import ANSWER, CONTENT, DOCUMENT, thing_of
from index.question import Question
from index.understanding import Understanding

_COLUMNS = "id, question, text, author, at, document"


@dataclass(frozen=True)
class Curated:
    """An answer of an official.

    Attributes:
        id: names it.
        question: what it answers, as it was asked.
        text: the answer as it was written.
        author: display name of the official.
        at: when, ISO 8601.
        document: id of the document that it rests on.
    """

    id: int
    question: str
    text: str
    author: str
    at: str
    document: str


class CuratedAnswers:
    """The kept answers of a home.

    Args:
        db: the home's database, migrated.
        sameness: says which questions are the same.
        audit: where changes are noted.
        clock: the time.
    """

    def __init__(self, db: Database, sameness: Sameness, audit: Audit, clock: Clock) -> None:
        self._db = db
        self._sameness = sameness
        self._audit = audit
        self._clock = clock
        self._read: tuple[object, Understanding] | None = None
        self._keys: dict[Key, list[tuple[Question, int]]] = {}

    def keep(self, question: str, text: str, author: str, document: str) -> None:
        """Keep an answer; it takes the place of an older one to the same question."""
        row = [question, text, author, stamp(self._clock()), document]
        with self._db.atomic():
            done = self._db.execute(
                "INSERT INTO desk_answers (question, text, author, at, document, withdrawn_at)"
                " VALUES (?, ?, ?, ?, ?, '')",
                row,
            )
            answer = done.lastrowid
            with self._audit.change(Action.ANSWER_KEPT, f"t{answer}", document, author) as change:
                change.touch(thing_of(ANSWER, answer))
                change.rest_on(thing_of(DOCUMENT, document), CONTENT)
                self._db.execute(
                    "UPDATE desk_answers SET withdrawn_at = NULL WHERE id = ?", [answer]
                )

    def withdraw(self, answer: int, actor: str = COMMAND_LINE) -> None:
        """Show an answer no more.

        Args:
            answer: its id.
            actor: who withdraws it, for the audit list.

        Raises:
            KeyError: there is none of that id.
        """
        with self._audit.change(Action.ANSWER_WITHDRAWN, f"t{answer}", "", actor) as change:
            change.touch(thing_of(ANSWER, answer))
            done = self._db.execute(
                "UPDATE desk_answers SET withdrawn_at = ? WHERE id = ? AND withdrawn_at IS NULL",
                [stamp(self._clock()), answer],
            )
            if not done.rowcount:
                raise KeyError(answer)

    def all(self) -> list[Curated]:
        """Return the answers that are shown, the newest first."""
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM desk_answers WHERE withdrawn_at IS NULL ORDER BY id DESC"
        )
        return [Curated(*row) for row in rows.fetchall()]

    def find(self, question: Question, understanding: Understanding) -> Curated | None:
        """Return the newest answer to the same question, None where there is none.

        Args:
            question: as understood.
            understanding: what reads questions now.
        """
        state = self._state()
        if self._read is None or self._read[0] != state or self._read[1] is not understanding:
            self._index(understanding)
            self._read = state, understanding
        if not self._keys:
            return None
        for known, answer in self._keys.get(self._sameness.key(question), ()):
            if self._sameness.same(question, known):
                return self._get(answer)
        return None

    def _index(self, understanding: Understanding) -> None:
        keys: defaultdict[Key, list[tuple[Question, int]]] = defaultdict(list)
        for answer in self.all():
            known = understanding.read(answer.question)
            keys[self._sameness.key(known)].append((known, answer.id))
        self._keys = dict(keys)

    def _state(self) -> object:
        """Return what differs as soon as any process keeps, withdraws or brings back an answer."""
        return self._db.execute(
            "SELECT group_concat(id) FROM desk_answers WHERE withdrawn_at IS NULL"
        ).fetchone()

    def _get(self, answer: int) -> Curated | None:
        row = self._db.execute(
            f"SELECT {_COLUMNS} FROM desk_answers WHERE id = ? AND withdrawn_at IS NULL", [answer]
        ).fetchone()
        return Curated(*row) if row else None

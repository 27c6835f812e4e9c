"""The officials' queue: questions that wait for a human, grouped by likeness."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlite_utils import Database

from bot.clock import Clock, stamp
from bot.desk.likeness import Sorter
from bot.pseudonyms import Pseudonyms
from config.office import QueueSettings

WAITING = 10_000  # questions at most; of more the oldest go that nobody sent to an official
SORTED = 300  # questions that are sorted at a time
LATELY = timedelta(minutes=30)  # how long "gửi cán bộ" means the question before


class Kind(StrEnum):
    """Why a question waits; the later ones weigh more."""

    UNANSWERED = "unanswered"
    WRONG = "wrong"
    SENT = "sent"


@dataclass(frozen=True)
class Group:
    """Questions that an official answers together.

    Attributes:
        id: names it.
        question: the one that it was opened for.
        count: how many people asked.
        kind: the weightiest reason why it waits.
        taken: whether somebody is answering it now.
    """

    id: int
    question: str
    count: int
    kind: Kind
    taken: bool


@dataclass(frozen=True)
class Asker:
    """Somebody who waits for an answer; what a letter to them needs."""

    person: str
    address: str | None
    question: str
    asked_at: str


class Queue:
    """The queue of a home.

    Args:
        db: the home's database, migrated.
        pseudonyms: of this home.
        settings: limits.
        clock: the time.
    """

    def __init__(
        self, db: Database, pseudonyms: Pseudonyms, settings: QueueSettings, clock: Clock
    ) -> None:
        self._db = db
        self._pseudonyms = pseudonyms
        self._settings = settings
        self._clock = clock

    def put(self, user: str, question: str, kind: Kind, reachable: bool = False) -> bool:
        """Let a question wait; say whether it does.

        Args:
            user: who asked; kept as a pseudonym.
            question: without personal data.
            kind: why.
            reachable: whether the person wants to be written to, so that the address is kept.
        """
        person = self._pseudonyms.of(user)
        address = user if reachable else None
        now = self._clock()
        with self._db.atomic():
            self.expire()
            (waiting,) = self._db.execute(
                "SELECT count(*) FROM desk_questions WHERE person = ? AND question <> ?",
                [person, question],
            ).fetchone()
            if waiting >= self._settings.per_person:
                return False
            self._db.execute(
                "INSERT INTO desk_questions (person, address, question, kind, asked_at)"
                " VALUES (?, ?, ?, ?, ?) ON CONFLICT (person, question) DO UPDATE SET"
                " kind = iif(kind = 'sent', kind, excluded.kind), asked_at = excluded.asked_at,"
                " address = coalesce(excluded.address, address)",
                [person, address, question, kind.value, stamp(now)],
            )
            self._db.execute(
                "DELETE FROM desk_questions WHERE id IN (SELECT id FROM desk_questions"
                " WHERE address IS NULL ORDER BY id DESC LIMIT -1 OFFSET ?)",
                [WAITING],
            )
        return True

    def send(self, user: str) -> str | None:
        """Send the question that a person asked just now to an official; return it, or None."""
        with self._db.atomic():  # a row that is returned is written with the transaction
            row = self._db.execute(
                "UPDATE desk_questions SET kind = ?, address = ? WHERE id = (SELECT id"
                " FROM desk_questions WHERE person = ? AND asked_at >= ?"
                " ORDER BY asked_at DESC, id DESC LIMIT 1) RETURNING question",
                [Kind.SENT.value, user, self._pseudonyms.of(user), stamp(self._clock() - LATELY)],
            ).fetchall()
        return str(row[0][0]) if row else None

    def latest(self, user: str) -> str | None:
        """Return what a person asked just now without an answer."""
        row = self._db.execute(
            "SELECT question FROM desk_questions WHERE person = ? AND asked_at >= ?"
            " ORDER BY asked_at DESC, id DESC LIMIT 1",
            [self._pseudonyms.of(user), stamp(self._clock() - LATELY)],
        ).fetchone()
        return str(row[0]) if row else None

    def waiting(self) -> dict[Kind, int]:
        """Return how many questions wait for which reason."""
        rows = self._db.execute("SELECT kind, count(*) FROM desk_questions GROUP BY kind")
        counts = {Kind(kind): int(count) for kind, count in rows.fetchall()}
        return {kind: counts.get(kind, 0) for kind in Kind}

    def sort(self, sorter: Sorter) -> None:
        """Put the questions that came since into groups."""
        new = self._db.execute(
            'SELECT id, question FROM desk_questions WHERE "group" IS NULL ORDER BY id LIMIT ?',
            [SORTED],
        ).fetchall()
        groups = self._db.execute("SELECT id, question FROM desk_groups ORDER BY id").fetchall()
        ids, heads = [row[0] for row in groups], [row[1] for row in groups]
        for found, question in new:
            at = sorter.closest(question, heads)
            with self._db.atomic():
                if at is None:
                    done = self._db.execute(
                        "INSERT INTO desk_groups (question) VALUES (?)", [question]
                    )
                    ids.append(done.lastrowid)
                    heads.append(question)
                    at = len(ids) - 1
                self._db.execute(
                    'UPDATE desk_questions SET "group" = ? WHERE id = ? AND "group" IS NULL'
                    " AND EXISTS (SELECT 1 FROM desk_groups WHERE id = ?)",
                    [ids[at], found, ids[at]],
                )
        with self._db.atomic():
            self._db.execute(
                "DELETE FROM desk_groups WHERE id NOT IN"
                ' (SELECT "group" FROM desk_questions WHERE "group" IS NOT NULL)'
            )

    def groups(self, most: int) -> tuple[list[Group], int]:
        """Return the first groups and how many there are: most people first, then the newest.

        Args:
            most: how many are returned.
        """
        rows = self._db.execute(
            "SELECT g.id, g.question, count(*), max(q.kind = 'sent'), max(q.kind = 'wrong'),"
            " g.taken_until IS NOT NULL AND g.taken_until > ? FROM desk_groups g"
            ' JOIN desk_questions q ON q."group" = g.id GROUP BY g.id'
            " ORDER BY count(*) DESC, max(q.asked_at) DESC, max(q.id) DESC",
            [stamp(self._clock())],
        ).fetchall()
        groups = [
            Group(found, question, count, _kind(bool(sent), bool(wrong)), bool(taken))
            for found, question, count, sent, wrong, taken in rows[:most]
        ]
        return groups, len(rows)

    def take(self, user: str, group: int) -> bool:
        """Give a group to an official for a while; say whether it was free."""
        now = self._clock()
        with self._db.atomic():
            done = self._db.execute(
                "UPDATE desk_groups SET taken_by = ?1, taken_until = ?2,"
                ' seen = (SELECT coalesce(max(id), 0) FROM desk_questions WHERE "group" = ?3)'
                " WHERE id = ?3 AND (taken_by IS NULL OR taken_by = ?1 OR taken_until <= ?4)",
                [self._pseudonyms.of(user), stamp(now + self._settings.lock), group, stamp(now)],
            )
        return bool(done.rowcount)

    def holds(self, user: str, group: int) -> bool:
        """Say whether an official has taken a group and the time for it is not over."""
        row = self._db.execute(
            "SELECT 1 FROM desk_groups WHERE id = ? AND taken_by = ? AND taken_until > ?",
            [group, self._pseudonyms.of(user), stamp(self._clock())],
        ).fetchone()
        return row is not None

    def oldest(self) -> str | None:
        """Return when the question that waits longest was asked, None where none waits."""
        (at,) = self._db.execute("SELECT min(asked_at) FROM desk_questions").fetchone()
        return None if at is None else str(at)

    def exists(self, group: int) -> bool:
        """Say whether a group still waits."""
        row = self._db.execute("SELECT 1 FROM desk_groups WHERE id = ?", [group]).fetchone()
        return row is not None

    def release(self, user: str, group: int) -> None:
        """Give a group back to the queue."""
        with self._db.atomic():
            self._db.execute(
                "UPDATE desk_groups SET taken_by = NULL, taken_until = NULL"
                " WHERE id = ? AND taken_by = ?",
                [group, self._pseudonyms.of(user)],
            )

    def questions(self, group: int) -> list[tuple[str, int]]:
        """Return the questions of a group as the official saw them, each with its number."""
        rows = self._db.execute(
            "SELECT q.question, count(*) FROM desk_questions q JOIN desk_groups g"
            ' ON q."group" = g.id WHERE g.id = ? AND q.id <= g.seen GROUP BY q.question'
            " ORDER BY count(*) DESC, min(q.id)",
            [group],
        )
        return [(str(question), int(count)) for question, count in rows.fetchall()]

    def close(self, user: str, group: int, done: Callable[[list[Asker]], None]) -> bool:
        """End a group that an official holds, as a whole or not at all.

        What came into the group after the official took it goes on waiting.

        Args:
            user: the official.
            group: which.
            done: told who asked, inside the transaction that erases their questions.

        Returns:
            Whether the official still held it.
        """
        now = stamp(self._clock())
        with self._db.atomic():
            row = self._db.execute(
                "UPDATE desk_groups SET taken_until = NULL WHERE id = ? AND taken_by = ?"
                " AND taken_until > ? RETURNING seen",
                [group, self._pseudonyms.of(user), now],
            ).fetchall()
            if not row:
                return False
            rows = self._db.execute(
                'DELETE FROM desk_questions WHERE "group" = ? AND id <= ?'
                " RETURNING person, address, question, asked_at",
                [group, row[0][0]],
            ).fetchall()
            self._db.execute('UPDATE desk_questions SET "group" = NULL WHERE "group" = ?', [group])
            self._db.execute("DELETE FROM desk_groups WHERE id = ?", [group])
            done([Asker(*asker) for asker in rows if asker[0] is not None])
        return True

    def of(self, user: str) -> list[str]:
        """Return the questions of a person that wait."""
        rows = self._db.execute(
            "SELECT question FROM desk_questions WHERE person = ? ORDER BY id",
            [self._pseudonyms.of(user)],
        )
        return [str(question) for (question,) in rows.fetchall()]

    def expire(self) -> None:
        """Erase what waited for too long."""
        with self._db.atomic():
            self._db.execute(
                "DELETE FROM desk_questions WHERE asked_at < ?",
                [stamp(self._clock() - self._settings.keep)],
            )

    def forget(self, user: str) -> None:
        """Forget who asked; the question waits on without a trace of them."""
        person = self._pseudonyms.of(user)
        with self._db.atomic():
            self._db.execute(
                "UPDATE desk_questions SET person = NULL, address = NULL WHERE person = ?", [person]
            )
            self._db.execute(
                "UPDATE desk_groups SET taken_by = NULL, taken_until = NULL WHERE taken_by = ?",
                [person],
            )


def _kind(sent: bool, wrong: bool) -> Kind:
    if sent:
        return Kind.SENT
    return Kind.WRONG if wrong else Kind.UNANSWERED

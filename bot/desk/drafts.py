"""What somebody behind the assistant is writing now: the next message belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlite_utils import Database

from bot.clock import Clock, stamp
from bot.pseudonyms import Pseudonyms

OPEN = timedelta(hours=1)  # how long a message is taken for what was asked for


class Writing(StrEnum):
    """What is being written; those of `TYPED` take the next message whatever it says."""

    ANSWER = "answer"
    ANSWER_SEEN = "answer_seen"
    ANSWER_RESTS_ON = "answer_rests_on"
    NOTICE = "notice"
    NOTICE_SEEN = "notice_seen"
    NOTICE_PLACE = "notice_place"
    UPLOAD_FIELD = "upload_field"
    DOCUMENT_FIELD = "document_field"
    DOCUMENT_END = "document_end"
    DOCUMENT_NEW = "document_new"


KEEPING = (
    Writing.UPLOAD_FIELD,
    Writing.DOCUMENT_FIELD,
    Writing.DOCUMENT_END,
    Writing.DOCUMENT_NEW,
)
TYPED = (
    *(Writing.ANSWER, Writing.ANSWER_RESTS_ON, Writing.NOTICE, Writing.NOTICE_PLACE),
    *KEEPING,
)


@dataclass(frozen=True)
class Draft:
    """What is being written.

    Attributes:
        kind: what it is and how far it is.
        subject: the group that is answered, the file whose field is corrected; 0 for the rest.
        text: what was written so far, or what it belongs to: a field, a document, both.
    """

    kind: Writing
    subject: int
    text: str


class Drafts:
    """The drafts of a home, one a person.

    Args:
        db: the home's database, migrated.
        pseudonyms: of this home.
        clock: the time.
    """

    def __init__(self, db: Database, pseudonyms: Pseudonyms, clock: Clock) -> None:
        self._db = db
        self._pseudonyms = pseudonyms
        self._clock = clock

    def of(self, user: str) -> Draft | None:
        """Return what a person is writing, None where it is nothing or too old."""
        row = self._db.execute(
            "SELECT kind, subject, text FROM desk_drafts WHERE person = ? AND at > ?",
            [self._pseudonyms.of(user), stamp(self._clock() - OPEN)],
        ).fetchone()
        return Draft(Writing(row[0]), row[1], row[2]) if row else None

    def keep(self, user: str, draft: Draft) -> None:
        """Keep what a person is writing."""
        row = [draft.kind.value, draft.subject, draft.text, stamp(self._clock())]
        with self._db.atomic():
            self._db.execute(
                "INSERT OR REPLACE INTO desk_drafts (person, kind, subject, text, at)"
                " VALUES (?, ?, ?, ?, ?)",
                [self._pseudonyms.of(user), *row],
            )

    def drop(self, user: str) -> None:
        """Forget what a person is writing."""
        with self._db.atomic():
            self._db.execute(
                "DELETE FROM desk_drafts WHERE person = ?", [self._pseudonyms.of(user)]
            )

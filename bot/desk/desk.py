"""Everything behind the assistant that has to do with people, put together over one home."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.audit import COMMAND_LINE, Action, Audit
from bot.clock import Clock, stamp, utc_now, written_day
from bot.desk.curated import CuratedAnswers
from bot.desk.drafts import Drafts
from bot.desk.letters import Letters
from bot.desk.likeness import Sameness, Sorter
from bot.desk.queue import Asker, Kind, Queue
from bot.desk.schema import migrations
from bot.notices import Notices
from bot.pseudonyms import Pseudonyms
from bot.roles import Role, StoredRoles
from config.office import Office
from config.texts import Texts
from index.encoder import Encoder
from index.understanding import Understanding
from knowledge.migrating import migrate


class Desk:
    """Roles, the officials' queue, letters, kept answers, notices, the audit list.

    Args:
        db: the home's database.
        pseudonyms: of this home.
        office: its configuration.
        texts: what letters say.
        encoder: sorts questions; None for words alone.
        clock: the time.
    """

    def __init__(
        self,
        db: Database,
        pseudonyms: Pseudonyms,
        office: Office,
        texts: Texts,
        encoder: Encoder | None = None,
        clock: Clock = utc_now,
    ) -> None:
        migrate(db, migrations)
        self.office = office
        self.clock = clock
        self.audit = Audit(db, clock)
        self.roles = StoredRoles(db, pseudonyms, office.codes, self.audit, clock)
        self.queue = Queue(db, pseudonyms, office.queue, clock)
        self.letters = Letters(db, pseudonyms, office.queue, clock)
        self.drafts = Drafts(db, pseudonyms, clock)
        self.curated = CuratedAnswers(db, Sameness(office.fillers), self.audit, clock)
        self.notices = Notices(db, pseudonyms, office.sending, self.audit, clock)
        self._texts = texts
        self._encoder = encoder

    @property
    def staffed(self) -> bool:
        """Whether there is an official who can answer."""
        return self.roles.staffed(Role.OFFICIAL)

    def sorter(self, understanding: Understanding) -> Sorter:
        """Return what groups questions."""
        return Sorter(understanding, self._encoder)

    def notify(self) -> None:
        """Write to the officials that somebody waits for them, within the working hours."""
        due = self.office.hours.next_open(self.clock())
        text = self._texts.desk.notify.format(count=self.queue.waiting()[Kind.SENT])
        for official in self.roles.officials():
            self.letters.notify(official, text, due)

    def opens(self) -> datetime | None:
        """Return when somebody is there again, None where somebody is there now."""
        now = self.clock()
        opens = self.office.hours.next_open(now)
        return None if opens == now else opens

    def answer(self, user: str, group: int, text: str, document: str | None) -> int | None:
        """Send an official's answer to all who asked.

        Args:
            user: the official.
            group: the questions that are answered.
            text: the answer, word for word.
            document: id of the document that it rests on, where it is to answer the same question
                again.

        Returns:
            How many people it goes to; None where the official no longer holds the questions.
        """
        author = self.roles.name(user)
        questions = self.queue.questions(group)
        if not questions:  # erased meanwhile, as who asked them wanted or as they were too old
            return None
        reached: list[Asker] = []

        def send(askers: list[Asker]) -> None:
            for asker in askers:
                self.letters.write(asker.person, asker.address, self._letter(asker, author, text))
            if document is not None:
                self.curated.keep(questions[0][0], text, author, document)
            self.audit.note(Action.QUESTION_ANSWERED, f"c{group}", str(len(askers)), author)
            reached.extend(askers)

        return len(reached) if self.queue.close(user, group, send) else None

    def dismiss(self, user: str, group: int) -> bool:
        """Take questions out of the queue without an answer; say whether they were held."""
        author = self.roles.name(user)

        def drop(askers: list[Asker]) -> None:
            self.audit.note(Action.QUESTION_DISMISSED, f"c{group}", str(len(askers)), author)

        return self.queue.close(user, group, drop)

    def may_answer(self, user: str) -> bool:
        """Say whether a person may work on the queue."""
        return self.roles.holds(user, Role.OFFICIAL)

    def kept(self, user: str) -> dict[str, Any]:
        """Return what is kept of a person here."""
        return {
            "roles": [holder.role.value for holder in self.roles.of(user)],
            "questions": self.queue.of(user),
            "letters": self.letters.of(user),
            "notices": self.notices.taken_by(user),
        }

    def expire(self) -> None:
        """Erase what is too old."""
        self.queue.expire()
        self.letters.expire()
        self.notices.expire()

    def forget(self, user: str, actor: str = COMMAND_LINE) -> None:
        """Erase what is kept of a person; what they wrote as an official stays with its author.

        Args:
            user: as in `Message.user`.
            actor: who erases it, for the audit list.
        """
        self.roles.forget(user, actor)
        self.queue.forget(user)
        self.letters.forget(user)
        self.drafts.drop(user)
        self.notices.forget(user)

    def preview(self, user: str, group: int, text: str) -> str:
        """Return what those who asked would read."""
        question = next((asked for asked, _ in self.queue.questions(group)), "")
        today = Asker("", None, question, stamp(self.clock()))
        return self._letter(today, self.roles.name(user), text)

    def _letter(self, asker: Asker, author: str, text: str) -> str:
        return self._texts.desk.letter.format(
            author=author, day=written_day(asker.asked_at), question=asker.question, text=text
        )

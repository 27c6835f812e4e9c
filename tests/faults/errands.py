"""What a worker does between two kills: all that a home keeps or sends."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

from bot.application import Application
from bot.desk.queue import Kind
from bot.inbox import Delivery, Inbox
from bot.message import Message, Reply
from bot.operations.backup import write_backup
from bot.postman import Postman
from bot.ratings.deliveries import Deliveries
from bot.ratings.dialogue import RatingDialogue
from bot.reminders.box import ReminderBox
from bot.reminders.store import Reminder

T = TypeVar("T")

DOCUMENTS = 60  # different files that are added again and again
READERS = tuple(f"test:người-đọc-{n}" for n in range(6))  # who takes notices
OFFICIAL = "test:cán-bộ"
CHANNEL = "test"
ON = date(2026, 5, 4)
NOON = datetime(2026, 5, 4, 5, tzinfo=UTC)  # in Vietnam
QUESTIONS = ("/vanban", "PAR Index là gì?", "mục tiêu nuôi ong đợt 3", "xin chào", "/thongbao")

#: How often each errand is done, beside the others.
PLAN = {
    "add_document": 3,
    "answer_question": 6,
    "take_rating": 3,
    "judge": 2,
    "keep_unanswered": 2,
    "send_notice": 1,
    "ask_official": 3,
    "answer_as_official": 2,
    "remind": 2,
    "invite": 2,
    "deliver_mail": 12,
    "back_up": 1,
}


class Errands:
    """Errands over one home.

    Args:
        application: over the home.
        inbox: of the home.
        files: folder for documents and backups.
        chance: decides what is left open.
        say: told (kind, name) of what is kept or arrived.
    """

    def __init__(
        self,
        application: Application,
        inbox: Inbox,
        files: Path,
        chance: random.Random,
        say: Callable[[str, str], None],
    ) -> None:
        self._application = application
        self._inbox = inbox
        self._files = files
        self._chance = chance
        self._say = say
        desk, ratings = application.desk, application.ratings
        reminders = ReminderBox(application.reminders, application.tools, lambda: NOON)
        self._postman = Postman(
            (desk.letters, desk.notices, reminders), _at_once, self._messenger, 1000
        )
        self._deliveries = Deliveries(
            RatingDialogue(ratings), application.reports, _at_once, self._messenger
        )

    def resume(self) -> None:
        """Subscribe whoever is not subscribed, and work off what was accepted before a kill."""
        for reader in READERS:
            self._application.desk.notices.subscribe(reader)
        for delivery in self._inbox.pending(CHANNEL):
            self._work_off(delivery)

    def finish(self) -> None:
        """Send everything that is left to send."""
        self.deliver_mail("")
        while asyncio.run(self._postman.send_next()):
            pass

    def add_document(self, _: str) -> None:
        """Add one of the files, which may be there already."""
        number = self._chance.randrange(DOCUMENTS)
        path = self._files / f"ke-hoach-{number}.txt"
        path.write_text(f"Kế hoạch nuôi ong số {number}\nĐợt {number} nuôi {number + 1000} đàn.\n")
        report = self._application.add([path])
        for kept in (*report.added, *report.unchanged):
            self._say("document", kept.document)

    def answer_question(self, name: str) -> None:
        """Take the delivery of a question and answer it; a second delivery is refused."""
        self._deliver(name, "test:1", self._chance.choice(QUESTIONS))
        if self._inbox.accept(CHANNEL, Delivery(name, "")):
            self._say("problem", f"delivery {name} was taken twice")

    def take_rating(self, name: str) -> None:
        """Let somebody new rate a service, in two messages."""
        self._deliver(f"{name}-a", f"test:{name}", "/danhgia")
        self._deliver(f"{name}-b", f"test:{name}", "5", rating=name)

    def judge(self, name: str) -> None:
        """Store what somebody thinks of an answer."""
        self._application.tools().people.judge("test:1", name, ("tài liệu", 0, 5), True)
        self._say("verdict", name)

    def keep_unanswered(self, name: str) -> None:
        """Store a question without an answer."""
        self._application.tools().conversations.keep_unanswered(name, 0.1)
        self._say("unanswered", name)

    def send_notice(self, name: str) -> None:
        """Send a notice to everybody who takes them."""
        self._application.desk.notices.send(f"Thông báo {name}")
        self._say("notice", f"Thông báo {name}")

    def ask_official(self, name: str) -> None:
        """Put a question into the officials' queue."""
        queue = self._application.desk.queue
        question = f"Câu hỏi {name.replace('-', 'k')}"
        if queue.put(f"test:{name}", question, Kind.SENT, reachable=True):
            self._say("asked", question)

    def answer_as_official(self, name: str) -> None:
        """Answer the first group of the queue; a letter goes to each who asked."""
        desk = self._application.desk
        desk.queue.sort(desk.sorter(self._application.tools().understanding))
        groups, _ = desk.queue.groups(1)
        if groups and desk.queue.take(OFFICIAL, groups[0].id):
            desk.answer(OFFICIAL, groups[0].id, f"Trả lời {name}", None)

    def remind(self, name: str) -> None:
        """Put a reminder for somebody into its box."""
        store, user = self._application.reminders, self._chance.choice(READERS)
        store.subscribe(user, "")
        reminder = Reminder(store.of(user)[0].id, name, f"Nhắc {name}")
        store.plan([reminder], NOON)
        self._say("reminder", name)

    def invite(self, name: str) -> None:
        """Say that a case of somebody is done, so that they are asked how it was."""
        ratings = self._application.ratings
        subject = ratings.catalogue.subject(next(iter(ratings.catalogue.offices)), "chung")
        assert subject is not None
        case = ratings.sessions.case(name)
        ratings.invitations.schedule(f"test:{name}", subject, case, ratings.clock())
        self._say("invitation", case.hex())

    def deliver_mail(self, _: str) -> None:
        """Send what waits: letters, notices, reminders, one at a time, and invitations."""
        asyncio.run(self._postman.send_next())
        asyncio.run(self._deliveries.once())

    def back_up(self, _: str) -> None:
        """Write a backup over an earlier one."""
        write_backup(self._application.home, self._files / f"{self._chance.randrange(3)}.tar.gz")

    def _deliver(self, name: str, user: str, text: str, **more: str) -> None:
        delivery = Delivery(name, json.dumps({"user": user, "text": text, **more}))
        if not self._inbox.accept(CHANNEL, delivery):
            self._say("problem", f"delivery {name} was never there and is said to be known")
        self._say("delivery", name)
        self._work_off(delivery)

    def _work_off(self, delivery: Delivery) -> None:
        said: dict[str, Any] = json.loads(delivery.body)
        if "rating" in said:
            self._say("rating begun", said["rating"])
        self._application.reply(Message(said["user"], said["text"], ON))
        self._inbox.finish(CHANNEL, delivery.id)
        self._say("finished", delivery.id)
        if "rating" in said:
            self._say("rating", said["rating"])

    async def _messenger(self, user: str, reply: Reply) -> bool:
        """Stand in for the messengers: what arrived cannot be taken back."""
        self._say("arrived", json.dumps([user, reply.text], ensure_ascii=False))
        return True


async def _at_once(work: Callable[..., T], *args: Any) -> T:
    return work(*args)

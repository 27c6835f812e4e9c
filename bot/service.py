"""The assistant for channels that talk with many people at once: asynchronous, fair, bounded."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any, TypeVar

from sqlite_utils import Database

from bot.answering import PATIENCE_MS, Answerers, Answering, Threaded
from bot.application import Application
from bot.common import OVERRIDES, Common
from bot.housekeeping import Housekeeping
from bot.inbox import Delivery, Inbox
from bot.keeping.ahead import encode_ahead
from bot.keeping.reading import ReadFile, read_sent
from bot.message import Message, Reply, Status
from bot.metrics import ErrorCounter, Metrics
from bot.pausing import Switch
from bot.progress import Progress, silent
from bot.repairing import Repairer
from bot.workers.memory import give_back
from bot.workers.nursery import Nursery
from bot.workers.remote import Remote, WorkerError
from bot.workers.worker import Done
from config.channels import Channels, load_channels
from config.texts import Texts
from index.build import made_at
from index.question import MEMORABLE
from index.text import folded_syllables
from knowledge.places import Places
from knowledge.store import BUSY_MS, FILE

MINUTE = 60.0  # seconds
LOOK = 5.0  # seconds between two looks for a new index
FAILURES = (OSError, EOFError, sqlite3.Error, WorkerError)  # of such a look
REMEMBERED = 10_000  # people whose rate is known at a time

T = TypeVar("T")
logger = logging.getLogger(__name__)


@dataclass
class _Person:
    """What one person sent lately: times of the messages, how many wait, when told to wait."""

    sent: deque[float] = field(default_factory=deque)
    waiting: int = 0
    told: float | None = None
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Service:
    """Answers the messages of all channels of one process, a few at a time.

    Each person's messages are answered in their order, and only one of them stands in the queue
    at a time, so that a burst of one person does not delay the others.

    Args:
        application: opened in the thread of `answering`.
        inbox: opened in the thread of `storing`.
        answering, storing: executors of one thread each.
        clock: seconds that never go back.
        beside: who else answers, over the same home.
    """

    def __init__(
        self,
        application: Application,
        inbox: Inbox,
        answering: ThreadPoolExecutor,
        storing: ThreadPoolExecutor,
        clock: Callable[[], float] = time.monotonic,
        beside: Sequence[Answering] = (),
    ) -> None:
        self.application = application
        self.channels: Channels = load_channels(application.overrides)
        self.texts: Texts = application.texts
        self.places: Places = application.places
        self._inbox = inbox
        self._own = Threaded(application, answering)
        self._answerers = Answerers([self._own, *beside])
        self._nursery: Nursery | None = None
        self._storing = storing
        self._clock = clock
        self.running: tuple[str, ...] = ()  # names of the channels that work
        self._people: dict[str, _Person] = {}
        self._reading = asyncio.Semaphore(1)
        self._keeping_up: asyncio.Task[None] | None = None
        self._repairer: Repairer | None = None
        self._encoding = asyncio.Semaphore(1)
        self._ahead: set[asyncio.Task[None]] = set()
        self._leaving = Event()
        self._switch = Switch(application.home, self.texts.errors.paused)
        self._daily = Housekeeping(lambda: self.with_application(application.enforce_retention))
        self.metrics = Metrics()
        self._errors = ErrorCounter(self.metrics)
        self.metrics.watch("cchc_queue_length", "Messages waiting for a reply.", self._waiting)
        self.metrics.watch(
            "cchc_index_age_seconds",
            "Seconds since the index was made.",
            lambda: time.time() - made_at(application.home),
        )
        self.metrics.watch(
            "cchc_search_degraded",
            "1 while documents are searched by words alone.",
            lambda: self.degraded,
        )
        self.metrics.watch(
            "cchc_paused",
            "1 while answering is turned off.",
            lambda: self._switch.notice() is not None,
        )

    @property
    def degraded(self) -> bool:
        """Whether documents are searched by words alone, until the index is repaired."""
        return any(one.degraded for one in self._answerers.all)

    @classmethod
    async def open(
        cls, home: Path, progress: Progress = silent, nursery: Nursery | None = None
    ) -> Service:
        """Return the service over `home`, ready to answer.

        Args:
            home: folder of the home.
            progress: told how far reading and encoding are.
            nursery: of the processes that answer; without one this process does, in threads.

        Raises:
            HomeError: the folder cannot be used.
            ConfigError: a configuration file is wrong.
        """
        loop = asyncio.get_running_loop()
        storing = ThreadPoolExecutor(1, "storing")
        askers = load_channels(home / OVERRIDES).server.answering
        repairer = nursery.repairer if nursery else Repairer(home)
        common = nursery.common if nursery else Common(home, askers, repairer.start)
        first, *others = [
            (thread, await loop.run_in_executor(thread, Application.open, home, progress, common))
            for thread in [
                ThreadPoolExecutor(1, "answering") for _ in range(1 if nursery else askers)
            ]
        ]
        inbox = await loop.run_in_executor(storing, _open_inbox, home)
        beside = [Threaded(application, thread) for thread, application in others]
        service = cls(first[1], inbox, first[0], storing, beside=beside)
        for thread, application in (first, *others):
            application.ratings.store.told = service.metrics.rated
            await loop.run_in_executor(thread, application.store.wait_at_most, PATIENCE_MS)
        if nursery is not None:
            await service._answer_apart(nursery, askers)
        logging.getLogger().addHandler(service._errors)
        service._daily.start()
        service._keep_up(repairer)
        return service

    async def reply(self, message: Message) -> Reply | None:
        """Return the reply, None where the person sends so much that silence is the answer."""
        person = self._person(message.user)
        limits = self.channels.limits
        if person.waiting >= limits.waiting or not self._within_rate(person, limits.per_minute):
            now = self._clock()
            # Once a minute: what is heard between two refusals must not make the next one news.
            if person.told is not None and now - person.told < MINUTE:
                self.metrics.unheard(_channel(message))
                return None
            person.told = now
            return Reply(Status.REFUSED, self.texts.guard.too_many)
        person.waiting += 1
        try:
            async with person.turn:
                return await self._answer(lambda one: one.reply(message), message)
        finally:
            person.waiting -= 1

    async def reply_afresh(self, message: Message) -> Reply:
        """Return the reply to a question that belongs to no conversation and leaves no trace."""
        return await self._answer(lambda one: one.reply_afresh(message), message)

    def expected_wait(self, under_way: int) -> float:
        """Return the seconds that a message would wait now with so many others under way."""
        return self._answerers.expected_wait(under_way)

    async def keeps(self, user: str) -> bool:
        """Say whether a person is a knowledge keeper, so that a file of theirs may be fetched."""
        return await self.with_application(self.application.keeps, user)

    async def read_sent(self, name: str, data: bytes) -> ReadFile:
        """Read a file that a keeper sent, one at a time and beside the answering threads."""
        async with self._reading:
            file = await asyncio.to_thread(
                read_sent, name, data, self.application.settings.max_bytes
            )
        if file.reading:
            task = asyncio.create_task(self._encode_ahead(file.reading))
            self._ahead.add(task)
            task.add_done_callback(self._ahead.discard)
        return file

    async def accept(self, channel: str, delivery: Delivery) -> bool:
        """Keep a delivery durably; say whether it is new."""
        new = await self._stored(self._inbox.accept, channel, delivery)
        self.metrics.delivered(channel, new=new)
        return new

    async def finish(self, channel: str, delivery_id: str) -> None:
        """Note that a delivery was worked off."""
        await self._stored(self._inbox.finish, channel, delivery_id)

    async def pending(self, channel: str) -> list[Delivery]:
        """Return what was accepted before a stop and not worked off, oldest first."""
        return await self._stored(self._inbox.pending, channel)

    async def with_application(self, work: Callable[..., T], *args: Any) -> T:
        """Run `work` in the thread of `application`, where its store may be used."""
        return await self._own.run(work, *args)

    async def close(self) -> None:
        """Finish what is queued and close the store."""
        logging.getLogger().removeHandler(self._errors)
        self._leaving.set()
        await asyncio.gather(*self._ahead, return_exceptions=True)
        await self._daily.stop()
        if self._keeping_up is not None:
            self._keeping_up.cancel()
            await asyncio.gather(self._keeping_up, return_exceptions=True)
        for one in (self._own, *(other for other in self._answerers.all if other is not self._own)):
            await one.close()
        if self._nursery is not None:
            await asyncio.to_thread(self._nursery.close)
        await self._stored(self._inbox.close)
        self._storing.shutdown()

    async def _answer_apart(self, nursery: Nursery, count: int) -> None:
        """Have processes answer in place of `application`, and wait until they are ready."""
        self._nursery = nursery
        longest = self.channels.server.longest_seconds
        apart = await asyncio.gather(
            *(Remote.begin(nursery, self._heard, longest) for _ in range(count))
        )
        await asyncio.gather(*(one.look() for one in apart))
        self._answerers = Answerers(apart)
        give_back()  # what opening took; from here on others answer

    def _heard(self, done: Done) -> None:
        """Count what happened in an answering process."""
        for stars in done.rated:
            self.metrics.rated(stars)
        for name in done.errors:
            self.metrics.logged(name)
        if done.wants_repair and self._nursery is not None:
            self._nursery.repairer.start()

    async def _answer(
        self, answer: Callable[[Answering], Awaitable[Reply]], message: Message
    ) -> Reply:
        began = time.perf_counter()
        channel = _channel(message)
        try:
            reply = self._switch.applied(await self._answerers.run(answer, _subject(message)))
        except Exception as error:
            # One bad reply must not end the conversation; what was asked stays out of the log.
            kind = error.kind if isinstance(error, WorkerError) else type(error).__name__
            logger.error("no reply on %s: %s", channel, kind)
            self.metrics.failed(channel, kind)
            reply = Reply(Status.REFUSED, self.texts.errors.reply)
        self.metrics.replied(channel, reply.status.value, time.perf_counter() - began)
        return reply

    async def make_sheets(self) -> None:
        """Have the index of the national sheets made beside the service before anybody asks them.

        Whoever asked first would wait for it, for seconds or on a busy machine for minutes.
        """
        lacking = await self.with_application(lambda: self.application.lacks_sheets)
        if lacking and self._repairer is not None:
            self._repairer.start(logging.DEBUG)

    def _keep_up(self, repairer: Repairer) -> None:
        """Take up a new index without waiting for somebody to ask; end a repair at the close."""

        async def look() -> None:
            try:
                while True:
                    await asyncio.sleep(LOOK)
                    for one in self._answerers.all:
                        with contextlib.suppress(*FAILURES):  # the next may succeed
                            await one.look()
            finally:
                repairer.stop()

        self._repairer = repairer
        self._keeping_up = asyncio.create_task(look())

    async def _encode_ahead(self, reading: str) -> None:
        one = self.application
        async with self._encoding:
            await asyncio.to_thread(
                encode_ahead, one.home, one.encoder, one.places, reading, self._leaving
            )

    def _waiting(self) -> int:
        return sum(person.waiting for person in self._people.values())

    async def _stored(self, work: Callable[..., T], *args: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._storing, work, *args)

    def _person(self, user: str) -> _Person:
        person = self._people.pop(user, None) or _Person()
        self._people[user] = person  # the one heard of last stands last
        if len(self._people) > REMEMBERED:
            oldest = next(iter(self._people))
            if not self._people[oldest].waiting:
                del self._people[oldest]
        return person

    def _within_rate(self, person: _Person, per_minute: int) -> bool:
        now = self._clock()
        while person.sent and person.sent[0] <= now - MINUTE:
            person.sent.popleft()
        if len(person.sent) >= per_minute:
            return False
        person.sent.append(now)
        return True


def _subject(message: Message) -> str:
    """Return what is the same for a question typed with marks, capitals and signs or without."""
    return " ".join(folded_syllables(message.text[:MEMORABLE]))


def _channel(message: Message) -> str:
    return message.user.partition(":")[0]


def _open_inbox(home: Path) -> Inbox:
    db = Database(home / FILE)
    db.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    # A kill loses nothing this way; after a power cut the messengers deliver again.
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA secure_delete = ON")
    return Inbox(db)

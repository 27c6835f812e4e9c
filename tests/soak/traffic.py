"""What people and officials do all day, at a steady rate, beside each other."""

from __future__ import annotations

import asyncio
import random
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path
from typing import Any

import httpx

from bot.measuring.benchmark import bundled_questions
from bot.measuring.serving.questions import asked_again, many_questions
from knowledge.procedures.compact import shipped, unpacked
from tests.bot.channels.telegram.people import Person
from tests.bot.channels.telegram.server import BotApi
from tests.bot.program import MAIN, ROOT, write_plans

REPEATED = 0.5  # share of the questions that were asked before
LOOK_UPS = ("/vanban", "/chitieu SIPAS", "/thoihan", "/thutuc", "/ketqua", "/trogiup")
PEOPLE = 500  # on each channel, so that nobody sends too much
IMPORT_EVERY = 60.0  # seconds
BACKUP_EVERY = 300.0
KEPT = 1000  # messages and calls that the strict server knows of

#: How often each thing is done, beside the others.
PLAN = {"ask": 10, "write": 5, "look_up": 3, "rate": 1}


class Telegram(BotApi):
    """The strict server, which forgets what was long ago.

    Attributes:
        got: chat → how many messages it got.
    """

    def __init__(self) -> None:
        super().__init__()
        self.got: Counter[int] = Counter()

    async def _sendMessage(self, chat_id: int, text: str, **arguments: Any) -> Any:
        result = await super()._sendMessage(chat_id, text, **arguments)
        self.got[chat_id] += 1
        for kept in (self.sent, self.calls):
            del kept[:-KEPT]
        return result


class Traffic:
    """Traffic on one service.

    Args:
        home: of the service.
        url: of the service.
        telegram: what the service takes for Telegram.
        files: folder for documents and backups.
        seed: decides who does what.

    Attributes:
        done: what was done, and how it ended → how often.
        problems: what went wrong.
    """

    def __init__(
        self, home: Path, url: str, telegram: Telegram, files: Path, seed: int = 1
    ) -> None:
        self.done: Counter[str] = Counter()
        self.problems: list[str] = []
        self._home = home
        self._url = url
        self._telegram = telegram
        self._files = files
        self._chance = random.Random(seed)
        self._numbers = count(1)
        names = [procedure.name for procedure in unpacked(shipped())]
        self._questions = asked_again(many_questions(bundled_questions(), names), REPEATED)
        (self._plan,) = write_plans(files, 1)
        self._is_known = False

    async def run(self, seconds: float, rate: float) -> None:
        """Let it flow for so long.

        Args:
            seconds: how long.
            rate: how many things people do a second.
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        async with httpx.AsyncClient(base_url=self._url, timeout=60) as client:
            keeper = asyncio.create_task(self._every(IMPORT_EVERY, self._import, end))
            saver = asyncio.create_task(self._every(BACKUP_EVERY, self._back_up, end))
            begun: set[asyncio.Task[None]] = set()
            began, number = loop.time(), 0
            while loop.time() < end:
                kind = self._chance.choices(list(PLAN), list(PLAN.values()))[0]
                task = asyncio.create_task(self._guarded(getattr(self, f"_{kind}"), client))
                begun.add(task)
                task.add_done_callback(begun.discard)
                number += 1
                await asyncio.sleep(max(began + number / rate - loop.time(), 0))
            await asyncio.gather(*begun, keeper, saver)

    async def _every(self, pause: float, work: Callable[[], Awaitable[None]], end: float) -> None:
        loop = asyncio.get_running_loop()
        while loop.time() + pause < end:
            await asyncio.sleep(pause)
            await work()

    async def _guarded(self, work: Callable[[Any], Awaitable[None]], client: Any) -> None:
        try:
            await work(client)
        except (httpx.HTTPError, AssertionError, TimeoutError) as error:
            self.problems.append(f"{work.__name__}: {type(error).__name__}: {error}"[:200])

    async def _ask(self, client: httpx.AsyncClient) -> None:
        """Ask by API."""
        session = f"s{self._chance.randrange(PEOPLE)}"
        asked = {"text": next(self._questions), "session": session}
        answer = await client.post("/api/ask", json=asked)
        self.done[f"API {answer.status_code}"] += 1
        if answer.status_code == 200:
            self.done[f"API {answer.json()['status']}"] += 1

    async def _write(self, _: object) -> None:
        """Ask on Telegram."""
        await self._says(next(self._questions))

    async def _look_up(self, _: object) -> None:
        """Look something up on Telegram."""
        await self._says(self._chance.choice(LOOK_UPS))

    async def _rate(self, _: object) -> None:
        """Rate a service on Telegram, as somebody who was never there before."""
        person = Person(self._telegram, 1_000_000 + next(self._numbers))
        await self._says("/danhgia", person)
        await self._says("5", person)

    async def _says(self, text: str, person: Person | None = None) -> None:
        person = person or Person(self._telegram, 1 + self._chance.randrange(PEOPLE))
        got = self._telegram.got
        before = got[person.id]
        await person.says(text)
        async with asyncio.timeout(60):
            while got[person.id] == before:
                await asyncio.sleep(0.02)
        self.done["Telegram"] += 1

    async def _import(self) -> None:
        """Add a document or take it out again, by turns, from another process."""
        self._is_known = not self._is_known
        if self._is_known:
            await self._cchc("add", str(self._plan))
        else:
            await self._cchc("remove", self._plan.stem)

    async def _back_up(self) -> None:
        await self._cchc("backup", str(self._files / f"{next(self._numbers) % 2}.tar.gz"))

    async def _cchc(self, *args: str) -> None:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", MAIN, "--home", str(self._home), *args),
            cwd=ROOT,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        _, errors = await process.communicate()
        self.done[f"cchc {args[0]}"] += 1
        if process.returncode:
            said = errors.decode().strip()[-200:]
            self.problems.append(f"cchc {args[0]} ended with {process.returncode}: {said}")

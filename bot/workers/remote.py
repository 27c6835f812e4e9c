"""An answering process as the server sees it: asked like an application, replaced when it dies."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import pickle
import signal
import struct
from collections.abc import Callable
from typing import Any

from bot.message import Message, Reply
from bot.workers.nursery import Nursery
from bot.workers.worker import Done, Failed

_LENGTH = struct.Struct("!i")  # before each message, as `multiprocessing.connection` has it
logger = logging.getLogger(__name__)


class WorkerError(Exception):
    """An answering process raised something.

    Args:
        kind: class of the exception there.
    """

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class Remote:
    """One answering process, asked one thing at a time.

    A process that dies over a message is replaced and the message put once more: as after a kill
    of the server, when deliveries are worked off again. One that hangs is killed and replaced, and
    the message is not put again: it would hold up the next one as long.

    No thread waits for it: handing each message to one and back takes as much time as all else
    that is done here.

    Args:
        nursery: forks the process, and those that take its place.
        heard: told what happened in it.
        longest: seconds after which a process is taken to hang.
    """

    def __init__(self, nursery: Nursery, heard: Callable[[Done], None], longest: float) -> None:
        self._nursery = nursery
        self._heard = heard
        self._longest = longest
        self._turn = asyncio.Lock()
        self.degraded = False

    @classmethod
    async def begin(cls, nursery: Nursery, heard: Callable[[Done], None], longest: float) -> Remote:
        """Return a process that has begun; the arguments are those of the class.

        Raises:
            OSError: there can be no process.
        """
        remote = cls(nursery, heard, longest)
        await remote._fork()
        return remote

    async def reply(self, message: Message) -> Reply:
        """Return the reply to a message, as `Application.reply` does.

        Raises:
            WorkerError: there is none.
            TimeoutError: it took too long.
            EOFError, OSError: two processes died over it.
        """
        return await self._asked("reply", message)  # type: ignore[no-any-return]

    async def reply_afresh(self, message: Message) -> Reply:
        """Return the reply to a message by itself; raises as `reply` does."""
        return await self._asked("reply_afresh", message)  # type: ignore[no-any-return]

    async def look(self) -> None:
        """Take up a new index; raises as `reply` does."""
        await self._asked("look")

    async def close(self) -> None:
        """Let the process end."""
        self._writer.close()
        with contextlib.suppress(OSError):
            await self._writer.wait_closed()

    async def _asked(self, name: str, *args: Any) -> Any:
        order = pickle.dumps((name, args), pickle.HIGHEST_PROTOCOL)
        async with self._turn:
            done = await self._exchanged(order) or await self._exchanged(order)
        if done is None:
            raise EOFError
        self.degraded = done.degraded
        self._heard(done)
        if isinstance(done.outcome, Failed):
            raise WorkerError(done.outcome.kind)
        return done.outcome

    async def _exchanged(self, order: bytes) -> Done | None:
        """Return what came back, None where the process died and is replaced."""
        if self._writer.is_closing():
            await self._fork()
        try:
            async with asyncio.timeout(self._longest):
                return await self._sent(order)
        except TimeoutError:
            logger.error("an answering process hung for %g s and is replaced", self._longest)
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)
            await self._replace()
            raise
        except (EOFError, OSError):
            logger.error("an answering process died and is replaced")
            await self._replace()
            return None
        except asyncio.CancelledError:
            self._writer.close()  # whoever asks next is not to be given this answer
            raise

    async def _sent(self, order: bytes) -> Done:
        self._writer.write(_LENGTH.pack(len(order)) + order)
        await self._writer.drain()
        (length,) = _LENGTH.unpack(await self._reader.readexactly(_LENGTH.size))
        done = pickle.loads(await self._reader.readexactly(length))
        assert isinstance(done, Done)
        return done

    async def _replace(self) -> None:
        self._writer.close()
        await self._fork()

    async def _fork(self) -> None:
        line, self._process = await asyncio.to_thread(self._nursery.fork)
        line.setblocking(False)
        self._reader, self._writer = await asyncio.open_connection(sock=line)

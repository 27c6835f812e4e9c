"""An answering process as the server sees it: asked like an application, replaced when it dies."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import socket
import struct
from collections.abc import Callable
from typing import Any

from bot.message import Message, Reply
from bot.workers.nursery import Nursery
from bot.workers.worker import Done, Failed

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
    """One answering process; one thread at a time may ask.

    A process that dies over a message is replaced and the message put once more: as after a kill
    of the server, when deliveries are worked off again. One that hangs is killed and replaced, and
    the message is not put again: it would hold up the next one as long.

    Args:
        nursery: forks the process, and those that take its place.
        heard: told what happened in it, in the thread that asks.
        longest: seconds after which a process is taken to hang.

    Raises:
        OSError: there can be no process.
    """

    def __init__(self, nursery: Nursery, heard: Callable[[Done], None], longest: float) -> None:
        self._nursery = nursery
        self._heard = heard
        self._longest = longest
        self._fork()
        self.degraded = False

    def reply(self, message: Message) -> Reply:
        """Return the reply to a message, as `Application.reply` does.

        Raises:
            WorkerError: there is none.
            TimeoutError: it took too long.
            EOFError, OSError: two processes died over it.
        """
        return self._asked("reply", message)  # type: ignore[no-any-return]

    def reply_afresh(self, message: Message) -> Reply:
        """Return the reply to a message by itself; raises as `reply` does."""
        return self._asked("reply_afresh", message)  # type: ignore[no-any-return]

    def tools(self) -> None:
        """Take up a new index; raises as `reply` does."""
        self._asked("look")

    def close(self) -> None:
        """Let the process end."""
        self._line.close()

    def _asked(self, name: str, *args: Any) -> Any:
        done = self._exchanged(name, *args) or self._exchanged(name, *args)
        if done is None:
            raise EOFError
        self.degraded = done.degraded
        self._heard(done)
        if isinstance(done.outcome, Failed):
            raise WorkerError(done.outcome.kind)
        return done.outcome

    def _exchanged(self, name: str, *args: Any) -> Done | None:
        """Return what came back, None where the process died and is replaced."""
        try:
            self._line.send((name, args))
            done = self._line.recv()
        except BlockingIOError:
            logger.error("an answering process hung for %g s and is replaced", self._longest)
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)
            self._replace()
            raise TimeoutError from None
        except (EOFError, OSError):
            logger.error("an answering process died and is replaced")
            self._replace()
            return None
        assert isinstance(done, Done)
        return done

    def _replace(self) -> None:
        self._line.close()
        self._fork()

    def _fork(self) -> None:
        self._line, self._process = self._nursery.fork()
        seconds, rest = divmod(self._longest, 1)
        limit = struct.pack("ll", int(seconds), int(rest * 1_000_000))
        with socket.socket(fileno=os.dup(self._line.fileno())) as line:
            for direction in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
                line.setsockopt(socket.SOL_SOCKET, direction, limit)

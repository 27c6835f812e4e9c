"""An answering process as the server sees it: asked like an application, replaced when it dies."""

from __future__ import annotations

import logging
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
    of the server, when deliveries are worked off again.

    Args:
        nursery: forks the process, and those that take its place.
        heard: told what happened in it, in the thread that asks.

    Raises:
        OSError: there can be no process.
    """

    def __init__(self, nursery: Nursery, heard: Callable[[Done], None]) -> None:
        self._nursery = nursery
        self._heard = heard
        self._line = nursery.fork()
        self.degraded = False

    def reply(self, message: Message) -> Reply:
        """Return the reply to a message, as `Application.reply` does.

        Raises:
            WorkerError: there is none.
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
        try:
            done = self._exchanged(name, *args)
        except (EOFError, OSError):
            logger.error("an answering process died and is replaced")
            self._line.close()
            self._line = self._nursery.fork()
            done = self._exchanged(name, *args)
        self.degraded = done.degraded
        self._heard(done)
        if isinstance(done.outcome, Failed):
            raise WorkerError(done.outcome.kind)
        return done.outcome

    def _exchanged(self, name: str, *args: Any) -> Done:
        self._line.send((name, args))
        done = self._line.recv()
        assert isinstance(done, Done)
        return done

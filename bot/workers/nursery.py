"""The process that answering processes are forked from, so that they share what was loaded once.

It is itself forked from the server before that has threads, and does nothing but fork: whoever
dies is replaced at any time by a process that is whole. All end when the server does, also when it
is killed, for then their lines end.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import signal
import socket
import struct
import sys
import time
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock

from bot.application import Application
from bot.common import OVERRIDES, Common
from bot.repairing import Repairer
from bot.workers.memory import give_back
from bot.workers.worker import work
from config.channels import load_channels
from config.settings import EMBEDDED, load_settings
from index.encoder import EncoderError

GRACE = 10.0  # seconds that processes have at the end to finish what they are doing
PAUSE = 0.05  # seconds between two looks whether they have
_NUMBER = struct.Struct("q")

Work = Callable[[Path, Common, Connection], None]
logger = logging.getLogger(__name__)


class Nursery:
    """Forks a process for each line that is asked for; any thread may ask.

    Args:
        home: folder of the home.
        common: what all processes share; nobody has used its encoder with several threads.
        repairer: has the index made anew.
        work: what each process does with its line.
    """

    def __init__(self, home: Path, common: Common, repairer: Repairer, work: Work = work) -> None:
        self.common = common
        self.repairer = repairer
        self._lock = Lock()
        self._line, theirs = socket.socketpair()
        # What is here already is never looked through for garbage, which would copy its pages.
        gc.collect()
        gc.freeze()
        give_back()
        self._process = os.fork()
        if self._process == 0:
            _ending(lambda: self._tend(theirs, lambda line: work(home, common, line)), "nursery")
        theirs.close()

    @classmethod
    def open(cls, home: Path) -> Nursery | None:
        """Return the nursery of a home, None where its questions are answered in threads.

        Call it before anything has started a thread.

        Args:
            home: folder of the home.

        Raises:
            HomeError: the folder cannot be used.
            ConfigError: a configuration file is wrong.
        """
        askers = load_channels(home / OVERRIDES).server.answering
        embedded = load_settings(home / OVERRIDES).encoder == EMBEDDED  # torch survives no fork
        if askers == 1 or not embedded or sys.platform != "linux":
            return None
        # The threads of the tokenizer would not survive either, and it would say so.
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        repairer = Repairer(home)
        common = Common(home, askers, repairer.start)
        Application.open(home, common=common).close()
        with contextlib.suppress(EncoderError):  # they go without, as any application
            common.encoder.encode_questions(
                ["thử"]
            )  # reads the model, also before an index is there
        return cls(home, common, repairer)

    def fork(self) -> tuple[socket.socket, int]:
        """Return the line of a new process and its number.

        Where none can be forked any more the server is asked to stop: whoever keeps it running
        starts it again, whole.

        Raises:
            OSError: there can be none.
        """
        ours, theirs = socket.socketpair()
        try:
            with self._lock, theirs:
                socket.send_fds(self._line, [b"+"], [theirs.fileno()])
                told = self._line.recv(_NUMBER.size, socket.MSG_WAITALL)
            if not told:
                raise BrokenPipeError
        except OSError:
            ours.close()
            logger.critical("no answering process can be forked any more; the server stops")
            os.kill(os.getpid(), signal.SIGTERM)
            raise
        return ours, int(_NUMBER.unpack(told)[0])

    def close(self) -> None:
        """Wait until all processes have ended; their lines are closed."""
        self._line.close()
        os.waitpid(self._process, 0)

    def _tend(self, line: socket.socket, begin: Callable[[Connection], None]) -> None:
        self._line.close()
        for number in (signal.SIGTERM, signal.SIGINT):  # the server ends first, and in its way
            signal.signal(number, signal.SIG_IGN)
        alive: set[int] = set()
        while True:
            said, files, *_ = socket.recv_fds(line, 1, 1)
            if not said:
                break
            process = os.fork()
            if process == 0:
                line.close()
                _ending(lambda file=files[0]: begin(Connection(file)), "answering process")  # type: ignore[misc]
            os.close(files[0])
            alive.add(process)
            with contextlib.suppress(OSError):  # the server is gone, which is seen next
                line.sendall(_NUMBER.pack(process))
            _bury(alive)
        _end(alive)


def _ending(work: Callable[[], None], name: str) -> None:
    """Do the work and end the process, whatever happens: what called the fork is not its own."""
    status = 1
    try:
        work()
        status = 0
    except Exception as error:
        # Its message may hold what was asked; where it was raised tells enough.
        raised = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(raised.filename).name}:{raised.lineno}"
        logger.critical("the %s ends: %s in %s", name, type(error).__name__, where)
    finally:
        os._exit(status)


def _bury(alive: set[int]) -> None:
    """Take note of processes that have ended, and of what killed them."""
    for process in tuple(alive):
        ended, status = os.waitpid(process, os.WNOHANG)
        if not ended:
            continue
        alive.discard(process)
        if os.WIFSIGNALED(status):
            name = signal.Signals(os.WTERMSIG(status)).name
            logger.error("an answering process was ended by %s", name)


def _end(alive: set[int]) -> None:
    """Wait until all have ended; one that does not is killed, or nobody could ever end."""
    until = time.monotonic() + GRACE
    while alive:
        _bury(alive)
        if time.monotonic() > until:
            for process in alive:
                os.kill(process, signal.SIGKILL)
        time.sleep(PAUSE)

"""Making the index of a home anew beside the service that answers meanwhile.

It is made in a process of its own: making it takes the processor for seconds to minutes, and in
the same process every answer would wait for it.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from index.keeper import PAUSE
from knowledge.readers.apart import environment

NICENESS = 10  # answers go first

logger = logging.getLogger(__name__)


class Repairer:
    """Starts the process, one at a time, and again after a while where it failed.

    Any thread may ask for it.

    Args:
        home: folder of the home.
        clock: seconds that never go back.
    """

    def __init__(self, home: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._home = home
        self._clock = clock
        self._process: subprocess.Popen[bytes] | None = None
        self._tried_at = -PAUSE
        self._lock = Lock()

    def start(self, level: int = logging.WARNING) -> None:
        """See to it that a repair is under way, unless one failed lately.

        Args:
            level: of the line in the log; lower where one is made for the first time.
        """
        with self._lock:
            self._start(level)

    def _start(self, level: int) -> None:
        process = self._process
        if process is not None:
            if process.poll() is None:
                return
            if process.returncode:
                logger.error("the index was not repaired (status %d)", process.returncode)
            self._process = None
        if self._clock() - self._tried_at < PAUSE:
            return
        self._tried_at = self._clock()
        logger.log(level, "an index is made beside the service; what is there serves meanwhile")
        self._process = _started(self._home)

    def stop(self) -> None:
        """End a repair; what it encoded is kept, and the next one goes on from there."""
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()


def _started(home: Path) -> subprocess.Popen[bytes] | None:
    try:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "bot.repairing", str(home)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment(),
        )
    except OSError as error:
        logger.error("no repair could be started: %s", type(error).__name__)
        return None


def main() -> None:
    """Bring the indexes of a home into step; fail where its own is not in step then."""
    from bot.application import Application

    if hasattr(os, "nice"):
        os.nice(NICENESS)
    application = Application.open(Path(sys.argv[1]))
    try:
        application.renew_sheets()
        sys.exit(application.degraded)
    finally:
        application.close()


if __name__ == "__main__":
    main()

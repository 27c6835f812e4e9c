"""What a channel did not take: counted by reason, logged without its content and its flood."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable

QUIET = 60.0  # seconds between two log lines on the same reason

logger = logging.getLogger(__name__)


class Refusals:
    """Counts what is turned away.

    Args:
        channel: its name.
        clock: seconds that never go back.
    """

    def __init__(self, channel: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.counts: Counter[str] = Counter()
        self._channel = channel
        self._clock = clock
        self._logged: dict[str, float] = {}

    def note(self, reason: str) -> None:
        """Count one; `reason` is a fixed phrase of the program, never what somebody sent."""
        self.counts[reason] += 1
        now = self._clock()
        if now - self._logged.get(reason, -QUIET) >= QUIET:
            self._logged[reason] = now
            count = self.counts[reason]
            logger.warning("%s: not taken: %s (%d so far)", self._channel, reason, count)

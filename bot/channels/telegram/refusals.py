"""What was turned away: counted by reason, logged without its content and without flooding."""

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
        clock: seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.counts: Counter[str] = Counter()
        self._clock = clock
        self._logged: dict[str, float] = {}

    def note(self, reason: str) -> None:
        """Count one; `reason` is a fixed phrase of the program, never what somebody sent."""
        self.counts[reason] += 1
        now = self._clock()
        if now - self._logged.get(reason, -QUIET) >= QUIET:
            self._logged[reason] = now
            logger.warning("telegram: %s (%d so far)", reason, self.counts[reason])

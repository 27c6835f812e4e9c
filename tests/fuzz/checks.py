"""A check that fails where a promise is broken, and what it is fed with."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hypothesis import given, seed, settings
from hypothesis.strategies import SearchStrategy

LONGEST = 20.0  # seconds of processor time for one input


@dataclass(frozen=True)
class Check:
    """A check.

    Attributes:
        holds: takes one input; fails where a promise is broken.
        inputs: make the arguments of `holds`.
    """

    holds: Callable[..., None]
    inputs: tuple[SearchStrategy[Any], ...]

    def run(self, number: int, how: settings) -> None:
        """Try inputs.

        Args:
            number: decides which.
            how: how many above all.
        """
        seed(number)(how(given(*self.inputs)(_timed(self.holds))))()


class Checks:
    """Checks over something that is opened once for all inputs."""

    def checks(self) -> Mapping[str, Check]:
        """Return the checks by name."""
        raise NotImplementedError

    def close(self) -> None:
        """Look at what is left behind, and close what was opened."""


def _timed(check: Callable[..., None]) -> Callable[..., None]:
    """Let a check fail that takes too much processor time."""

    @functools.wraps(check)  # the strategies are matched with the check's own arguments
    def timed(*args: Any, **named: Any) -> None:
        began = time.process_time()
        check(*args, **named)
        assert time.process_time() - began < LONGEST, "that hangs"

    return timed

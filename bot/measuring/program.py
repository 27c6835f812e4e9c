"""This very program in a process of its own, also where it is not installed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_PROGRAM = "import sys; from bot.cli import main; main()"


def command(home: Path) -> list[str]:
    """Return how this very program is started over a home."""
    return [sys.executable, "-c", _PROGRAM, "--home", str(home)]


def environment() -> dict[str, str]:
    """Return the environment for it."""
    # The processes import this very program, also where it is not installed.
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUTF8": "1"}

"""How fast ratings are stored, counted and drawn."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from bot.measuring.ratings.generate import generate
from bot.measuring.ratings.load import Crowd
from bot.progress import Progress, silent
from bot.ratings.desk import RatingDesk
from bot.ratings.reports.comparison import NoTargets
from bot.ratings.reports.making import make_report
from bot.ratings.reports.pictures import draw_report
from bot.ratings.reports.scope import Scope
from knowledge.store import KnowledgeStore

START, DAYS = date(2026, 1, 1), 365
ROUNDS = 5

PROGRAM = "from bot.cli import main; main()"

T = TypeVar("T")


def measure(many: int, people: int, progress: Progress = silent) -> dict[str, float]:
    """Measure over temporary homes.

    Args:
        many: ratings that a report counts.
        people: how many rate one after the other, durably (synchronous = FULL).
        progress: told of the phases.

    Returns:
        Names with their units to values; of several rounds the median.
    """
    with tempfile.TemporaryDirectory() as folder:
        figures = _storing(Path(folder), people)
    progress("generate", 1, 2)
    with tempfile.TemporaryDirectory() as folder:
        return figures | _reporting(Path(folder), many)


def _storing(home: Path, people: int) -> dict[str, float]:
    store = KnowledgeStore(home)
    crowd = Crowd(RatingDesk.open(home, store.db))
    took: list[float] = []
    begin = time.perf_counter()
    for number in range(people):
        since = time.perf_counter()
        crowd.rate(number)
        took.append(time.perf_counter() - since)
    whole = time.perf_counter() - begin
    store.close()
    return {
        "ratings_per_s": round(people / whole, 1),
        "rating_p95_ms": round(1000 * statistics.quantiles(took, n=20)[-1], 2),
    }


def _reporting(home: Path, many: int) -> dict[str, float]:
    store = KnowledgeStore(home)
    desk = RatingDesk.open(home, store.db)
    generate(desk, many, START, DAYS)
    store.close()
    # Opened anew: the pages that generating left in memory are not the report's.
    store = KnowledgeStore(home)
    desk = RatingDesk.open(home, store.db)
    scope = Scope(START, date(START.year, 12, 31))
    made = make_report(desk, scope, NoTargets(), scope.end)
    report_s = _median(lambda: make_report(desk, scope, NoTargets(), scope.end))
    picture_s = _median(lambda: draw_report(made))
    store.close()
    return {
        "ratings": many,
        "report_s": report_s,
        "pictures_s": picture_s,
        "command_s": _command(home, scope),
    }


def _command(home: Path, scope: Scope) -> float:
    """Return the seconds of the whole command from the shell: start, report and pictures."""
    command = [sys.executable, "-c", PROGRAM, "--home", str(home), "report"]
    command += ["--from", scope.start.isoformat(), "--to", scope.end.isoformat()]
    since = time.perf_counter()
    subprocess.run(
        [*command, "--png", str(home / "report.png")], check=True, stdout=subprocess.DEVNULL
    )
    return round(time.perf_counter() - since, 3)


def _median(work: Callable[[], T]) -> float:
    took = []
    for _ in range(ROUNDS):
        since = time.perf_counter()
        work()
        took.append(time.perf_counter() - since)
    return round(statistics.median(took), 3)
